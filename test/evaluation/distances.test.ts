import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BoostedTrees } from '../../src/evaluation/boosted-trees.js';
import { classifierTest } from '../../src/evaluation/classifier-test.js';
import { distancesBetween } from '../../src/evaluation/distances.js';
import { featureCount } from '../../src/evaluation/features.js';
import { frechetDistance } from '../../src/evaluation/frechet.js';
import { overlapArea } from '../../src/evaluation/overlap-area.js';
import { PooledDistances } from '../../src/evaluation/pooled-distances.js';
import { median, standardDeviation } from '../../src/evaluation/statistics.js';
import { eigen, sandwich, squareRoot, trace } from '../../src/evaluation/symmetric-matrix.js';
import { Random } from '../../src/model/random.js';

/** Normally distributed vectors. */
function cloud(seed: number, count: number, size: number, centre = 0, width = 1): Float64Array[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: size }, () => centre + width * random.normal()),
  );
}

const entries = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 16, maxLength: 16 });

describe('a symmetric matrix', () => {
  it('is the product of its eigenvectors and eigenvalues', () => {
    fc.assert(
      fc.property(entries, (values) => {
        const n = 4;
        const a = Float64Array.from(
          { length: 16 },
          (_, at) => values[at]! + values[(at % n) * n + Math.floor(at / n)]!,
        );
        const { values: lambda, vectors } = eigen({ n, values: a });
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            let [rebuilt, product] = [0, 0];
            for (let k = 0; k < n; k++) {
              rebuilt += vectors[i * n + k]! * lambda[k]! * vectors[j * n + k]!;
              product += vectors[k * n + i]! * vectors[k * n + j]!;
            }
            expect(rebuilt).toBeCloseTo(a[i * n + j]!, 9);
            expect(product).toBeCloseTo(i === j ? 1 : 0, 9);
          }
        }
      }),
    );
  });

  it('is the square of its square root', () => {
    const a = { n: 2, values: Float64Array.of(5, 4, 4, 5) };
    const root = squareRoot(a); // eigenvalues 9 and 1
    expect([...root.values].map((value) => Number(value.toFixed(12)))).toEqual([2, 1, 1, 2]);
    expect([...sandwich(root, { n: 2, values: Float64Array.of(1, 0, 0, 1) }).values]).toEqual(
      [...a.values].map((value) => expect.closeTo(value, 9) as number),
    );
    expect(trace(a)).toBe(10);
  });
});

describe('the Fréchet distance', () => {
  it('in one dimension is (μ − ν)² + (σ − τ)²', () => {
    // Variances 2 and 8 (divided by n − 1), means 0 and 7.
    const a = [-1, 1].map((x) => Float64Array.of(x));
    const b = [5, 9].map((x) => Float64Array.of(x));
    expect(frechetDistance(a, b)).toBeCloseTo(49 + (Math.sqrt(8) - Math.sqrt(2)) ** 2, 10);
  });

  it('in two dimensions matches the closed form', () => {
    const points = fc.array(
      fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true })),
      {
        minLength: 4,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(points, points, (a, b) => {
        const moments = (set: [number, number][]) => {
          const n = set.length;
          const [mx, my] = [0, 1].map((i) => set.reduce((sum, point) => sum + point[i]!, 0) / n) as [
            number,
            number,
          ];
          const cov = (f: (p: [number, number]) => number) => set.reduce((sum, p) => sum + f(p), 0) / (n - 1);
          return {
            mx,
            my,
            xx: cov(([x]) => (x - mx) ** 2),
            yy: cov(([, y]) => (y - my) ** 2),
            xy: cov(([x, y]) => (x - mx) * (y - my)),
          };
        };
        const [p, q] = [moments(a), moments(b)];
        // The trace of the root of a 2 × 2 matrix M is √(tr M + 2 √det M).
        const traceOfProduct = p.xx * q.xx + 2 * p.xy * q.xy + p.yy * q.yy;
        const determinant = Math.max(0, (p.xx * p.yy - p.xy ** 2) * (q.xx * q.yy - q.xy ** 2));
        const root = Math.sqrt(Math.max(0, traceOfProduct + 2 * Math.sqrt(determinant)));
        const expected = (p.mx - q.mx) ** 2 + (p.my - q.my) ** 2 + p.xx + p.yy + q.xx + q.yy - 2 * root;
        const vectors = (set: [number, number][]) => set.map((point) => Float64Array.from(point));
        expect(frechetDistance(vectors(a), vectors(b))).toBeCloseTo(expected, 4);
      }),
    );
  });

  it('of a set to itself is 0, and to itself shifted the square of the shift', () => {
    const a = cloud(1, 60, 8);
    expect(frechetDistance(a, a)).toBeCloseTo(0, 8);
    expect(
      frechetDistance(
        a,
        a.map((row) => row.map((value) => value + 2)),
      ),
    ).toBeCloseTo(8 * 4, 8);
  });
});

describe('distances of pooled sets', () => {
  const [a, b] = [cloud(2, 12, 3), cloud(3, 9, 3, 0.7)];
  const squared = (x: Float64Array, y: Float64Array): number =>
    x.reduce((sum, value, i) => sum + (value - y[i]!) ** 2, 0);

  it('MMD² is the definition, term by term', () => {
    const all = [...a, ...b];
    const pairs = all.flatMap((x, i) => all.slice(0, i).map((y) => squared(x, y)));
    const scale = median(pairs);
    const meanKernel = (s: Float64Array[], t: Float64Array[]): number => {
      let [sum, count] = [0, 0];
      s.forEach((x, i) =>
        t.forEach((y, j) => {
          if (s === t && i === j) return;
          sum += Math.exp(-squared(x, y) / scale);
          count += 1;
        }),
      );
      return sum / count;
    };
    const expected = meanKernel(a, a) + meanKernel(b, b) - 2 * meanKernel(a, b);
    expect(new PooledDistances(a, b).maximumMeanDiscrepancy()).toBeCloseTo(expected, 12);
  });

  it('1-NN finds the set of the nearest neighbour', () => {
    const all = [...a.map((row) => ({ row, real: true })), ...b.map((row) => ({ row, real: false }))];
    const right = all.filter((one) => {
      const [nearest] = all
        .filter((other) => other !== one)
        .sort((x, y) => squared(one.row, x.row) - squared(one.row, y.row));
      return nearest!.real === one.real;
    });
    expect(new PooledDistances(a, b).nearestNeighbourAccuracy()).toBe(right.length / all.length);
  });

  it('are best for sets of one kind and worst for different ones', () => {
    const same = new PooledDistances(cloud(4, 150, 4), cloud(5, 150, 4));
    expect(Math.abs(same.maximumMeanDiscrepancy())).toBeLessThan(0.02);
    expect(Math.abs(same.nearestNeighbourAccuracy() - 0.5)).toBeLessThan(0.1);
    const far = new PooledDistances(cloud(4, 150, 4), cloud(5, 150, 4, 9));
    expect(far.maximumMeanDiscrepancy()).toBeGreaterThan(1);
    expect(far.nearestNeighbourAccuracy()).toBe(1);
    const copied = cloud(6, 40, 4);
    expect(
      new PooledDistances(
        copied,
        copied.map((row) => row.slice()),
      ).nearestNeighbourAccuracy(),
    ).toBe(0);
  });
});

describe('boosted trees', () => {
  it('take one Newton step in a leaf', () => {
    // Half are positive, so every probability starts at 1/2: residuals ±1/2, curvature 1/4 each.
    const rows = [0, 1, 2, 3].map((x) => Float64Array.of(x));
    const trees = new BoostedTrees(
      rows,
      [false, false, false, true].map((_, i) => i >= 2),
      { rounds: 1, depth: 1, rate: 0.5 },
    );
    const logistic = (score: number): number => 1 / (1 + Math.exp(-score));
    expect(trees.predict(Float64Array.of(1.4))).toBeCloseTo(logistic(0.5 * -2), 12);
    expect(trees.predict(Float64Array.of(1.6))).toBeCloseTo(logistic(0.5 * 2), 12);
  });

  it('learn what no single split can separate', () => {
    const rows = cloud(7, 200, 3);
    const isPositive = rows.map((row) => row[0]! * row[1]! > 0);
    const trees = new BoostedTrees(rows, isPositive, { rounds: 80, depth: 3, rate: 0.1 });
    const right = cloud(8, 300, 3).filter((row) => trees.predict(row) > 0.5 === row[0]! * row[1]! > 0);
    expect(right.length / 300).toBeGreaterThan(0.85);
    expect(trees.gains[2]!).toBeLessThan(0.2 * trees.gains[0]!);
  });

  it('cope with rows that are all equal', () => {
    const rows = Array.from({ length: 4 }, () => Float64Array.of(1));
    const trees = new BoostedTrees(rows, [true, false, false, false], { rounds: 5, depth: 2, rate: 0.1 });
    expect(trees.predict(rows[0]!)).toBeCloseTo(0.25, 12);
  });
});

describe('the classifier test', () => {
  it('cannot tell sets of one kind apart', () => {
    const accuracies = [1, 2, 3].map(
      (seed) => classifierTest(cloud(seed, 100, 5), cloud(seed + 10, 100, 5), seed).accuracy,
    );
    expect(Math.abs(accuracies.reduce((sum, each) => sum + each, 0) / 3 - 0.5)).toBeLessThan(0.08);
  });

  it('tells different sets apart, and by which feature', () => {
    const moved = cloud(12, 80, 5).map((row) => row.map((value, i) => (i === 3 ? value + 4 : value)));
    const { accuracy, importance } = classifierTest(cloud(11, 80, 5), moved, 1);
    expect(accuracy).toBeGreaterThan(0.93);
    expect(importance[3]!).toBeGreaterThan(0.8);
    expect(importance.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 9);
  });
});

describe('the overlapping area', () => {
  it('is that of kernel densities, summed value by value', () => {
    const random = new Random(9);
    const [a, b] = [40, 30].map((count, i) =>
      Array.from({ length: count }, () => (i + 1) * random.normal() + i),
    ) as [number[], number[]];
    const within = a.flatMap((x, i) => a.slice(0, i).map((y) => Math.abs(x - y)));
    const between = a.flatMap((x) => b.map((y) => Math.abs(x - y)));
    const largest = Math.max(...within, ...between);
    const density = (values: number[]): number[] => {
      const width = values.length ** -0.2 * standardDeviation(values);
      const sums = Array.from({ length: 512 }, (_, i) =>
        values.reduce((sum, value) => sum + Math.exp(-0.5 * (((i * largest) / 511 - value) / width) ** 2), 0),
      );
      const total = sums.reduce((sum, value) => sum + value, 0);
      return sums.map((value) => value / total);
    };
    const [p, q] = [density(within), density(between)];
    expect(overlapArea(a, b)).toBeCloseTo(
      p.reduce((sum, value, i) => sum + Math.min(value, q[i]!), 0),
      3,
    );
  });

  it('is nearly 1 for sets of one kind and nearly 0 for far ones', () => {
    const values = (seed: number, centre: number): number[] =>
      cloud(seed, 100, 1, centre).map((row) => row[0]!);
    expect(overlapArea(values(1, 0), values(2, 0))).toBeGreaterThan(0.93);
    expect(overlapArea(values(1, 0), values(2, 50))).toBeLessThan(0.02);
    expect(overlapArea([3, 3, 3], [3, 3])).toBe(1);
    expect(overlapArea([3, 3, 3], [9, 9])).toBeLessThan(0.01);
  });
});

describe('all distances', () => {
  it('do not depend on the scale of a feature', () => {
    const [a, b] = [cloud(21, 40, featureCount), cloud(22, 40, featureCount, 0.5)];
    const scaled = (rows: Float64Array[]): Float64Array[] =>
      rows.map((row) => row.map((value, i) => 100 * i + 3 ** (i % 5) * value));
    const [plain, other] = [distancesBetween(a, b, 1), distancesBetween(scaled(a), scaled(b), 1)];
    for (const name of [
      'fd26',
      'fdWithoutVelocity',
      'mmd2',
      'nearestNeighbour',
      'classifier',
      'overlap',
    ] as const) {
      expect(other[name], name).toBeCloseTo(plain[name], 6);
    }
  });

  it('exclude velocity where stated', () => {
    const a = cloud(23, 60, featureCount);
    const louder = a.map((row) => row.map((value, i) => (i >= 14 && i <= 16 ? value + 3 : value)));
    const { fd26, fdWithoutVelocity } = distancesBetween(a, louder, 1);
    expect(fdWithoutVelocity).toBeCloseTo(0, 6);
    expect(fd26).toBeGreaterThan(20);
  });

  it('clip each feature at eight deviations', () => {
    const a = cloud(24, 60, featureCount);
    const wild = a.map((row) => row.map((value, i) => (i === 0 ? 1e9 : value)));
    expect(distancesBetween(a, wild, 1).fd26).toBeLessThan(8 ** 2 + 2);
  });
});
