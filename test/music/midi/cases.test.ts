import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readKeyboard } from '../../../src/music/midi/read.js';
import { UserError } from '../../../src/errors/user-error.js';

const folder = new URL('cases/', import.meta.url);

/** The expected result of reading a file; only the fields that matter. */
interface Right {
  readonly notes?: number;
  readonly title?: string;
  readonly tempoBpm?: number;
  readonly meter?: string;
  readonly key?: string;
  /** Length of each note in seconds, if checked. */
  readonly lengths?: readonly number[];
  readonly seconds?: number;
}

/** Minimal files, each with one peculiarity of real files, and the expected result. */
const read: Readonly<Record<string, Right>> = {
  // An eight-bit value that no note depends on.
  'value128-bank': { notes: 16 },
  'value128-volume': { notes: 16 },
  'value128-offvel': { notes: 16 },

  // Ends of notes.
  'lost-note-off': { notes: 8, lengths: [1, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25] },
  'off-before-on-same-tick': { notes: 8, lengths: Array<number>(8).fill(0.25) },
  'last-note-unended': { notes: 8, lengths: [...Array<number>(7).fill(0.25), 1] },
  'all-notes-off': { notes: 8, lengths: Array<number>(8).fill(0.25) },
  'all-sound-off': { notes: 8, lengths: Array<number>(8).fill(0.25) },
  'melody-zero-mixed': { notes: 8 },
  'one-tick-notes': { notes: 12 },
  'sustain-no-up': { notes: 16 },

  // Names.
  'title-sjis': { notes: 16, title: 'さくら' },
  'title-cp1251': { notes: 16, title: 'Вечерний звон' },
  'title-cp1252': { notes: 16, title: 'Don’t Stop – Œuvre' },
  'title-utf16': { notes: 16, title: 'Tune' },
  'title-instrument': { notes: 32, title: '' },
  'karaoke-lyrics-latin': { notes: 16, title: '' },

  // Meters and keys.
  'pickup-1-4': { meter: '4/4' },
  'pickup-silence': { notes: 17, meter: '3/4' },
  'meter-really-changes': { meter: '3/4' },
  'ts-12-8': { notes: 16, meter: '12/8' },
  'ts-255-64': { notes: 16 },
  'ts-3-0': { notes: 16, meter: '3/1' },
  'ts-late': { notes: 16, meter: '4/4' },
  'ts-two-bytes': { notes: 16, meter: '6/4' },
  'key-c-major-in-eb': { notes: 16, key: 'Eb major' },

  // Tempos.
  'tempo-400bpm': { notes: 16, tempoBpm: 200 },
  'tempo-after-last': { notes: 16, tempoBpm: 120 },
  'tempo-2-then-real': { notes: 16, tempoBpm: 180 },
  'tempo-late-8s': { notes: 16, tempoBpm: 60 },
  'tempo-on-track2': { tempoBpm: 60 },
  'smpte-25x40': { notes: 12, lengths: Array<number>(12).fill(0.5) },
  ppq1: { notes: 10 },
  ppq32767: { notes: 16, lengths: Array<number>(16).fill(0.244) },

  // Wrappings and headers.
  macbinary: { notes: 16, title: 'Tune' },
  rmid: { notes: 16, title: 'Tune' },
  'rmid-list-first': { notes: 16, title: 'Tune' },
  'format-3': { notes: 16 },
  'format-27905': { notes: 16 },
  format2: { notes: 4 },
  'junk-after': { notes: 16 },
  'no-end-of-track': { notes: 16 },
  'track-length-zero': { notes: 16 },
  'tracks-header-lies': { notes: 16 },

  // Events between the notes.
  'clock-f8': { notes: 16 },
  'negative-delta': { notes: 17 },
  'sysex-with-ff': { notes: 16 },
  'running-status-over-meta': { notes: 3 },
  'bends-60k': { notes: 16 },
  'bends-heavy': { notes: 16 },
  'sysex-heavy': { notes: 16 },
  'long-rest-11min': { notes: 9 },

  // Instruments.
  'drum-other-channel-kit': { notes: 16 },
  extremes: { notes: 16 },
  'one-note': { notes: 1 },
  'chord-t0': { notes: 40 },
};

/** Unreadable files, with the code of the error. */
const refused: Readonly<Record<string, string>> = {
  'pitch-255': 'midi.damaged',
  'broken-empty-track': 'midi.damaged',
  'tempo-50000bpm': 'midi.damaged',
  'tempo-zero': 'midi.damaged',
  'drums-zero-length': 'midi.only-drums',
  'melody-zero-length': 'midi.no-notes',
  'no-offs-at-all': 'midi.no-notes',
  'many-tracks-100': 'midi.too-many-tracks',
  'text-note': 'midi.not-midi',
  'midi2-clip': 'midi.not-midi',
  guitarpro: 'midi.not-midi',
  flp: 'midi.not-midi',
  'mus-doom': 'midi.not-midi',
};

function bytesOf(name: string): Uint8Array {
  return readFileSync(new URL(`${name}.mid`, folder));
}

describe('an unusual file', () => {
  it.each(Object.entries(read))('is read correctly: %s', (name, right) => {
    const music = readKeyboard(bytesOf(name));
    const { numerator, denominator } = music.timeSignature;
    const found: Required<Right> = {
      notes: music.notes.length,
      title: music.title,
      tempoBpm: Math.round(music.tempoBpm),
      meter: `${numerator}/${denominator}`,
      key: music.key === undefined ? '' : `${music.key.tonic} ${music.key.scale}`,
      lengths: music.notes.map(({ durationSeconds }) => Math.round(durationSeconds * 1000) / 1000),
      seconds: Math.round(music.durationSeconds),
    };
    expect(found).toMatchObject(right);
  });

  it.each(Object.entries(refused))('is refused for what is wrong with it: %s', (name, code) => {
    const reading = (): unknown => readKeyboard(bytesOf(name));
    expect(reading).toThrow(UserError);
    expect(reading).toThrow(expect.objectContaining({ code }) as Error);
  });

  it.each([
    ['midi2-clip', 'MIDI 2.0 clip'],
    ['guitarpro', 'Guitar Pro'],
    ['flp', 'FL Studio'],
    ['mus-doom', 'Doom MUS'],
  ])('of another format is named: %s', (name, format) => {
    const reading = (): unknown => readKeyboard(bytesOf(name));
    const details = { looksLike: { type: 'foreign-music', format } };
    expect(reading).toThrow(expect.objectContaining({ details }) as Error);
  });

  it.each([
    ['XMI', 'FORM\0\0\0\u000eXDIRINFO'],
    ['Finale', 'ENIGMA BINARY FILE'],
  ])('is named by its first bytes: %s', (format, begin) => {
    const bytes = Buffer.concat([Buffer.from(begin, 'latin1'), Buffer.alloc(64)]);
    const details = { looksLike: { type: 'foreign-music', format } };
    expect(() => readKeyboard(bytes)).toThrow(expect.objectContaining({ details }) as Error);
  });

  it('is listed in one of the tables', () => {
    const names = readdirSync(folder).map((file) => file.replace(/\.mid$/, ''));
    expect([...Object.keys(read), ...Object.keys(refused)].sort()).toEqual(names.sort());
  });
});
