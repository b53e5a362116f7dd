import { describe, expect, it } from 'vitest';
import type { Piece } from '../../src/music/piece.js';
import { continuedPlan, planOfPiece } from '../../src/plan/plan-of-piece.js';
import { band, bigBand, quartet } from '../render/audio/band-fixture.js';

describe('the plan of a piece', () => {
  it('has its tracks as parts, by what they play', () => {
    const { plan } = planOfPiece(band(8))!;
    expect(plan.parts.map(({ name, program, role }) => [name, program, role])).toEqual([
      ['Flute', 73, 'melody'],
      ['Strings', 48, 'harmony'],
      ['Piano', 0, 'harmony'],
      ['Bass', 33, 'bass'],
      ['Drums', 0, 'drums'],
    ]);
    expect(plan.parts.map(({ isMonophonic }) => isMonophonic)).toEqual([true, false, false, true, false]);
    expect(plan).toMatchObject({ barCount: 8, bpm: 120, key: { tonic: 'A', scale: 'natural-minor' } });
  });

  it('has its chords, whatever its file says of them', () => {
    const { chords: _, ...silent } = band(4);
    const { plan } = planOfPiece(silent)!;
    expect(plan.chords.map(({ root, kind, onset }) => [root, kind, onset])).toEqual([
      ['A', 'min', 0],
      ['F', 'maj', 96],
      ['C', 'maj', 192],
      ['G', 'maj', 288],
    ]);
  });

  it('has all its notes, at their places on the grid', () => {
    const piece = band(4);
    const { notes } = planOfPiece(piece)!;
    expect(notes).toHaveLength(piece.tracks.reduce((sum, track) => sum + track.notes.length, 0));
    const ticks = notes.filter(({ part }) => part === 3).map(({ onset }) => (onset / 24) * 480);
    expect(ticks).toEqual(piece.tracks[3]!.notes.map(({ startTick }) => startTick));
  });

  it('has no two parts that share class and role, and no two of one name', () => {
    const twins = bigBand(4);
    const many = { ...twins, tracks: [...twins.tracks, ...twins.tracks] };
    for (const piece of [bigBand(4), quartet(4), many]) {
      const { parts } = planOfPiece(piece)!.plan;
      expect(new Set(parts.map(({ instrument, role }) => `${instrument} ${role}`)).size).toBe(parts.length);
      expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length);
      expect(parts.filter(({ role }) => role === 'drums').length).toBeLessThanOrEqual(1);
    }
  });

  it('of a beginning is that of the first eight bars that sound', () => {
    const { plan, notes } = planOfPiece(band(16), true)!;
    expect(plan.barCount).toBe(8);
    expect(Math.max(...notes.map(({ onset }) => onset))).toBeLessThan(8 * 96);
    const late: Piece = {
      ...band(16),
      tracks: band(16).tracks.map((track) => ({
        ...track,
        notes: track.notes.filter(({ startTick }) => startTick >= 12 * 1920),
      })),
    };
    const beginning = planOfPiece(late, true)!;
    expect(beginning.plan.barCount).toBe(4);
    expect(beginning.notes[0]!.onset).toBe(0);
  });

  it.each<[string, Piece]>([
    ['two hands at one piano', { ...band(4), tracks: [band(4).tracks[2]!, band(4).tracks[2]!] }],
    ['a performance without a beat', { ...band(4), hasBars: false }],
    ['five in a bar', { ...band(4), meters: [{ tick: 0, numerator: 5, denominator: 4 }] }],
    ['nothing', { ...band(4), tracks: [] }],
  ])('is undefined for %s', (_, piece) => {
    expect(planOfPiece(piece)).toBeUndefined();
  });
});

describe('a continued plan', () => {
  it('keeps what was there, follows its chords again, and ends on its tonic', () => {
    const { plan } = planOfPiece(band(4))!;
    const longer = continuedPlan(plan, 6);
    expect(longer.barCount).toBe(10);
    expect(longer.chords.slice(0, plan.chords.length)).toEqual(plan.chords);
    expect(longer.chords.slice(plan.chords.length).map(({ root, onset }) => [root, onset / 96])).toEqual([
      ['A', 4],
      ['F', 5],
      ['C', 6],
      ['G', 7],
      ['A', 8],
      ['A', 9],
    ]);
    for (const { plays } of longer.parts) expect(plays).toEqual([{ first: 0, end: 10 }]);
  });
});
