import { describe, expect, it } from 'vitest';
import {
  chained,
  jittered,
  looped,
  measures,
  pitchesByPart,
  rowOf,
  shuffled,
  swapped,
  type MeasuredPiece,
} from '../../../src/evaluation/song/measures.js';
import { beatsOf } from '../../../src/evaluation/song/measures.js';
import { recogniseChords, tonesOfChord } from '../../../src/music/theory/recognise-chords.js';
import { Random } from '../../../src/model/random.js';
import type { NetworkNote } from '../../../src/model/song/sequence.js';

const bars = Array.from({ length: 16 }, (_, i) => ({
  start: 96 * i,
  length: 96,
  numerator: 4,
  denominator: 4,
}));
const melody = 6;
const harmony = 24;
const note = (onset: number, part: number, pitch: number, duration: number): NetworkNote => ({
  onset,
  part,
  pitch,
  duration,
  velocity: 0,
});

/** C, A minor, F and G, one bar each: their roots, kinds and tones. */
const chords = [1, 1 + 8 * 9 + 1, 1 + 8 * 5, 1 + 8 * 7];
const song: MeasuredPiece = {
  bars,
  key: { tonic: 'C', scale: 'major' },
  tonic: 0,
  chords: bars.map(({ start }, i) => ({ onset: start, chord: chords[i % 4]! })),
  notes: bars.flatMap(({ start }, i) => {
    const tones = tonesOfChord(chords[i % 4]!);
    return [
      ...[0, 24, 48, 72].map((at, n) => note(start + at, melody, 60 + tones[n % 3]!, 24)),
      ...tones.map((tone) => note(start, harmony, 36 + tone, 96)),
    ].sort((a, b) => a.onset - b.onset || a.part - b.part || a.pitch - b.pitch);
  }),
};

describe('measures of songs', () => {
  it('recognise chords by the sounding notes', () => {
    const found = recogniseChords(song.notes, beatsOf(bars));
    expect(found).toHaveLength(64);
    expect([0, 4, 8, 12].map((beat) => found[beat])).toEqual(chords);
    expect(recogniseChords([], beatsOf(bars))).toEqual(Array.from({ length: 64 }, () => 0));
  });

  it('have known values for a song that repeats four bars', () => {
    expect(measures.groove(song)).toBe(1);
    expect(measures.likenessBack8(song)).toBe(1);
    expect(measures.equalBars(song)).toBe(12 / 16);
    expect(measures.notesPerBar(song)).toBe(7);
    expect(measures.melodyOnChords(song)).toBe(1);
    expect(measures.rootHeard(song)).toBe(1);
    expect(measures.inChord(song)).toBe(1);
    expect(measures.inKey(song)).toBe(1);
    expect(measures.barEntropy(song)).toBeCloseTo(Math.log2(3), 1);
  });

  it('distinguish it from wrong music', () => {
    const row = rowOf([song]);
    const mixed = rowOf([shuffled(song, new Random(1))]);
    const late = rowOf([jittered(song, new Random(1))]);
    const other = {
      ...song,
      chords: song.chords,
      notes: song.notes
        .map((each) => ({ ...each, onset: (each.onset + 96) % (16 * 96) }))
        .sort((a, b) => a.onset - b.onset),
    };
    const strange = rowOf([swapped(song, other)!]);
    expect(mixed.barEntropy!.mean).toBeGreaterThan(row.barEntropy!.mean);
    expect(mixed.likenessBack8!.mean).toBeLessThan(0.5);
    expect(late.groove!.mean).toBeLessThan(row.groove!.mean);
    expect(strange.melodyOnChords!.mean).toBeLessThan(0.7);
  });

  it('show that a loop repeats and ignores the chords', () => {
    const loop = looped(song);
    expect(measures.equalBars(loop)).toBe(15 / 16);
    expect(measures.notesPerBar(loop)).toBe(7);
    expect(measures.inChord(loop)).toBeLessThan(0.6);
  });

  it('count the repeated pitches of a melody alone', () => {
    const withMelody = (pitches: readonly number[]): MeasuredPiece => ({
      ...song,
      notes: pitches.flatMap((pitch, i) => [note(24 * i, melody, pitch, 24), note(24 * i, harmony, 40, 24)]),
    });
    expect(measures.melodyRepeats(withMelody([60, 62, 60, 62, 60, 62, 60, 62, 60]))).toBe(0);
    expect(measures.melodyRepeats(withMelody([60, 60, 62, 62, 62, 64, 62, 60, 60]))).toBe(4 / 8);
    expect(measures.melodyRepeats(withMelody([60, 60, 60]))).toBeUndefined();
  });

  it('are undefined without data', () => {
    const empty = { ...song, notes: [], key: undefined };
    expect(measures.melodyOnChords(empty)).toBeUndefined();
    expect(measures.inKey(empty)).toBeUndefined();
    expect(measures.entropy(empty)).toBeUndefined();
    expect(swapped(empty, song)).toBeUndefined();
    expect(rowOf([empty])).toEqual({});
  });

  it('tell a chain of pitches from the song', () => {
    const random = new Random(2);
    const piece = chained(song, [song], random);
    expect(piece.notes.map(({ onset, part }) => [onset, part])).toEqual(
      song.notes.map(({ onset, part }) => [onset, part]),
    );
    const follows = (line: Uint8Array): Set<string> =>
      new Set(Array.from(line.subarray(1), (pitch, i) => `${line[i]} ${pitch}`));
    const [tune] = pitchesByPart(song);
    const [chain] = pitchesByPart(piece);
    expect(chain).toHaveLength(64);
    expect(chain).not.toEqual(tune);
    const known = follows(tune!);
    expect([...follows(chain!)].every((pair) => known.has(pair))).toBe(true);
    expect(measures.inChord(piece)!).toBeLessThan(measures.inChord(song)!);
  });
});
