import { describe, expect, it } from 'vitest';
import { writeMidi } from '../../../src/music/midi/write.js';
import type { Piece } from '../../../src/music/piece.js';
import { integratedLoudness, LoudnessMeter } from '../../../src/render/audio/loudness.js';
import { pianoRate, playPiano } from '../../../src/render/audio/piano.js';
import { shippedSounds } from '../../../src/render/audio/sound-bank.js';
import { synthesise, type StereoBlock } from '../../../src/render/audio/synth.js';
import { note, pieceOf } from '../piece-fixture.js';
import { wandering } from './midi-fixture.js';
import { bandEnergy, correlation, decibels, highest, join } from './signals.js';

interface Heard {
  readonly left: Float32Array;
  readonly right: Float32Array;
  readonly lasts: readonly boolean[];
}

async function hear(blocks: AsyncIterable<StereoBlock>): Promise<Heard> {
  const left: Float32Array[] = [];
  const right: Float32Array[] = [];
  const lasts: boolean[] = [];
  for await (const block of blocks) {
    left.push(block.left.slice());
    right.push(block.right.slice());
    lasts.push(block.last);
  }
  return { left: join(left), right: join(right), lasts };
}

const play = (piece: Piece, seconds = 60): Promise<Heard> =>
  hear(playPiano(piece, { maxFrames: seconds * pianoRate }));

/** The same by FluidSynth. */
async function byFluidSynth(piece: Piece, seconds = 60): Promise<Heard> {
  const sounds = shippedSounds({ programs: [0], hasDrums: false });
  const options = { maxFrames: seconds * pianoRate, sampleRate: pianoRate } as const;
  return hear(synthesise(writeMidi(piece), sounds, options));
}

const level = (samples: Float32Array): number =>
  decibels(Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length));

/** Level in dB of each third of an octave from 62 Hz to 4 kHz, of both channels. */
function thirds(heard: Heard): number[] {
  return Array.from({ length: 19 }, (_, third) => {
    const angle = (2 * Math.PI * 62.5 * 2 ** (third / 3)) / pianoRate;
    const alpha = Math.sin(angle) * Math.sinh(((Math.LN2 / 6) * angle) / Math.sin(angle));
    return decibels(Math.sqrt(bandEnergy(heard, angle, alpha)));
  });
}

function loudness({ left, right }: Heard): number {
  const meter = new LoudnessMeter(pianoRate);
  meter.add(left, right);
  return integratedLoudness(meter.energies);
}

/** How much of a tone is high: what is left after a difference of neighbours, 6 dB more an octave. */
const brightness = (samples: Float32Array): number =>
  level(samples.map((x, i) => x - (samples[i - 1] ?? 0))) - level(samples);

/** The first half second of C4. */
const struck = (velocity: number): Promise<Heard> => play(pieceOf([note(60, 0, 0.5, velocity)]), 0.5);

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

  it('sounds on every key at every velocity', async () => {
    const levels: number[] = [];
    for (let pitch = 0; pitch < 128; pitch++) {
      const { left } = await play(pieceOf([note(pitch, 0, 0.2, pitch + 1 > 127 ? 1 : pitch + 1)]), 0.2);
      levels.push(highest(left));
    }
    expect(Math.min(...levels)).toBeGreaterThan(1e-6);
  });
});

describe('playPiano', () => {
  it.each([
    ['a soft low tone', note(28, 0, 1.5, 20)],
    ['a tone held into its loop', note(60, 0, 5, 90)],
    ['a short loud tone', note(72, 0, 0.1, 127)],
    ['a tone without a damper', note(95, 0, 0.3, 100)],
    ['the highest key', note(108, 0, 1, 60)],
  ])('gives the same waveform as FluidSynth: %s', async (_, tone) => {
    const piece = pieceOf([tone]);
    const [own, other] = [await play(piece, 6), await byFluidSynth(piece, 6)];
    for (const channel of ['left', 'right'] as const) {
      // FluidSynth's player starts with its second buffer.
      const late = other[channel].subarray(64);
      const length = Math.min(own[channel].length, late.length);
      const [a, b] = [own[channel].subarray(0, length), late.subarray(0, length)];
      expect(correlation(a, b)).toBeGreaterThan(0.995);
      expect(Math.abs(level(a) - level(b))).toBeLessThan(0.2);
    }
  });

  it.each([
    [20, 64],
    [127, 0],
    [100, 90],
    [64, 127],
  ])('follows the volume %i and the pan %i of its channel like FluidSynth', async (volume, pan) => {
    const whole = pieceOf([note(60, 0, 1)]);
    const piece = { ...whole, tracks: whole.tracks.map((track) => ({ ...track, volume, pan })) };
    const [own, other] = [await play(piece, 1), await byFluidSynth(piece, 1)];
    expect(Math.abs(level(own.left) - level(other.left))).toBeLessThan(0.1);
    expect(Math.abs(level(own.right) - level(other.right))).toBeLessThan(0.1);
  });

  it.each([1, 2, 3])('has the loudness, spectrum and width of FluidSynth, piece %i', async (first) => {
    const piece = pieceOf(wandering(150, 20, first));
    const [own, other] = [await play(piece), await byFluidSynth(piece)];
    expect(Math.abs(loudness(own) - loudness(other))).toBeLessThan(0.2);
    const bands = thirds(other);
    for (const [third, value] of thirds(own).entries()) {
      expect(Math.abs(value - bands[third]!)).toBeLessThan(1);
    }
    const width = ({ left, right }: Heard): number =>
      level(left.map((x, i) => x - right[i]!)) - level(left.map((x, i) => x + right[i]!));
    expect(Math.abs(width(own) - width(other))).toBeLessThan(0.5);
    expect(correlation(own.left, own.right)).toBeCloseTo(correlation(other.left, other.right), 1);
  });

  it('ends by itself, when the last tone has died away, and says so', async () => {
    const { left, lasts } = await play(pieceOf([note(48, 0, 1)]));
    expect(left.length).toBeLessThan(2 * pianoRate);
    expect(highest(left.subarray(-1000))).toBeLessThan(1e-4 * highest(left));
    expect(lasts.indexOf(true)).toBe(lasts.length - 1);
  });

  it('stops at the last frame allowed', async () => {
    const { left, lasts } = await hear(playPiano(pieceOf([note(48, 0, 600)]), { maxFrames: 50_001 }));
    expect(left.length).toBe(50_001);
    expect(lasts).not.toContain(true);
  });

  it('starts tones on time, whatever the length of its blocks', async () => {
    const piece = pieceOf([note(72, 0.01, 0.2), note(76, 0.5, 0.3), note(79, 0.975, 0.4)]);
    const whole = await play(piece, 2);
    const parts = await hear(playPiano(piece, { maxFrames: 2 * pianoRate, blockSeconds: 0.1 }));
    expect(parts.left.subarray(0, 40_000)).toEqual(whole.left.subarray(0, 40_000));
    const { left } = await play(pieceOf([note(79, 0.975, 0.4)]), 2);
    const { left: atOnce } = await play(pieceOf([note(79, 0, 0.4)]), 2);
    const delay = Math.round(0.975 * pianoRate);
    expect(correlation(left.subarray(delay, delay + 9000), atOnce.subarray(0, 9000))).toBeGreaterThan(0.999);
  });

  it('ends a tone when its key is struck again', async () => {
    const held = pieceOf([note(60, 0, 4, 100), note(60, 1, 0.1, 1)]);
    const { left } = await play(held, 4);
    expect(highest(left.subarray(2 * pianoRate))).toBeLessThan(1e-3 * highest(left));
  });

  it('survives more tones than it has voices', async () => {
    // Three hundred tones that die away slowly, each key struck again after 128 others.
    const many = Array.from({ length: 300 }, (_, i) => note(i % 128, i / 300, 5, 60));
    const all = await play(pieceOf(many), 2);
    expect(all.left.every(Number.isFinite)).toBe(true);
    expect(level(all.left)).toBeGreaterThan(level((await play(pieceOf([note(60, 0, 5, 60)]), 2)).left));
  });

  it('gives the same samples every time, also when two play at once', async () => {
    const piece = pieceOf(wandering(40, 5));
    const [first, second] = await Promise.all([play(piece, 3), play(piece, 3)]);
    expect(second.left).toEqual(first.left);
    for await (const _ of playPiano(piece, { maxFrames: 30_000 })) break;
    expect((await play(piece, 3)).right).toEqual(first.right);
  });

  it('is silent for a muted track', async () => {
    const piece = pieceOf([note(60, 0, 1)]);
    const muted = { ...piece, tracks: piece.tracks.map((track) => ({ ...track, volume: 0 })) };
    expect(highest((await play(muted)).left)).toBe(0);
  });

  it('can be aborted', async () => {
    const reason = new Error('enough');
    const playing = playPiano(pieceOf([note(60, 0, 1)]), {
      maxFrames: 1e6,
      signal: AbortSignal.abort(reason),
    });
    await expect(playing.next()).rejects.toBe(reason);
  });
});
