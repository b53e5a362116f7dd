import { describe, expect, it } from 'vitest';
import { Random, shuffle } from '../../src/model/random.js';

const word = (1n << 32n) - 1n;
const rotate = (x: bigint, by: bigint): bigint => ((x << by) | (x >> (32n - by))) & word;

/** The reference algorithm of xoshiro128** 1.1, with unbounded integers. */
function* xoshiro(state: bigint[]): Generator<bigint, never> {
  for (;;) {
    yield (rotate((state[1]! * 5n) & word, 7n) * 9n) & word;
    const t = (state[1]! << 9n) & word;
    state[2]! ^= state[0]!;
    state[3]! ^= state[1]!;
    state[1]! ^= state[2]!;
    state[0]! ^= state[3]!;
    state[2]! ^= t;
    state[3] = rotate(state[3]!, 11n);
  }
}

/** SplitMix32: Weyl sequence of the golden ratio, then a mixing function. */
function splitMix(seed: bigint): bigint[] {
  return [1n, 2n, 3n, 4n].map((i) => {
    let z = (seed + i * 0x9e3779b9n) & word;
    z = ((z ^ (z >> 16n)) * 0x21f0aaadn) & word;
    z = ((z ^ (z >> 15n)) * 0x735a2d97n) & word;
    return z ^ (z >> 15n);
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the reference generator', () => {
  it('gives the published first numbers', () => {
    const numbers = xoshiro([1n, 2n, 3n, 4n]);
    expect([numbers.next().value, numbers.next().value, numbers.next().value]).toEqual([
      11520n,
      0n,
      5927040n,
    ]);
  });
});

describe('Random', () => {
  it.each([0, 1, 42, 2 ** 31, 2 ** 32 - 1])('is xoshiro128** seeded by SplitMix32: seed %i', (seed) => {
    const random = new Random(seed);
    const reference = xoshiro(splitMix(BigInt(seed)));
    for (let i = 0; i < 200; i++) expect(BigInt(random.integer())).toBe(reference.next().value);
  });

  it('is uniform in [0, 1)', () => {
    const random = new Random(1);
    const counts = new Array<number>(20).fill(0);
    for (let i = 0; i < 20_000; i++) {
      const value = random.uniform();
      expect(value >= 0 && value < 1).toBe(true);
      counts[Math.floor(value * 20)]! += 1;
    }
    // Chi-squared with 19 degrees of freedom: above 43.8 for one in a thousand seeds.
    expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(43.8);
  });

  it('draws every integer below a bound', () => {
    const random = new Random(2);
    const drawn = Array.from({ length: 500 }, () => random.below(7));
    expect([...new Set(drawn)].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('draws standard normals', () => {
    const random = new Random(3);
    const drawn = Array.from({ length: 20_000 }, () => random.normal());
    expect(drawn.every(Number.isFinite)).toBe(true);
    expect(Math.abs(mean(drawn))).toBeLessThan(0.03);
    expect(Math.abs(mean(drawn.map((x) => x * x)) - 1)).toBeLessThan(0.05);
    expect(Math.abs(mean(drawn.map((x) => x ** 4)) - 3)).toBeLessThan(0.3);
  });
});

describe('shuffle', () => {
  it('permutes, by the seed alone', () => {
    const shuffled = (seed: number): Uint32Array => {
      const values = Uint32Array.from({ length: 50 }, (_, i) => i);
      shuffle(values, new Random(seed));
      return values;
    };
    expect(shuffled(1)).toEqual(shuffled(1));
    expect(shuffled(1)).not.toEqual(shuffled(2));
    expect([...shuffled(1)].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('gives each of the six orders of three equally often', () => {
    const random = new Random(5);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const values = Uint32Array.of(0, 1, 2);
      shuffle(values, random);
      counts.set(values.join(''), (counts.get(values.join('')) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
});
