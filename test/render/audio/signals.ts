/** Pearson's correlation of two equally long rows. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = (row: ArrayLike<number>): number => sum(row, (x) => x) / row.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const covariance = sum(a, (x, i) => (x - meanA) * (b[i]! - meanB));
  return covariance / Math.sqrt(sum(a, (x) => (x - meanA) ** 2) * sum(b, (x) => (x - meanB) ** 2));
}

/** Root mean square over both channels of every 50 ms at 48 kHz. */
export function envelope(left: Float32Array, right: Float32Array): number[] {
  const frames = 2400;
  return Array.from({ length: Math.floor(left.length / frames) }, (_, i) => {
    const [from, to] = [i * frames, (i + 1) * frames];
    const energy = sum(left.subarray(from, to), (x) => x * x) + sum(right.subarray(from, to), (x) => x * x);
    return Math.sqrt(energy / (2 * frames));
  });
}

export function highest(samples: Float32Array): number {
  return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
}

/** dBFS of an amplitude. */
export function decibels(amplitude: number): number {
  return 20 * Math.log10(amplitude);
}

export function join(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

export function sine(frequency: number, seconds: number, dbfs: number): Float32Array<ArrayBuffer> {
  const amplitude = 10 ** (dbfs / 20);
  const samples = new Float32Array(Math.round(seconds * 48_000));
  for (let i = 0; i < samples.length; i++) {
    samples[i] = amplitude * Math.sin((2 * Math.PI * frequency * i) / 48_000);
  }
  return samples;
}

function sum(row: ArrayLike<number>, term: (value: number, index: number) => number): number {
  let total = 0;
  for (let i = 0; i < row.length; i++) total += term(row[i]!, i);
  return total;
}

type Stereo = Readonly<Record<'left' | 'right', Float32Array>>;

/**
 * Energy that a band-pass (RBJ's) leaves of both channels.
 * @param angle centre of the band, in radians per sample
 * @param alpha RBJ's, from the band's width
 */
export function bandEnergy({ left, right }: Stereo, angle: number, alpha: number): number {
  const [a0, a1, a2] = [1 + alpha, -2 * Math.cos(angle), 1 - alpha];
  let energy = 0;
  for (const samples of [left, right]) {
    let [x1, x2, y1, y2] = [0, 0, 0, 0];
    for (const x of samples) {
      const y = (alpha * (x - x2) - a1 * y1 - a2 * y2) / a0;
      [x1, x2, y1, y2] = [x, x1, y, y1];
      energy += y * y;
    }
  }
  return energy;
}

/** Level in dB of each octave from 62.5 Hz to 8 kHz, of both channels at 48 kHz (Q √2). */
export function octaves(stereo: Stereo): number[] {
  return Array.from({ length: 8 }, (_, octave) => {
    const angle = (2 * Math.PI * 62.5 * 2 ** octave) / 48_000;
    const energy = bandEnergy(stereo, angle, Math.sin(angle) / (2 * Math.SQRT2));
    return decibels(Math.sqrt(energy / (2 * stereo.left.length)));
  });
}
