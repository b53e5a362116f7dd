import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyGain, gainCurve, type Levels } from '../../../src/render/audio/levelling.js';
import { integratedLoudness, LoudnessMeter } from '../../../src/render/audio/loudness.js';
import { decibels, highest, join, sine } from './signals.js';

/** Levels a signal (the same in both channels). */
function level(signal: Float32Array, levels: Partial<Levels> = {}) {
  const meter = new LoudnessMeter();
  meter.add(signal, signal);
  const all = { loudness: -16, peak: -2, frames: signal.length, fadeFrames: 2400, ...levels };
  const curve = gainCurve(meter, all);
  const levelled = signal.slice(0, all.frames);
  applyGain(levelled, curve, 0, meter.peakFrames);
  const after = new LoudnessMeter();
  after.add(levelled, levelled);
  return { levelled, curve, loudness: integratedLoudness(after.energies) };
}

/** A decaying tone, as a hammer makes it. */
function strike(seconds: number, dbfs: number): Float32Array<ArrayBuffer> {
  return sine(440, seconds, dbfs).map((x, i) => x * Math.exp(-i / 4800));
}

describe('levelling', () => {
  it('is one constant gain if no peak would exceed the limit', () => {
    const { curve, loudness } = level(join([sine(440, 3, -40), sine(880, 3, -34)]));
    expect(loudness).toBeCloseTo(-16, 1);
    expect(new Set(curve.subarray(0, -11)).size).toBe(1);
  });

  it('only bends around peaks that would exceed the limit, and still reaches the loudness', () => {
    const soft = Array.from({ length: 12 }, () => strike(0.5, -20));
    const { levelled, curve, loudness } = level(join([...soft, strike(0.5, -11), ...soft]));
    expect(decibels(highest(levelled))).toBeLessThanOrEqual(-2 + 1e-4);
    expect(decibels(highest(levelled))).toBeGreaterThan(-2.5);
    expect(Math.abs(loudness + 16)).toBeLessThan(0.1);
    // 5 ms ahead and 0.5 s behind the loud strike, the gain is what it is elsewhere.
    expect(curve[1195]).toBe(curve[100]);
    expect(curve[1350]).toBe(curve[100]);
    expect(Math.min(...curve.subarray(1195, 1350))).toBeLessThan(curve[100]! * 0.9);
  });

  it('never lets a sample exceed the peak, whatever the input', () => {
    const sample = fc.float({ min: -1, max: 1, noNaN: true });
    const burst = fc.record({ at: fc.nat(23_000), sample, length: fc.integer({ min: 1, max: 900 }) });
    fc.assert(
      fc.property(
        fc.array(burst, { maxLength: 12 }),
        fc.integer({ min: 5000, max: 24_000 }),
        (bursts, frames) => {
          const signal = sine(200, 0.5, -30);
          for (const { at, sample, length } of bursts) signal.fill(sample, at, at + length);
          expect(decibels(highest(level(signal, { frames }).levelled))).toBeLessThanOrEqual(-2 + 1e-4);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('stays softer rather than flattening a piece that is all peaks', () => {
    const clicks = new Float32Array(5 * 48_000);
    for (let i = 0; i < clicks.length; i += 24_000) clicks[i] = 0.5;
    const { levelled, loudness } = level(clicks);
    expect(decibels(highest(levelled))).toBeLessThanOrEqual(-2);
    expect(loudness).toBeLessThan(-17);
  });

  it('fades to nothing at the end', () => {
    const { levelled } = level(sine(440, 2, -20), { frames: 70_001, fadeFrames: 9600 });
    const ends = [9600, 4800, 2400, 240, 10].map((left) =>
      highest(levelled.subarray(levelled.length - left)),
    );
    expect(ends).toEqual([...ends].sort((a, b) => b - a));
    expect(ends.at(-1)).toBeLessThan(1e-4);
  });

  it('keeps silence silent and finite', () => {
    const { levelled } = level(new Float32Array(48_000));
    expect(levelled.every((x) => x === 0)).toBe(true);
  });
});
