/** A square symmetric matrix, row-major, [n, n]. */
export interface SymmetricMatrix {
  readonly n: number;
  readonly values: Float64Array;
}

export interface Eigen {
  readonly values: Float64Array;
  /** Row-major [n, n]; column k is the eigenvector of value k. */
  readonly vectors: Float64Array;
}

/** Limit on sweeps; Jacobi's method converges in a few. */
const mostSweeps = 60;

/** Eigenvalues and orthonormal eigenvectors (Jacobi 1846, cyclic; as in Golub & Van Loan, 8.5). */
export function eigen({ n, values }: SymmetricMatrix): Eigen {
  const a = values.slice();
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  const size = a.reduce((sum, value) => sum + value * value, 0);
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let off = 0;
    for (let p = 0; p < n; p++) for (let q = p + 1; q < n; q++) off += a[p * n + q]! ** 2;
    if (off <= 1e-28 * size) break;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q);
    }
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), vectors: v };
}

/** Rotates the plane of axes p and q so that a[p, q] becomes 0. */
function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!;
  if (apq === 0) return;
  const tau = (a[q * n + q]! - a[p * n + p]!) / (2 * apq);
  const tangent = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const cosine = 1 / Math.sqrt(1 + tangent * tangent);
  const sine = tangent * cosine;
  const turn = (matrix: Float64Array, first: number, second: number): void => {
    const [x, y] = [matrix[first]!, matrix[second]!];
    matrix[first] = cosine * x - sine * y;
    matrix[second] = sine * x + cosine * y;
  };
  for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q);
  for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k);
  for (let k = 0; k < n; k++) turn(v, k * n + p, k * n + q);
}

/** The positive semi-definite square root; eigenvalues that are negative by rounding count as 0. */
export function squareRoot(matrix: SymmetricMatrix): SymmetricMatrix {
  const { n } = matrix;
  const { values, vectors } = eigen(matrix);
  const roots = values.map((value) => Math.sqrt(Math.max(value, 0)));
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) result[i * n + j]! += vectors[i * n + k]! * roots[k]! * vectors[j * n + k]!;
    }
  }
  return { n, values: result };
}

/** A·B·A, which is symmetric. */
export function sandwich(a: SymmetricMatrix, b: SymmetricMatrix): SymmetricMatrix {
  const product = multiply(multiply(a, b), a);
  const { n } = a;
  // Symmetric up to rounding; made exactly symmetric.
  const values = product.values.map((value, at) => {
    const mirrored = product.values[(at % n) * n + Math.floor(at / n)]!;
    return (value + mirrored) / 2;
  });
  return { n, values };
}

function multiply(a: SymmetricMatrix, b: SymmetricMatrix): SymmetricMatrix {
  const { n } = a;
  const values = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < n; k++) {
      for (let j = 0; j < n; j++) values[i * n + j]! += a.values[i * n + k]! * b.values[k * n + j]!;
    }
  }
  return { n, values };
}

export function trace({ n, values }: SymmetricMatrix): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i * n + i]!;
  return sum;
}
