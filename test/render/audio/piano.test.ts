import { describe, expect, it } from 'vitest';
import { shippedSounds } from '../../../src/render/audio/sound-bank.js';
import { synthesise } from '../../../src/render/audio/synth.js';
import { writeMidi } from '../../../src/music/midi/write.js';
import { pieceOf } from '../piece-fixture.js';
import { correlation, decibels } from './signals.js';

/** The first half second of C4 at a velocity, without reverb. */
async function struck(velocity: number): Promise<{ left: Float32Array; right: Float32Array }> {
  const piece = pieceOf([{ pitch: 60, onsetSeconds: 0, durationSeconds: 0.5, velocity }]);
  const sounds = await shippedSounds({ programs: [0], hasDrums: false });
  for await (const { left, right } of synthesise(writeMidi(piece, [], [{ reverb: 0 }]), sounds, {
    maxFrames: 24_000,
  })) {
    return { left: left.slice(), right: right.slice() };
  }
  throw new Error('There is no sound.');
}

const level = (samples: Float32Array): number =>
  decibels(Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length));
/** How much of a tone is high: what is left after a difference of neighbours, 6 dB more an octave. */
const brightness = (samples: Float32Array): number =>
  level(samples.map((x, i) => x - (samples[i - 1] ?? 0))) - level(samples);

describe('the piano', () => {
  it('is brighter the harder it is struck, from layer to layer', async () => {
    const bright: number[] = [];
    for (const velocity of [30, 50, 80, 110]) bright.push(brightness((await struck(velocity)).left));
    expect(bright).toEqual(bright.toSorted((a, b) => a - b));
    expect(bright.at(-1)! - bright[0]!).toBeGreaterThan(2);
  });

  it.each([
    [33, 34],
    [60, 61],
    [88, 89],
  ])('grows no louder from velocity %i to %i than it does within a layer', async (below, above) => {
    const [soft, loud] = [await struck(below), await struck(above)];
    const step = level(loud.left) + level(loud.right) - level(soft.left) - level(soft.right);
    expect(Math.abs(step / 2)).toBeLessThan(1.5);
  });

  it('is in stereo', async () => {
    const { left, right } = await struck(80);
    expect(Math.abs(correlation(left, right))).toBeLessThan(0.9);
  });
});
