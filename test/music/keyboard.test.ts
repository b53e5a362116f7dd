import { describe, expect, it } from 'vitest';
import { beginning, keyboardOf, keyboardPiece } from '../../src/music/keyboard.js';
import { heardNotes, type Piece } from '../../src/music/piece.js';

const common = { numerator: 4, denominator: 4 };

function every(seconds: number, count: number) {
  return Array.from({ length: count }, (_, i) => ({
    ...{ pitch: 60, onsetSeconds: i * seconds, durationSeconds: seconds, velocity: 64 },
  }));
}

describe('the beginning of a piece', () => {
  it.each([
    ['its first eight bars', 60, 32],
    ['15 seconds, where those are shorter', 240, 15],
  ])('is %s', (_, tempoBpm, seconds) => {
    const begun = beginning({ notes: every(0.5, 400), tempoBpm, timeSignature: common });
    expect(begun).toEqual(every(0.5, 2 * seconds));
    expect(beginning({ notes: begun, tempoBpm, timeSignature: common })).toEqual(begun);
  });

  it('counts bars of its meter', () => {
    const timeSignature = { numerator: 3, denominator: 4 };
    expect(beginning({ notes: every(1, 400), tempoBpm: 60, timeSignature })).toHaveLength(24);
  });

  it('has at most 512 notes', () => {
    expect(beginning({ notes: every(0.01, 4000), tempoBpm: 60, timeSignature: common })).toHaveLength(512);
  });
});

describe('what a keyboard plays of a piece', () => {
  const [track] = keyboardPiece({
    ...{ title: '', notes: every(1, 2), tempoBpm: 60, timeSignature: common, hasBars: true },
  }).tracks;
  const song: Piece = {
    title: 'Song',
    ticksPerQuarter: 480,
    tempos: [{ tick: 0, microsecondsPerQuarter: 1_000_000 }],
    meters: [
      { tick: 0, numerator: 1, denominator: 4 },
      { tick: 480, numerator: 3, denominator: 4 },
    ],
    keys: [{ tick: 0, key: { tonic: 'G', scale: 'major' } }],
    hasBars: true,
    tracks: [
      { ...track!, isDrums: true, notes: [{ pitch: 36, velocity: 90, startTick: 0, lengthTicks: 1 }] },
      { ...track!, notes: [{ pitch: 67, velocity: 80, startTick: 960, lengthTicks: 480 }] },
      { ...track!, notes: [{ pitch: 48, velocity: 70, startTick: 480, lengthTicks: 960, given: true }] },
    ],
  };

  it('is every track except drums, from the first note on, in onset order', () => {
    expect(keyboardOf(song)).toEqual({
      notes: [
        { pitch: 48, onsetSeconds: 0, durationSeconds: 2, velocity: 70 },
        { pitch: 67, onsetSeconds: 1, durationSeconds: 1, velocity: 80 },
      ],
      tempoBpm: 60,
      timeSignature: { numerator: 3, denominator: 4 },
      key: { tonic: 'G', scale: 'major' },
      durationSeconds: 2,
    });
  });

  it('is heard at its place in the piece, and marked as given anywhere', () => {
    expect(heardNotes(song).map(({ onsetSeconds, isGiven }) => [onsetSeconds, isGiven])).toEqual([
      [1, true],
      [2, false],
    ]);
  });
});

describe('a piece for one keyboard', () => {
  it('is on the nearest ticks, with notes at least one tick long', () => {
    const notes = [
      { pitch: 60, onsetSeconds: 0.0014, durationSeconds: 0.25, velocity: 64, isGiven: true },
      { pitch: 62, onsetSeconds: 1, durationSeconds: 1e-5, velocity: 64 },
    ];
    const { tracks } = keyboardPiece({
      title: '',
      notes,
      tempoBpm: 120,
      timeSignature: common,
      hasBars: false,
    });
    expect(tracks[0]!.notes).toEqual([
      { pitch: 60, velocity: 64, startTick: 1, lengthTicks: 240, given: true },
      { pitch: 62, velocity: 64, startTick: 960, lengthTicks: 1 },
    ]);
  });
});
