/** Measures of whole pieces, tested on music of known quality. */
import { describe, expect, it } from 'vitest';
import { endingOf, endingsOf } from '../../src/evaluation/ending.js';
import { motifRecall } from '../../src/evaluation/motif-recall.js';
import { onsetGroups } from '../../src/evaluation/onset-groups.js';
import { pulseClarity } from '../../src/evaluation/pulse-clarity.js';
import { chancePieces, cutPieces, pieceFigures, wholePiecesOf } from '../../src/evaluation/whole-pieces.js';
import { Random } from '../../src/model/random.js';
import type { Note } from '../../src/music/note.js';
import { madeUpPiece } from './music-fixture.js';

const note = (pitch: number, onsetSeconds: number, durationSeconds = 0.2, velocity = 64): Note => ({
  pitch,
  onsetSeconds,
  durationSeconds,
  velocity,
});

/** C major, four notes per second. */
const scale = Array.from({ length: 40 }, (_, i) => note([60, 64, 67, 72, 71, 67, 65, 62][i % 8]!, i / 4));
const after = scale.length / 4;
const chord = (pitches: readonly number[], at: number, length: number): Note[] =>
  pitches.map((pitch) => note(pitch, at, length));

describe('an ending', () => {
  it('is a close when the tonic triad is held over the tonic', () => {
    const close = endingOf([...scale, ...chord([36, 60, 64, 67], after, 2)]);
    expect(close).toMatchObject({ tonicBass: true, heldTonicClose: true, lastLength: 10 });
    expect(endingOf([...scale, ...chord([36, 60, 64, 67], after, 0.5)]).heldTonicClose).toBe(false);
    expect(endingOf([...scale, ...chord([36, 60, 65, 67], after, 2)]).heldTonicClose).toBe(false);
    expect(endingOf([...scale, ...chord([43, 60, 64, 67], after, 2)]).tonicBass).toBe(false);
  });

  it('includes notes that are still sounding', () => {
    const held = note(31, after - 1, 5);
    expect(endingOf([...scale, held, ...chord([36, 60, 64, 67], after, 2)]).tonicBass).toBe(false);
  });

  it('measures how much the last sounds slow down', () => {
    expect(endingOf(scale).slowing).toBeCloseTo(1);
    const slower = [...scale, ...Array.from({ length: 6 }, (_, i) => note(60, after + i / 2, 0.2))];
    expect(endingOf(slower).slowing).toBeCloseTo(2);
    expect(endingsOf([scale, slower]).slowing).toBeCloseTo(1.5);
  });
});

describe('sounds', () => {
  it('are notes struck within 35 ms of the first', () => {
    const notes = [note(60, 0), note(64, 0.03), note(67, 0.05), note(72, 0.5)];
    expect(onsetGroups(notes).map((group) => group.map(({ pitch }) => pitch))).toEqual([
      [60, 64],
      [67],
      [72],
    ]);
  });
});

describe('a recall', () => {
  const opening = [60, 62, 64, 65, 67, 69, 71, 72, 74].map((pitch, i) => note(pitch, i / 4));

  it('is found in any transposition', () => {
    const again = opening.map(({ pitch }, i) => note(pitch + 5, i / 3));
    expect(motifRecall(opening, again)).toEqual({ figures: 1, topFigures: 1, long: true });
  });

  it('is a share of the figures, and zero in other music', () => {
    const half = [60, 62, 64, 65, 67, 50, 48].map((pitch, i) => note(pitch, i / 4));
    const { figures, long } = motifRecall(opening, half);
    expect(figures).toBeGreaterThan(0);
    expect(figures).toBeLessThan(1);
    expect(long).toBe(false);
    const other = [72, 60, 71, 61, 70, 62, 69, 63].map((pitch, i) => note(pitch, i / 4));
    expect(motifRecall(opening, other)).toEqual({ figures: 0, topFigures: 0, long: false });
  });

  it('along the top is heard over other voices', () => {
    const again = opening.flatMap(({ pitch }, i) => [note(pitch, i / 3), note(40 + (i % 3), i / 3)]);
    expect(motifRecall(opening, again).topFigures).toBe(1);
    expect(motifRecall(opening, again).figures).toBe(0);
  });
});

describe('pulse clarity', () => {
  const random = new Random(1);
  const beats = Array.from({ length: 120 }, (_, i) => note(60, i / 4));

  it('is high for a metronome and low for random times', () => {
    const any = Array.from({ length: 120 }, () => note(60, 30 * random.uniform()));
    expect(pulseClarity(beats)).toBeGreaterThan(0.9);
    expect(pulseClarity(any)).toBeLessThan(0.4);
  });

  it('is in between for human timing, and does not depend on loudness', () => {
    const played = beats.map((each) => ({
      ...each,
      onsetSeconds: each.onsetSeconds + 0.05 * random.uniform(),
    }));
    expect(pulseClarity(played)).toBeGreaterThan(0.4);
    expect(pulseClarity(played)).toBeLessThan(pulseClarity(beats)!);
    expect(pulseClarity(beats.map((each) => ({ ...each, velocity: 20 })))).toBeCloseTo(pulseClarity(beats)!);
  });

  it('is undefined for short or sparse music', () => {
    expect(pulseClarity(beats.slice(0, 30))).toBeUndefined();
    expect(pulseClarity(Array.from({ length: 20 }, (_, i) => note(60, 2 * i)))).toBeUndefined();
  });
});

describe('figures of pieces', () => {
  it('find a theme that returns late in the whole piece only', () => {
    const theme = madeUpPiece(1, 25);
    const middle = Array.from({ length: 320 }, (_, i) => note(60 + (i % 2), 100 + i / 4));
    const again = theme.map((each) => ({ ...each, onsetSeconds: each.onsetSeconds + 200 }));
    const { recall, recallInAll } = pieceFigures([{ opening: theme, notes: [...middle, ...again] }]);
    expect([recall.figures, recall.long]).toEqual([0, 0]);
    expect([recallInAll.figures, recallInAll.topFigures, recallInAll.long]).toEqual([1, 1, 1]);
  });

  const performances = Array.from({ length: 6 }, (_, i) => madeUpPiece(i, 400));

  it('cover whole pieces, and are compared with cut pieces and chance', () => {
    const whole = wholePiecesOf(performances);
    expect(whole.map(({ opening, notes }) => [...opening, ...notes])).toEqual(performances);
    for (const { opening, notes } of cutPieces(performances, new Random(1))) {
      const all = [...opening, ...notes];
      expect(all.length).toBeGreaterThanOrEqual(175);
      expect(performances.some((piece) => all.every((each, i) => each === piece[i]))).toBe(true);
    }
    chancePieces(performances, new Random(1)).forEach(({ opening, notes }, i) => {
      expect(opening).toEqual(performances[i]!.slice(0, 25));
      expect(notes).toHaveLength(300);
      const pitches = performances[(i + 1) % 6]!.map(({ pitch }) => pitch).join();
      expect(pitches).toContain(notes.map(({ pitch }) => pitch).join());
    });
    const { recall, recallInAll } = pieceFigures(whole);
    expect(recallInAll.figures).toBeGreaterThanOrEqual(recall.figures);
    expect(recall.figures).toBeGreaterThanOrEqual(
      pieceFigures(chancePieces(performances, new Random(1))).recall.figures,
    );
  });
});
