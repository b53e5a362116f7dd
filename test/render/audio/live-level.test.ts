import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LiveLevel, type LevelledBlock } from '../../../src/render/audio/live-level.js';

const frames = 4800;

/** Levels blocks of one channel's samples, both channels alike. */
function levelled(level: LiveLevel, blocks: readonly Float32Array[]): Float32Array[] {
  const out: (LevelledBlock | undefined)[] = blocks.map((block) => level.add(block, block));
  out.push(level.flush());
  return out.flatMap((block) => (block === undefined ? [] : [block.left]));
}

function constant(value: number): Float32Array {
  return new Float32Array(frames).fill(value);
}

const amplitude = fc.double({ min: 0, max: 2, noNaN: true });

describe('live levelling', () => {
  it('returns every block, one block later', () => {
    const level = new LiveLevel(0);
    expect(level.add(constant(0.1), constant(0.1))).toBeUndefined();
    expect(level.add(constant(0.2), constant(0.2))?.left[0]).toBeCloseTo(0.1);
    expect(level.flush()?.left[0]).toBeCloseTo(0.2);
    expect(level.flush()).toBeUndefined();
  });

  it('does not change sound that needs no levelling', () => {
    const sine = Float32Array.from({ length: frames }, (_, i) => 0.5 * Math.sin(i / 20));
    for (const block of levelled(new LiveLevel(-2.5), [sine, sine, sine])) expect(block).toEqual(sine);
  });

  it('applies the gain', () => {
    const level = new LiveLevel(0);
    level.setGain(6, true);
    const [, second] = levelled(level, [constant(0.1), constant(0.1)]);
    expect(second![2400]).toBeCloseTo(0.1 * 10 ** (6 / 20), 5);
  });

  it('changes the gain gradually unless told otherwise', () => {
    const level = new LiveLevel(0);
    level.setGain(12, false);
    const blocks = levelled(
      level,
      Array.from({ length: 30 }, () => constant(0.1)),
    );
    const all = blocks.flatMap((block) => [...block]);
    for (let i = 1; i < all.length; i++) expect(all[i]! - all[i - 1]!).toBeLessThan(0.001);
    expect(all.at(-1)).toBeCloseTo(0.1 * 10 ** (12 / 20), 3);
    expect(all[frames]).toBeLessThan(0.15);
  });

  it('never exceeds its ceiling, whatever the input', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(amplitude, { minLength: 20, maxLength: 20 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: -20, max: 30 }),
        (pieces, gain) => {
          const level = new LiveLevel(-2.5);
          level.setGain(gain, true);
          const blocks = pieces.map((each) =>
            Float32Array.from(
              { length: frames },
              (_, i) => each[Math.floor(i / 240)]! * (i % 2 === 0 ? 1 : -1),
            ),
          );
          for (const block of levelled(level, blocks)) {
            const loudest = block.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
            expect(loudest).toBeLessThanOrEqual(10 ** (-2.5 / 20) + 1e-5);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('fades in from silence and out to silence', () => {
    const level = new LiveLevel(0);
    level.fadeIn(0.2);
    const rising = levelled(level, [constant(0.5), constant(0.5), constant(0.5)]);
    expect(rising[0]![0]).toBe(0);
    expect(rising[1]![0]).toBeCloseTo(0.25, 2);
    expect(rising[2]![100]).toBeCloseTo(0.5);
    level.fade(0, 0.1);
    const falling = levelled(level, [constant(0.5), constant(0.5)]);
    expect(falling[1]![100]).toBe(0);
    expect(level.isSilent).toBe(true);
  });

  it('accepts other sample rates', () => {
    const level = new LiveLevel(0);
    const half = new Float32Array(frames / 2).fill(0.3);
    const out = levelled(level, [constant(0.3), half, constant(0.3)]);
    expect(out.map(({ length }) => length)).toEqual([frames, frames / 2, frames]);
    for (const block of out) expect(block[7]).toBeCloseTo(0.3);
  });
});
