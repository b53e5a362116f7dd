import { describe, expect, it } from 'vitest';
import { corpusLimits, uploadLimits } from '../../../src/music/midi/limits.js';
import { readKeyboard, readMidi } from '../../../src/music/midi/read.js';
import { UserError } from '../../../src/errors/user-error.js';
import {
  ascii,
  chunk,
  keySignature,
  meta,
  name,
  note,
  off,
  on,
  program,
  riff,
  smf,
  tempo,
  text,
  timeSignature,
  track,
  varint,
} from './midi-bytes.js';

/** `[pitch, onset, duration, velocity]` of each note. */
function heard(bytes: Uint8Array): number[][] {
  return readKeyboard(bytes).notes.map((n) => [n.pitch, n.onsetSeconds, n.durationSeconds, n.velocity]);
}

function refusal(bytes: Uint8Array, limits = uploadLimits): UserError {
  try {
    readKeyboard(bytes, limits);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('The file was read.');
}

describe('readMidi: tracks', () => {
  const tracksOf = (bytes: Uint8Array): object[] =>
    readMidi(bytes).piece.tracks.map(({ notes, ...track }) => ({
      ...track,
      notes: notes.map(({ pitch, startTick, lengthTicks }) => [pitch, startTick, lengthTicks]),
    }));

  it('keeps names, programs, volumes, pans and drums, and each note’s track', () => {
    const piano = track(name('Piano'), program(0, 5), [0, 0xb0, 7, 90, 0, 0xb0, 10, 30], note(480, 60));
    const drums = track(name('Kit'), program(0, 8, 9), note(0, 36, 64, 9), note(240, 38, 64, 9));
    expect(tracksOf(smf([track(tempo(0, 400_000)), piano, drums]))).toEqual([
      { name: 'Piano', program: 5, isDrums: false, volume: 90, pan: 30, notes: [[60, 0, 480]] },
      {
        name: 'Kit',
        program: 8,
        isDrums: true,
        notes: [
          [36, 0, 1],
          [38, 0, 240],
        ],
      },
    ]);
  });

  it('separates the instruments of one track, by channel and by program', () => {
    const mixed = track(
      program(0, 1),
      note(10, 60),
      note(10, 61, 64, 1),
      program(0, 2),
      note(10, 62),
      program(0, 1),
      note(10, 63),
    );
    expect(tracksOf(smf([mixed], { format: 0 }))).toEqual([
      {
        name: '',
        program: 1,
        isDrums: false,
        notes: [
          [60, 0, 10],
          [63, 30, 10],
        ],
      },
      { name: '', program: 0, isDrums: false, notes: [[61, 10, 10]] },
      { name: '', program: 2, isDrums: false, notes: [[62, 20, 10]] },
    ]);
  });

  it('gives a track its channel’s settings from another track, unless it has its own', () => {
    const setup = track(program(0, 40), program(0, 41, 1), program(0, 42, 2));
    const players = track(note(10, 60), program(0, 7, 1), note(10, 61, 64, 1));
    expect(tracksOf(smf([setup, players]))).toMatchObject([{ program: 40 }, { program: 7 }]);
  });

  it('finds drums on other channels, by the banks and part modes of Yamaha XG', () => {
    const xgOn = [0, 0xf0, 8, 0x43, 0x10, 0x4c, 0x00, 0x00, 0x7e, 0x00, 0xf7];
    const gsReset = [0, 0xf0, 10, 0x41, 0x10, 0x42, 0x12, 0x40, 0x00, 0x7f, 0x00, 0x41, 0xf7];
    const isDrums = (...events: (readonly number[])[]): boolean => {
      const [only] = tracksOf(smf([track(...events, note(10, 36, 64, 3))]));
      return 'isDrums' in only! && only.isDrums === true;
    };
    for (const bank of [126, 127]) {
      const select = [0, 0xb3, 0, bank];
      expect(isDrums(xgOn, select, program(0, 0, 3))).toBe(true);
      expect(isDrums(select, program(0, 0, 3))).toBe(true);
      // On this bank, GS has the sounds of an MT-32.
      expect(isDrums(gsReset, select, program(0, 0, 3))).toBe(false);
    }
    expect(isDrums([0, 0xb3, 0, 64])).toBe(false);
    const partMode = (part: number, mode: number): number[] => [
      ...[0, 0xf0, 8, 0x43, 0x10, 0x4c, 0x08, part, 0x07, mode, 0xf7],
    ];
    expect([partMode(3, 2), partMode(3, 0), partMode(4, 2)].map((mode) => isDrums(mode))).toEqual([
      ...[true, false, false],
    ]);
  });

  it('finds drums on other channels, by the bank of General MIDI 2 and by Roland GS', () => {
    const bank = track([0, 0xb1, 0, 120], note(10, 36, 64, 1), [0, 0xb1, 0, 121], note(10, 60, 64, 1));
    expect(tracksOf(smf([bank]))).toMatchObject([
      { isDrums: true, notes: [[36, 0, 10]] },
      { isDrums: false, notes: [[60, 10, 10]] },
    ]);
    const rhythmPart = (part: number, map: number): number[] => [
      ...[0, 0xf0, 10, 0x41, 0x10, 0x42, 0x12, 0x40, 0x10 | part, 0x15, map, 0, 0xf7],
    ];
    for (const [part, channel] of [
      [1, 0],
      [9, 8],
      [0, 9],
      [10, 10],
      [15, 15],
    ] as const) {
      const played = track(
        rhythmPart(part, 1),
        note(10, 36, 64, channel),
        rhythmPart(part, 0),
        note(10, 60, 64, channel),
      );
      expect(tracksOf(smf([played]))).toMatchObject([{ isDrums: true }, { isDrums: false }]);
    }
  });

  it('keeps every change of tempo, meter and key, and the sections', () => {
    const conductor = track(
      tempo(0, 400_000),
      timeSignature(0, 3, 2),
      keySignature(0, -3, 1),
      tempo(480, 500_000),
      timeSignature(0, 6, 3),
      meta(0, 0x06, ascii('B')),
      keySignature(0, 2, 0),
      tempo(480, 1),
    );
    const { piece } = readMidi(smf([conductor, track(note(960, 60))], { division: 96 }));
    expect(piece).toMatchObject({
      ticksPerQuarter: 96,
      tempos: [
        { tick: 0, microsecondsPerQuarter: 400_000 },
        { tick: 480, microsecondsPerQuarter: 500_000 },
      ],
      meters: [
        { tick: 0, numerator: 3, denominator: 4 },
        { tick: 480, numerator: 6, denominator: 8 },
      ],
      keys: [
        { tick: 0, key: { tonic: 'C', scale: 'natural-minor' } },
        { tick: 480, key: { tonic: 'D', scale: 'major' } },
      ],
      sections: [{ tick: 480, name: 'B' }],
    });
  });

  it('says whether there are bars', () => {
    const written = track(...[60, 62, 64, 65].map((pitch) => note(240, pitch)));
    const performed = track(...[67, 293, 211, 333, 397].map((ticks) => note(ticks, 60)));
    expect(readMidi(smf([written])).piece.hasBars).toBe(true);
    expect(readMidi(smf([performed])).piece.hasBars).toBe(false);
    expect(readMidi(smf([written], { division: 0xe728 })).piece.hasBars).toBe(false);
  });
});

describe('readMidi: notes', () => {
  it('reads a note at 120 bpm when no tempo is set', () => {
    expect(heard(smf([track(note(480, 60, 100))]))).toEqual([[60, 0, 0.5, 100]]);
  });

  it('moves the first note to 0 s', () => {
    expect(heard(smf([track(on(960, 60), off(240, 60), note(240, 62))]))).toEqual([
      [60, 0, 0.25, 64],
      [62, 0.25, 0.25, 64],
    ]);
  });

  it('follows running status, with note-on of velocity 0 as note-off', () => {
    const running = [...on(0, 60, 80), ...varint(480), 60, 0, 0, 64, 90, ...varint(480), 64, 0];
    expect(heard(smf([track(running)]))).toEqual([
      [60, 0, 0.5, 80],
      [64, 0.5, 0.5, 90],
    ]);
  });

  it('keeps running status across meta and system exclusive events, as common readers do', () => {
    const sysEx = [0, 0xf0, 3, 1, 2, 0xf7];
    const events = [...on(0, 60, 80), ...text('hello'), ...sysEx, ...varint(480), 60, 0];
    expect(heard(smf([track(events)]))).toEqual([[60, 0, 0.5, 80]]);
  });

  it('keeps overlapping notes of one pitch; the first struck ends first', () => {
    const overlap = track(on(0, 60, 10), on(240, 60, 20), off(240, 60), off(480, 60));
    expect(heard(smf([overlap]))).toEqual([
      [60, 0, 0.5, 10],
      [60, 0.25, 0.75, 20],
    ]);
  });

  it('orders simultaneous notes from the lowest pitch up, whatever their track', () => {
    const bytes = smf([track(note(480, 72)), track(note(480, 48)), track(note(480, 60))]);
    expect(heard(bytes).map(([pitch]) => pitch)).toEqual([48, 60, 72]);
  });

  it('separates the channels of a format 0 file', () => {
    const events = track(on(0, 60, 10, 0), on(0, 60, 20, 1), off(240, 60, 1), off(240, 60, 0));
    expect(heard(smf([events], { format: 0 }))).toEqual([
      [60, 0, 0.5, 10],
      [60, 0, 0.25, 20],
    ]);
  });

  it('leaves drums out', () => {
    const bytes = smf([track(note(480, 36, 64, 9)), track(note(480, 60))]);
    expect(heard(bytes)).toEqual([[60, 0, 0.5, 64]]);
  });

  it('does not delay the melody for earlier drums', () => {
    const bytes = smf([track(note(480, 36, 64, 9)), track(on(480, 60), off(480, 60))]);
    expect(heard(bytes)).toEqual([[60, 0, 0.5, 64]]);
  });

  it('skips notes without a length or end, and ends without notes', () => {
    expect(heard(smf([track(off(0, 50), note(0, 60), note(480, 62), on(0, 64))]))).toEqual([
      [62, 0, 0.5, 64],
    ]);
  });

  it('holds a note through a change of program', () => {
    expect(heard(smf([track(on(0, 60), program(240, 5), off(240, 60))]))).toEqual([[60, 0, 0.5, 64]]);
  });

  it('skips pedals, bends and pressure', () => {
    const events = [0, 0xb0, 64, 127, 0, 0xe0, 0, 64, 0, 0xd0, 9, 0, 0xa0, 60, 9];
    expect(heard(smf([track(events, note(480, 60))]))).toEqual([[60, 0, 0.5, 64]]);
  });

  it('measures the piece to its last release', () => {
    const bytes = smf([track(on(0, 48), note(480, 60), note(480, 62), off(960, 48))]);
    expect(readKeyboard(bytes).durationSeconds).toBe(2);
  });
});

describe('readMidi: tempo', () => {
  it('follows tempo changes, also within a note and from another track', () => {
    const conductor = track(tempo(0, 500_000), tempo(720, 1_000_000));
    const music = track(note(480, 60), note(480, 62), note(480, 64));
    const contents = readKeyboard(smf([conductor, music]));
    expect(contents.notes.map(({ onsetSeconds }) => onsetSeconds)).toEqual([0, 0.5, 1.25]);
    expect(contents.notes.map(({ durationSeconds }) => durationSeconds)).toEqual([0.5, 0.75, 1]);
    expect(contents.tempoBpm).toBe(120);
  });

  it('counts at 120 bpm until the first tempo of the file', () => {
    const bytes = smf([track(note(480, 60), tempo(480, 1_000_000), note(480, 62))]);
    expect(heard(bytes)).toEqual([
      [60, 0, 0.5, 64],
      [62, 1, 1, 64],
    ]);
  });

  it('uses the last of several tempos at one tick', () => {
    const bytes = smf([track(tempo(0, 250_000), tempo(0, 1_000_000), note(480, 60))]);
    expect(heard(bytes)).toEqual([[60, 0, 1, 64]]);
    expect(readKeyboard(bytes).tempoBpm).toBe(60);
  });

  it('reports the tempo in force at the first note', () => {
    const bytes = smf([track(tempo(0, 250_000), tempo(960, 600_000), note(480, 60), tempo(0, 400_000))]);
    expect(readKeyboard(bytes).tempoBpm).toBe(100);
  });

  it.each([
    ['doubles a tempo slower than 20', 4_000_000, 30],
    ['halves a tempo faster than 300', 150_000, 200],
  ])('%s bpm, and plays it as it is', (_, microseconds, tempoBpm) => {
    const contents = readKeyboard(smf([track(tempo(0, microseconds), note(480, 60))]));
    expect(contents.tempoBpm).toBe(tempoBpm);
    expect(contents.durationSeconds).toBeCloseTo(microseconds / 1e6, 12);
  });

  it('counts in the ticks of the file', () => {
    expect(heard(smf([track(note(1, 60))], { division: 1 }))).toEqual([[60, 0, 0.5, 64]]);
    expect(heard(smf([track(note(32767, 60))], { division: 32767 }))[0]![2]).toBeCloseTo(0.5, 12);
  });
});

describe('readMidi: what else a file says', () => {
  it('defaults to 4/4, no key, no title', () => {
    expect(readKeyboard(smf([track(note(480, 60))]))).toEqual({
      notes: [{ pitch: 60, onsetSeconds: 0, durationSeconds: 0.5, velocity: 64 }],
      tempoBpm: 120,
      timeSignature: { numerator: 4, denominator: 4 },
      title: '',
      durationSeconds: 0.5,
      texts: [],
    });
  });

  it('reads signatures in force at the first note', () => {
    const conductor = track(
      timeSignature(0, 3, 2),
      keySignature(0, 0, 0),
      timeSignature(480, 6, 3),
      keySignature(0, -3, 1),
      timeSignature(2880, 5, 2),
      keySignature(0, 4, 0),
    );
    const contents = readKeyboard(smf([conductor, track(on(960, 60), off(480, 60))]));
    expect(contents.timeSignature).toEqual({ numerator: 6, denominator: 8 });
    expect(contents.key).toEqual({ tonic: 'C', scale: 'natural-minor' });
  });

  it('ignores impossible signatures', () => {
    const contents = readKeyboard(
      smf([track(timeSignature(0, 0, 2), timeSignature(0, 4, 40), keySignature(0, 9, 0), note(480, 60))]),
    );
    expect(contents.timeSignature).toEqual({ numerator: 4, denominator: 4 });
    expect(contents.key).toBeUndefined();
  });

  it('uses the first non-empty name as the title, on one clean line', () => {
    const title = (...names: string[]): string =>
      readKeyboard(smf([track(...names.map(name), note(480, 60))])).title;
    expect(title(' \0 ', 'Für Elise', 'Piano')).toBe('Für Elise');
    expect(title('a\r\n\tb\u202Ec\u0007 d\u2028e')).toBe('a bc d e');
    expect(title('月光'.repeat(40))).toBe('月光'.repeat(30));
    expect(title('🎹'.repeat(70))).toBe('🎹'.repeat(60));
  });

  it('reads Latin-1 if a text is not UTF-8', () => {
    const latin1 = meta(0, 0x03, ascii('F\xfcr Elise'));
    expect(readKeyboard(smf([track(latin1, note(480, 60))])).title).toBe('Für Elise');
  });

  it('keeps the text events, within bounds', () => {
    const many = Array.from({ length: 20 }, (_, i) => text(`line ${i}`));
    const { texts } = readKeyboard(smf([track(text('x'.repeat(33_000)), ...many, note(480, 60))]));
    expect(texts).toHaveLength(16);
    expect(texts[0]).toBe('line 0');
  });
});

describe('readMidi: untidy files', () => {
  const song = track(note(480, 60));

  it('accepts tracks without End of Track, and bytes after it', () => {
    expect(heard(smf([note(480, 60)]))).toHaveLength(1);
    expect(heard(smf([[...song, ...note(480, 72), 1, 2, 3]]))).toEqual([[60, 0, 0.5, 64]]);
  });

  it('accepts empty tracks, foreign chunks, and anything after the last track', () => {
    const [header, music] = [smf([], { count: 3 }), chunk('MTrk', song)];
    const foreign = chunk('XFIH', [1, 2, 3]);
    const bytes = [...header, ...chunk('MTrk', []), ...foreign, ...chunk('MTrk', track()), ...music];
    for (const rest of [[], [0], ascii('garbage, and plenty of it'), [...smf([song])]]) {
      expect(heard(Uint8Array.from([...bytes, ...rest]))).toEqual([[60, 0, 0.5, 64]]);
    }
  });

  it('accepts a wrong number of tracks and a wrong length of the last one', () => {
    expect(heard(smf([song], { count: 7 }))).toHaveLength(1);
    const bytes = smf([song]);
    bytes[21]! += 99;
    expect(heard(bytes)).toHaveLength(1);
  });

  it('accepts a long header', () => {
    const header = chunk('MThd', [0, 1, 0, 1, 1, 224, 9, 9]);
    expect(heard(Uint8Array.from([...header, ...chunk('MTrk', song)]))).toHaveLength(1);
  });

  it('reads the MIDI in an RMID file', () => {
    expect(heard(riff(smf([song])))).toEqual([[60, 0, 0.5, 64]]);
  });

  it('reads from the middle of a larger buffer', () => {
    const bytes = smf([song]);
    const buffer = new Uint8Array(bytes.length + 20);
    buffer.set(bytes, 10);
    expect(heard(buffer.subarray(10, 10 + bytes.length))).toHaveLength(1);
    const wrapped = riff(bytes);
    const larger = new Uint8Array(wrapped.length + 7);
    larger.set(wrapped, 7);
    expect(heard(larger.subarray(7))).toHaveLength(1);
  });

  it('reads the first melodic pattern of a format 2 file, with its own tempo', () => {
    const drums = track(tempo(0, 250_000), note(480, 36, 64, 9));
    const second = track(tempo(0, 1_000_000), name('B'), note(480, 60));
    const third = track(name('C'), note(480, 72));
    const contents = readKeyboard(smf([drums, second, third], { format: 2 }));
    expect(contents).toMatchObject({ title: 'B', tempoBpm: 60, durationSeconds: 1 });
    expect(contents.notes.map(({ pitch }) => pitch)).toEqual([60]);
  });
});

describe('readMidi: refusals', () => {
  it.each([
    [{ type: 'recording', format: 'MP3' }, ascii('ID3\x04\0\0\0')],
    [{ type: 'recording', format: 'MP3' }, [0xff, 0xfb, 0x90, 0x64, 0, 0]],
    [{ type: 'picture', format: 'PNG' }, ascii('\x89PNG\r\n\x1a\n')],
    [{ type: 'picture', format: 'JPEG' }, [0xff, 0xd8, 0xff, 0xe0]],
    [{ type: 'picture', format: 'GIF' }, ascii('GIF89a')],
    [{ type: 'recording', format: 'WAV' }, ascii('RIFF\x24\0\0\0WAVEfmt ')],
    [{ type: 'recording', format: 'Ogg' }, ascii('OggS\0\x02')],
    [{ type: 'recording', format: 'FLAC' }, ascii('fLaC\0')],
    [{ type: 'recording', format: 'MP4/M4A' }, ascii('\0\0\0\x20ftypM4A ')],
    [{ type: 'zip' }, ascii('PK\x03\x04\x14\0')],
    [{ type: 'pdf' }, ascii('%PDF-1.7')],
    [{ type: 'web-page' }, ascii('\n<!DOCTYPE html><html><title>404</title>')],
    [{ type: 'web-page' }, ascii('<html lang="en"><body>Not found')],
    [{ type: 'music-xml' }, ascii('<?xml version="1.0"?>\n<score-partwise version="4.0">')],
    [{ type: 'xml' }, ascii('<?xml version="1.0"?><rss/>')],
  ])('names %j', (looksLike, bytes) => {
    const error = refusal(Uint8Array.from(bytes));
    expect(error.code).toBe('midi.not-midi');
    expect(error.details).toEqual({ looksLike });
  });

  it('identifies the format however large the file is', () => {
    const picture = new Uint8Array(uploadLimits.maxBytes + 1);
    picture.set(ascii('\x89PNG'));
    expect(refusal(picture).code).toBe('midi.not-midi');
  });

  it('refuses unknown formats', () => {
    for (const bytes of [
      [0],
      ascii('plain words'),
      [0xff, 0xff, 0xff],
      ascii('MThX\0\0\0\x06'),
      ascii('RIFF\0\0\0\0RMID'),
    ]) {
      const error = refusal(Uint8Array.from(bytes));
      expect(error.code).toBe('midi.not-midi');
      expect(error.details).toEqual({});
    }
  });

  it('refuses an empty file', () => {
    expect(refusal(new Uint8Array()).code).toBe('midi.empty');
  });

  it.each<[string, Uint8Array]>([
    ['no tracks', smf([])],
    ['only empty tracks', smf([[], track()])],
    ['only a tempo', smf([track(tempo(0, 500_000))])],
  ])('refuses a file with %s', (_, bytes) => {
    expect(refusal(bytes)).toMatchObject({
      code: 'midi.no-notes',
      details: { struck: false },
    });
  });

  it('refuses a file whose notes never end', () => {
    const error = refusal(smf([track(on(0, 60), on(480, 62))]));
    expect(error.code).toBe('midi.no-notes');
    expect(error.details).toEqual({ struck: true });
  });

  it('refuses a file with only drums', () => {
    expect(refusal(smf([track(note(480, 36, 64, 9)), track(on(0, 60))])).code).toBe('midi.only-drums');
    expect(refusal(smf([track(note(480, 36, 64, 9))], { format: 2 })).code).toBe('midi.only-drums');
  });

  it.each<[string, Uint8Array]>([
    ['a rate of film frames that there is not', smf([track(note(480, 60))], { division: 0xe628 })],
    ['film frames without ticks', smf([track(note(480, 60))], { division: 0xe700 })],
    ['division 0', smf([track(note(480, 60))], { division: 0 })],
    ['a header of two bytes', Uint8Array.from(chunk('MThd', [0, 1]))],
    ['only four bytes', Uint8Array.from(ascii('MThd'))],
    ['a value before any status', smf([track([0, 60, 64])])],
    ['a status byte as a value', smf([track([0, 0x90, 0x90, 64])])],
    ['a system message that is not for files', smf([track([0, 0xf1, 0], note(480, 60))])],
    ['a delta time of five bytes', smf([track([0x81, 0x80, 0x80, 0x80, 0, 0x90, 60, 64])])],
    ['a text longer than its track', smf([[0, 0xff, 1, 99, 65]])],
    // As a signed number this length is −8, and a reader that steps back would never end.
    ['a text of negative length', smf([[0, 0xff, 1, 0x8f, 0xff, 0xff, 0xff, 0x78]])],
    ['events days away', smf([track(...Array.from({ length: 3 }, () => on(0x7ffffff, 60)), off(1, 60))])],
    ['a tempo of 0', smf([track(tempo(0, 0), note(480, 60))])],
    ['a tempo of 0 under a note', smf([track(on(0, 60), tempo(240, 0), off(240, 60))])],
    ['a track that breaks off', smf([note(480, 60).slice(0, -1)])],
  ])('refuses %s as damaged', (_, bytes) => {
    expect(refusal(bytes).code).toBe('midi.damaged');
  });

  it('gives every truncated file its notes or an error message', () => {
    const whole = smf([track(name('Song'), tempo(0, 400_000)), track(note(480, 60), note(480, 62))]);
    const codes = new Set<string>();
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.subarray(0, length);
      try {
        expect(readKeyboard(cut).notes.length).toBeGreaterThan(0);
        codes.add('read');
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        codes.add((error as UserError).code);
      }
    }
    expect([...codes].sort()).toEqual([
      'midi.damaged',
      'midi.empty',
      'midi.no-notes',
      'midi.not-midi',
      'read',
    ]);
  });
});

describe('readMidi: limits', () => {
  const repeated = (count: number, event: number[]): number[] =>
    Array.from({ length: count }, () => event).flat();

  it('states the size', () => {
    const large = new Uint8Array(1100 * 1024);
    large.set(smf([track(note(480, 60))]));
    expect(refusal(large)).toMatchObject({
      code: 'midi.too-large',
      details: { actual: 1100 * 1024, limit: 1024 * 1024 },
    });
    expect(readKeyboard(large, corpusLimits).notes).toHaveLength(1);
  });

  it('states the number of notes, drums included', () => {
    const runningNote = [0, 60, 64, 1, 60, 0];
    const melody = track(note(1, 60), [0, 0x90, 60, 64, 1, 60, 0], repeated(19_998, runningNote));
    expect(readKeyboard(smf([melody])).notes).toHaveLength(20_000);
    expect(refusal(smf([melody, track(on(0, 36, 64, 9))]))).toMatchObject({
      code: 'midi.too-many-notes',
      details: { actual: 20_001, limit: 20_000 },
    });
  });

  it('states the number of tracks', () => {
    const tracks = Array.from({ length: 64 }, () => track(note(480, 60)));
    expect(readKeyboard(smf(tracks)).notes).toHaveLength(64);
    expect(refusal(smf([...tracks, track()]))).toMatchObject({
      code: 'midi.too-many-tracks',
      details: { actual: 65, limit: 64 },
    });
  });

  it('states the number of events', () => {
    const error = refusal(smf([track([0, 0xc0, 0], repeated(250_000, [0, 0]))]));
    expect(error.code).toBe('midi.too-many-events');
    expect(error.details).toMatchObject({ limit: 250_000 });
  });

  it('states the length, without silence before the first note', () => {
    const late = track(on(960 * 1000, 60), off(960 * 1800, 60));
    expect(readKeyboard(smf([late])).durationSeconds).toBe(1800);
    const long = track(on(0, 60), off(960 * 1810, 60));
    expect(refusal(smf([long]))).toMatchObject({
      code: 'midi.too-long',
      details: { actual: 1810, limit: 1800 },
    });
    expect(readKeyboard(smf([long]), corpusLimits).durationSeconds).toBe(1810);
  });

  it.each<[string, number[]]>([
    [
      'notes that never end and ends of others',
      [...repeated(20_000, on(0, 60)), ...repeated(60_000, [0, 61, 0])],
    ],
    ['as many notes of one pitch at once', track(repeated(20_000, on(0, 60)), repeated(20_000, off(0, 60)))],
    ['thousands of tempos at one tick', track(repeated(20_000, tempo(0, 500_000)), note(480, 60))],
  ])('is quick with %s', (_, body) => {
    const limits = { ...uploadLimits, maxBytes: Infinity };
    const start = process.cpuUsage();
    try {
      readKeyboard(smf([body]), limits);
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
    }
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000);
  });
});
