import { describe, expect, it } from 'vitest';
import { Busyness } from '../../../src/model/song/busyness.js';
import { Draft } from '../../../src/model/song/draft.js';
import type { Layout } from '../../../src/model/song/layout.js';
import { notesInBar } from '../../../src/plan/density.js';
import type { SongPlan } from '../../../src/plan/song-plan.js';
import { bands } from './plans.js';

const allOpen: Layout = { isOpen: () => true, sourceOf: () => undefined };

function busyness(plan: SongPlan, layout = allOpen): Busyness {
  return new Busyness(new Draft(plan), layout);
}

describe('busyness', () => {
  const bars = 16;
  const plan: SongPlan = {
    style: 'quartet',
    taught: 'quartet',
    bpm: 100,
    key: { tonic: 'C', scale: 'major' },
    barCount: bars,
    meters: [{ bar: 0, numerator: 4, denominator: 4 }],
    chords: [{ onset: 0, root: 'C', kind: 'maj' }],
    chordsGiven: false,
    sections: [{ bar: 0, letter: 'A', timesBefore: 0 }],
    parts: bands.quartet!.map((part) => ({ ...part, isPatterned: false, plays: [{ first: 0, end: bars }] })),
    density: 0.5,
  };
  const wanted = plan.parts.reduce((sum, { role }) => sum + notesInBar('quartet', role, 0.5), 0);
  const { length } = new Draft(plan).bars[0]!;

  it('is none where as many notes are composed as are wanted', () => {
    const own = busyness(plan);
    for (let note = 0; note < Math.round(4 * wanted); note++) own.add();
    expect(own.surplusAt(4 * length)).toBeCloseTo(0, 1);
  });

  it('grows with the notes, and ends as time goes on without them', () => {
    const own = busyness(plan);
    for (let note = 0; note < Math.round(8 * wanted); note++) own.add();
    expect(own.surplusAt(4 * length)).toBeGreaterThan(0.5);
    expect(own.surplusAt(4.5 * length)).toBeLessThan(own.surplusAt(4 * length));
    expect(own.surplusAt(12 * length)).toBeLessThan(0);
  });

  it('wants notes only where something is composed', () => {
    const own = busyness(plan, { ...allOpen, isOpen: (_part, bar) => bar >= 4 });
    own.add();
    expect(own.surplusAt(4 * length)).toBeGreaterThan(0);
  });

  it('is none where the plan does not say how busy the music is', () => {
    const { density: _, ...silent } = plan;
    const own = busyness(silent);
    for (let note = 0; note < 1000; note++) own.add();
    expect(own.surplusAt(0)).toBe(0);
  });
});
