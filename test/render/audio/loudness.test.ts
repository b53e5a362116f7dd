import { describe, expect, it } from 'vitest';
import { integratedLoudness, LoudnessMeter } from '../../../src/render/audio/loudness.js';
import { has, run } from '../programs.js';
import { join, sine } from './signals.js';

function loudness(left: Float32Array, right = left): number {
  const meter = new LoudnessMeter();
  meter.add(left, right);
  return integratedLoudness(meter.energies);
}

/** Test signals of EBU Tech 3341, table 1: a 1 kHz sine in both channels. */
describe('integrated loudness', () => {
  it('follows EBU Tech 3341, cases 1 and 2: the level of a sine', () => {
    expect(loudness(sine(1000, 20, -23))).toBeCloseTo(-23, 1);
    expect(loudness(sine(1000, 20, -33))).toBeCloseTo(-33, 1);
  });

  it('follows EBU Tech 3341, case 3: quiet ends are gated relative to the rest', () => {
    expect(loudness(join([sine(1000, 10, -36), sine(1000, 60, -23), sine(1000, 10, -36)]))).toBeCloseTo(
      -23,
      1,
    );
  });

  it('follows EBU Tech 3341, case 4: silence is gated absolutely', () => {
    const parts = [-72, -36, -23, -36, -72].map((level) => sine(1000, level === -23 ? 60 : 10, level));
    expect(loudness(join(parts))).toBeCloseTo(-23, 1);
  });

  it('weights the ends of the spectrum', () => {
    const reference = loudness(sine(1000, 5, -23));
    // BS.1770-4, figures 2 and 4: about −6 dB at 40 Hz and +4 dB at 10 kHz, compared with 1 kHz about 0.7 less.
    expect(loudness(sine(40, 5, -23)) - reference).toBeLessThan(-5);
    expect(loudness(sine(10_000, 5, -23)) - reference).toBeCloseTo(3.3, 0);
  });

  it('is 3 dB less for one channel than for two', () => {
    const tone = sine(1000, 5, -20);
    expect(loudness(tone) - loudness(tone, new Float32Array(tone.length))).toBeCloseTo(3.01, 2);
  });

  it('is the same at half the rate', () => {
    const signal = join([sine(60, 3, -20), sine(1000, 3, -23), sine(3000, 3, -18), sine(7000, 3, -24)]);
    const half = signal.filter((_, i) => i % 2 === 0);
    const meter = new LoudnessMeter(24_000);
    meter.add(half, half);
    expect(meter.energies.length).toBe(120);
    expect(meter.peaks.length).toBe(2400);
    expect(Math.abs(integratedLoudness(meter.energies) - loudness(signal))).toBeLessThan(0.05);
  });

  it('is −Infinity for silence and for less than 400 ms', () => {
    expect(loudness(new Float32Array(96_000))).toBe(-Infinity);
    expect(loudness(sine(1000, 0.39, -6))).toBe(-Infinity);
  });

  it('does not depend on how the signal is cut into blocks', () => {
    const tone = join([sine(300, 0.7, -20), sine(2000, 0.61, -9)]);
    const [whole, pieces] = [new LoudnessMeter(), new LoudnessMeter()];
    whole.add(tone, tone);
    for (let from = 0, size = 1; from < tone.length; from += size, size = (size * 7) % 5003) {
      const piece = tone.subarray(from, from + size);
      pieces.add(piece, piece);
    }
    expect(pieces.peaks).toEqual(whole.peaks);
    expect(pieces.frames).toBe(whole.frames);
    expect(pieces.energies.length).toBe(whole.energies.length);
    pieces.energies.forEach((energy, i) => expect(energy).toBeCloseTo(whole.energies[i]!, 12));
  });

  it.skipIf(!has('ffmpeg'))('agrees with ffmpeg (needs ffmpeg)', () => {
    const left = join([sine(55, 1, -12), sine(440, 2.3, -30), sine(3100, 3, -18), sine(700, 2, -47)]);
    const right = join([sine(110, 3, -20), sine(1500, 5.3, -25)]);
    const interleaved = Float32Array.from({ length: 2 * left.length }, (_, i) =>
      i % 2 === 0 ? left[i >> 1]! : right[i >> 1]!,
    );
    const output = run(
      'ffmpeg',
      [...'-hide_banner -nostats -f f32le -ar 48000 -ac 2 -i - -af ebur128 -f null -'.split(' ')],
      new Uint8Array(interleaved.buffer),
    ).toString();
    const summary = output.slice(output.lastIndexOf('Integrated loudness'));
    expect(Math.abs(loudness(left, right) - Number(/I:\s+(-[\d.]+) LUFS/.exec(summary)?.[1]))).toBeLessThan(
      0.1,
    );
  });
});
