import fc from 'fast-check';
import midiFile from 'midi-file';
import { describe, expect, it } from 'vitest';
import { readMidi } from '../../../src/music/midi/read.js';
import { writeMidi } from '../../../src/music/midi/write.js';
import { endTick, type Piece } from '../../../src/music/piece.js';
import { signatureOfKey } from '../../../src/music/theory/key-signature.js';
import type { Key } from '../../../src/music/theory/key.js';
import type { Track, TrackNote } from '../../../src/music/track.js';
import {
  ascii,
  keySignature,
  meta,
  name,
  off,
  on,
  program,
  smf,
  tempo,
  text,
  timeSignature,
  track,
} from './midi-bytes.js';
import { pieces } from '../../compose/pieces.js';

const notes: readonly TrackNote[] = [
  { pitch: 57, startTick: 0, lengthTicks: 480, velocity: 1 },
  { pitch: 76, startTick: 0, lengthTicks: 240, velocity: 127 },
  { pitch: 76, startTick: 240, lengthTicks: 80, velocity: 64 },
];
const keyless: Piece = {
  title: 'Für Elise',
  ticksPerQuarter: 480,
  tempos: [{ tick: 0, microsecondsPerQuarter: 666_667 }],
  meters: [{ tick: 0, numerator: 3, denominator: 8 }],
  keys: [],
  hasBars: true,
  tracks: [{ name: '', program: 6, isDrums: false, notes }],
};
const keyOf = (key: Key): Piece['keys'] => [{ tick: 0, key }];
const piece: Piece = { ...keyless, keys: keyOf({ tonic: 'A', scale: 'harmonic-minor' }) };
/** A song: a voice, a bass that is softer and on the left, drums; a change of tempo, meter and key. */
const song: Piece = {
  ...piece,
  title: 'Song',
  tempos: [...piece.tempos, { tick: 480, microsecondsPerQuarter: 500_000 }],
  meters: [...piece.meters, { tick: 720, numerator: 4, denominator: 4 }],
  keys: [...piece.keys, { tick: 720, key: { tonic: 'D', scale: 'major' } }],
  sections: [{ tick: 720, name: 'B' }],
  tracks: [
    { name: 'Voice', program: 53, isDrums: false, notes: notes.slice(0, 1) },
    { name: 'Drums', program: 0, isDrums: true, notes: notes.slice(0, 1) },
    { name: 'Bass', program: 33, isDrums: false, volume: 90, pan: 32, notes: notes.slice(0, 1) },
  ],
};
const unlimited = {
  maxBytes: Infinity,
  maxTracks: Infinity,
  maxNotes: Infinity,
  maxEvents: Infinity,
  maxSeconds: Infinity,
};

function ungiven({ pitch, velocity, startTick, lengthTicks }: TrackNote): TrackNote {
  return { pitch, velocity, startTick, lengthTicks };
}

/** The notes of a track in a file, in ticks, according to an independent parser. */
function notesInFile(bytes: Uint8Array, index: number): TrackNote[] {
  const found: { pitch: number; velocity: number; startTick: number; lengthTicks: number }[] = [];
  let tick = 0;
  for (const event of midiFile.parseMidi(bytes).tracks[index]!) {
    tick += event.deltaTime;
    if (event.type === 'noteOn') {
      found.push({ pitch: event.noteNumber, velocity: event.velocity, startTick: tick, lengthTicks: -1 });
    } else if (event.type === 'noteOff') {
      const note = found.find(({ pitch, lengthTicks }) => pitch === event.noteNumber && lengthTicks === -1)!;
      note.lengthTicks = tick - note.startTick;
    }
  }
  return found;
}

/**
 * The part of a piece that a file represents: no roles or given notes; of keys only their signatures,
 * enharmonically, since F sharp equals G flat.
 */
function told({ tracks, keys, ...rest }: Piece): object {
  return {
    ...rest,
    keys: keys.flatMap(({ tick, key }) => {
      const signature = signatureOfKey(key);
      return signature === undefined ? [] : [{ tick, ...signature, sharps: (signature.sharps + 12) % 12 }];
    }),
    tracks: tracks.map((track) => {
      const { role: _, ...rest } = track;
      return { ...rest, notes: track.notes.map(ungiven) };
    }),
  };
}

describe('writeMidi', () => {
  it('writes exactly these bytes', () => {
    const settings = track(
      tempo(0, 666_667),
      timeSignature(0, 3, 3),
      keySignature(0, 0, 1),
      text('made for a test'),
    );
    const music = track(
      name('Für Elise'),
      program(0, 6),
      on(0, 57, 1),
      on(0, 76, 127),
      [...off(240, 76).slice(0, -1), 0],
      on(0, 76, 64),
      [...off(80, 76).slice(0, -1), 0],
      [...off(160, 57).slice(0, -1), 0],
    );
    expect([...writeMidi(piece, ['made for a test'])]).toEqual([...smf([settings, music])]);
  });

  it('leaves the key signature out if there is none', () => {
    const chromatic: Piece = { ...piece, keys: keyOf({ tonic: 'C', scale: 'chromatic' }) };
    for (const without of [keyless, chromatic]) {
      const [settings] = midiFile.parseMidi(writeMidi(without)).tracks;
      expect(settings!.map(({ type }) => type)).toEqual(['setTempo', 'timeSignature', 'endOfTrack']);
    }
  });

  it('writes lengths beyond 127 bytes', () => {
    const [long, short] = ['y'.repeat(300), '月光の曲'];
    const bytes = writeMidi({ ...song, title: short }, [long]);
    expect(readMidi(bytes)).toMatchObject({ piece: { title: short }, texts: [long] });
    expect([...bytes].join()).toContain(meta(0, 1, Array<number>(300).fill(121)).join());
  });

  it('writes each track of the piece on its own channel, after the title', () => {
    const settings = track(
      name('Song'),
      tempo(0, 666_667),
      timeSignature(0, 3, 3),
      keySignature(0, 0, 1),
      tempo(480, 500_000),
      timeSignature(240, 4, 2),
      keySignature(0, 2, 0),
      meta(0, 0x06, ascii('B')),
    );
    const played = (channel: number): number[] => [
      ...on(0, 57, 1, channel),
      ...off(480, 57, channel).slice(0, -1),
      0,
    ];
    const levels = [0, 0xb1, 7, 90, 0, 0xb1, 10, 32];
    expect([...writeMidi(song)]).toEqual([
      ...smf([
        settings,
        track(name('Voice'), program(0, 53), played(0)),
        track(name('Drums'), program(0, 0, 9), played(9)),
        track(name('Bass'), program(0, 33, 1), levels, played(1)),
      ]),
    ]);
  });

  it('has channels for fifteen tracks and one of drums', () => {
    const [voice, drums] = song.tracks;
    const many = (tracks: readonly Track[]): Uint8Array => writeMidi({ ...song, tracks });
    const fifteen = Array<Track>(15).fill(voice!);
    expect(readMidi(many([...fifteen, drums!]), unlimited).piece.tracks).toHaveLength(16);
    expect(() => many([...fifteen, voice!])).toThrow(RangeError);
    expect(() => many([drums!, drums!])).toThrow(RangeError);
  });

  it('keeps everything in the piece', () => {
    fc.assert(
      fc.property(pieces, (any) => {
        const bytes = writeMidi(any);
        for (const [i, { notes: expected }] of any.tracks.entries()) {
          expect(notesInFile(bytes, i + 1)).toEqual(expected.map(ungiven));
        }
      }),
    );
  });

  it('is read back by readMidi, track for track and note for note', () => {
    fc.assert(
      fc.property(pieces, (any) => {
        const { piece: read, texts } = readMidi(writeMidi(any, ['a', 'b']), unlimited);
        const bearsTitle = any.tracks.length === 1 && any.tracks[0]!.name === '';
        // Titles are cleaned, and omitted if empty; whether there are bars is estimated.
        const { title: _, hasBars: __, ...expected } = any;
        const { title, hasBars, ...found } = read;
        if (bearsTitle) expect(title).toBe('');
        const tracks = bearsTitle ? [{ ...found.tracks[0]!, name: '' }] : found.tracks;
        const end = endTick(any);
        const tempos = expected.tempos.filter(({ tick }) => tick < end);
        expect(told({ ...found, tracks, title: '', hasBars })).toEqual(
          told({ ...expected, tempos, title: '', hasBars }),
        );
        expect(texts).toEqual(['a', 'b']);
      }),
    );
  });

  it('needs time linear in the notes', () => {
    const many = Array.from({ length: 4000 }, (_, i) => ({
      pitch: 60,
      startTick: i * 200,
      lengthTicks: 150,
      velocity: 64,
    }));
    const start = process.cpuUsage();
    writeMidi({ ...piece, tracks: [{ ...piece.tracks[0]!, notes: many }] });
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(500);
  });
});
