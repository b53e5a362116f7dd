/**
 * The arithmetic of one network, LSTM(128) with three dense heads, for sampling and for
 * training by back-propagation through time. AssemblyScript; every pointer is a byte
 * address in the module's memory, every matrix is row-major float32. The caller
 * (`../kernel.ts`) owns the memory; nothing is allocated here.
 *
 * Each output element is summed in one fixed order, whatever the number of rows: a row's
 * result never depends on which rows share the product.
 *
 * Built twice from this source: plain SIMD, and relaxed SIMD with fused multiply-add.
 */

const UNITS: i32 = 128;
const GATES: i32 = 512; // i, f, g, o: the order of Keras
const PITCHES: i32 = 128;
const HEAD: i32 = 144; // 128 pitch logits, step, duration, padding to a multiple of 16

// @ts-expect-error: decorator
@inline
function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Packs b [k, n] (row stride ldb floats) into panels [n/16][k][16]; n is a multiple of 16. */
export function pack(b: usize, ldb: i32, k: i32, n: i32, out: usize): void {
  for (let j = 0; j < n; j += 16) {
    let from = b + (j << 2);
    for (let i = 0; i < k; i++) {
      v128.store(out, v128.load(from));
      v128.store(out, v128.load(from, 16), 16);
      v128.store(out, v128.load(from, 32), 32);
      v128.store(out, v128.load(from, 48), 48);
      from += ldb << 2;
      out += 64;
    }
  }
}

/** Packs the transpose of b [n, k]: panels of bᵀ [k, n]. */
export function packTransposed(b: usize, ldb: i32, k: i32, n: i32, out: usize): void {
  for (let j = 0; j < n; j += 16) {
    for (let i = 0; i < k; i++) {
      for (let lane = 0; lane < 16; lane++) {
        store<f32>(out + (lane << 2), load<f32>(b + (((j + lane) * ldb + i) << 2)));
      }
      out += 64;
    }
  }
}

/**
 * c [m, n] += a [m, k] · b, b packed by {@link pack}; n is a multiple of 16. The element of a in
 * row i and column p lies i · rowA + p · stepA floats from its start, so aᵀ is a with the two exchanged.
 *
 * Two rows by sixteen columns at a time: eight sums hide the four cycles that a multiply-add
 * takes on two ports, and with what they are made of they fit the sixteen registers of x86.
 * The loop over k is not unrolled by hand: V8 would gather the loads and spill the sums.
 */
export function multiplyAdd(
  a: usize, rowA: i32, stepA: i32, b: usize, c: usize, ldc: i32, m: i32, k: i32, n: i32,
): void {
  const row: usize = rowA << 2;
  const step: usize = stepA << 2;
  let b0: v128, b1: v128, b2: v128, b3: v128, x: v128, y: v128;
  for (let j = 0; j < n; j += 16) {
    const panel = b + ((j * k) << 2);
    const end = panel + (k << 6);
    let a0 = a;
    let c0 = c + (j << 2);
    let i = 0;
    for (; i + 2 <= m; i += 2) {
      const c1 = c0 + (ldc << 2);
      let s00 = v128.load(c0), s01 = v128.load(c0, 16), s02 = v128.load(c0, 32), s03 = v128.load(c0, 48);
      let s10 = v128.load(c1), s11 = v128.load(c1, 16), s12 = v128.load(c1, 32), s13 = v128.load(c1, 48);
      for (let p = panel, q0 = a0, q1 = a0 + row; p < end; p += 64, q0 += step, q1 += step) {
        b0 = v128.load(p);
        b1 = v128.load(p, 16);
        b2 = v128.load(p, 32);
        b3 = v128.load(p, 48);
        x = v128.load_splat<f32>(q0);
        s00 = madd(x, b0, s00);
        s01 = madd(x, b1, s01);
        s02 = madd(x, b2, s02);
        s03 = madd(x, b3, s03);
        y = v128.load_splat<f32>(q1);
        s10 = madd(y, b0, s10);
        s11 = madd(y, b1, s11);
        s12 = madd(y, b2, s12);
        s13 = madd(y, b3, s13);
      }
      v128.store(c0, s00);
      v128.store(c0, s01, 16);
      v128.store(c0, s02, 32);
      v128.store(c0, s03, 48);
      v128.store(c1, s10);
      v128.store(c1, s11, 16);
      v128.store(c1, s12, 32);
      v128.store(c1, s13, 48);
      a0 += row << 1;
      c0 = c1 + (ldc << 2);
    }
    if (i < m) {
      let s0 = v128.load(c0), s1 = v128.load(c0, 16), s2 = v128.load(c0, 32), s3 = v128.load(c0, 48);
      for (let p = panel; p < end; p += 64, a0 += step) {
        x = v128.load_splat<f32>(a0);
        s0 = madd(x, v128.load(p), s0);
        s1 = madd(x, v128.load(p, 16), s1);
        s2 = madd(x, v128.load(p, 32), s2);
        s3 = madd(x, v128.load(p, 48), s3);
      }
      v128.store(c0, s0);
      v128.store(c0, s1, 16);
      v128.store(c0, s2, 32);
      v128.store(c0, s3, 48);
    }
  }
}

/** Every row of c [m, n] becomes `row`; n is a multiple of 4. */
export function fillRows(row: usize, c: usize, ldc: i32, m: i32, n: i32): void {
  for (let i = 0; i < m; i++) {
    memory.copy(c + ((i * ldc) << 2), row, n << 2);
  }
}

/** out [n] += sum of the rows of c [m, n]; n is a multiple of 4. */
export function addRows(c: usize, ldc: i32, m: i32, n: i32, out: usize): void {
  for (let j = 0; j < n; j += 4) {
    let s = v128.load(out + (j << 2));
    for (let i = 0; i < m; i++) s = f32x4.add(s, v128.load(c + ((i * ldc + j) << 2)));
    v128.store(out + (j << 2), s);
  }
}

const LOG2_E: f32 = 1.4426950408889634;

/**
 * 2ˣ to 2e-7 relative, x held within ±126. x = n + r, |r| ≤ 1/2; 2ʳ by the polynomial of degree 5 that
 * begins with 1 and has the least largest relative error, 9.2e-8; n is added to its exponent bits.
 */
// @ts-expect-error: decorator
@inline
function exp2(x: v128): v128 {
  // pmin and pmax are one instruction each; min and max also order −0 and NaN, which costs ten.
  x = f32x4.pmax(f32x4.pmin(x, f32x4.splat(126.0)), f32x4.splat(-126.0));
  // Adding 1.5 · 2²³ rounds to an integer, which then stands in the lowest bits.
  const shifted = f32x4.add(x, f32x4.splat(12582912.0));
  const r = f32x4.sub(x, f32x4.sub(shifted, f32x4.splat(12582912.0)));
  let y = madd(r, f32x4.splat(0.0013264738841973816), f32x4.splat(0.009671516688310445));
  y = madd(y, r, f32x4.splat(0.05550733752625674));
  y = madd(y, r, f32x4.splat(0.24022242023795093));
  y = madd(y, r, f32x4.splat(0.6931469775689825));
  y = madd(y, r, f32x4.splat(1.0));
  return i32x4.add(y, i32x4.shl(shifted, 23));
}

/** 1 / (1 + e⁻ˣ) */
// @ts-expect-error: decorator
@inline
function sigmoid(x: v128): v128 {
  const e = exp2(f32x4.mul(x, f32x4.splat(-LOG2_E)));
  return f32x4.div(f32x4.splat(1.0), f32x4.add(f32x4.splat(1.0), e));
}

/** 1 − 2 / (1 + e²ˣ) */
// @ts-expect-error: decorator
@inline
function tanh(x: v128): v128 {
  const e = exp2(f32x4.mul(x, f32x4.splat(2 * LOG2_E)));
  return f32x4.sub(f32x4.splat(1.0), f32x4.div(f32x4.splat(2.0), f32x4.add(f32x4.splat(1.0), e)));
}

/**
 * One time step: z [rows, 512] holds the pre-activations and is left holding the gates;
 * c [rows, 128] from cPrev; tanhC = tanh(c); h = o · tanhC. c may be cPrev.
 *
 * One function a loop: the constants of a single one stay in registers.
 */
export function cell(z: usize, cPrev: usize, c: usize, tanhC: usize, h: usize, rows: i32): void {
  for (let row = 0; row < rows; row++) {
    const g = z + (UNITS << 3);
    const o = g + (UNITS << 2);
    const end = z + (GATES << 2);
    let p = z;
    do v128.store(p, sigmoid(v128.load(p))); while ((p += 16) < g);
    do v128.store(p, tanh(v128.load(p))); while ((p += 16) < o);
    do v128.store(p, sigmoid(v128.load(p))); while ((p += 16) < end);
    for (let u = 0; u < UNITS; u += 4) {
      const ig = f32x4.mul(v128.load(z), v128.load(z, 1024));
      const next = madd(v128.load(z, 512), v128.load(cPrev), ig);
      const t = tanh(next);
      v128.store(c, next);
      v128.store(tanhC, t);
      v128.store(h, f32x4.mul(v128.load(z, 1536), t));
      z += 16;
      cPrev += 16;
      c += 16;
      tanhC += 16;
      h += 16;
    }
    z = end;
  }
}

/**
 * The derivative of {@link cell}: from dh [rows, 128] and dc (the derivative that arrives
 * from the next step; left holding that for the previous one), the gates in z become the
 * derivatives of the pre-activations.
 */
export function cellBackward(dh: usize, dc: usize, z: usize, cPrev: usize, tanhC: usize, rows: i32): void {
  const one = f32x4.splat(1.0);
  for (let row = 0; row < rows; row++) {
    for (let u = 0; u < UNITS; u += 4) {
      const i = v128.load(z);
      const f = v128.load(z, 512);
      const g = v128.load(z, 1024);
      const o = v128.load(z, 1536);
      const t = v128.load(tanhC);
      const d = v128.load(dh);
      const dcell = f32x4.add(
        v128.load(dc),
        f32x4.mul(f32x4.mul(d, o), f32x4.sub(one, f32x4.mul(t, t))),
      );
      v128.store(z, f32x4.mul(f32x4.mul(dcell, g), f32x4.mul(i, f32x4.sub(one, i))));
      v128.store(z, f32x4.mul(f32x4.mul(dcell, v128.load(cPrev)), f32x4.mul(f, f32x4.sub(one, f))), 512);
      v128.store(z, f32x4.mul(f32x4.mul(dcell, i), f32x4.sub(one, f32x4.mul(g, g))), 1024);
      v128.store(z, f32x4.mul(f32x4.mul(d, t), f32x4.mul(o, f32x4.sub(one, o))), 1536);
      v128.store(dc, f32x4.mul(dcell, f));
      z += 16;
      dh += 16;
      dc += 16;
      cPrev += 16;
      tanhC += 16;
    }
    z += 1536;
  }
}

/**
 * Losses of out [rows, 144] against targets [rows, 4] (pitch, step s, duration s, unused),
 * and their derivatives in place of the outputs.
 * Pitch: sparse cross-entropy; step and duration: squared error + 10·max(−ŷ, 0).
 * The sums over rows are added to sums (float64): pitch, step, duration.
 * Derivatives are those of weight·loss·scale, so that scale = 1/batch gives a mean.
 */
export function losses(
  out: usize, targets: usize, rows: i32, sums: usize,
  pitchWeight: f32, stepWeight: f32, durationWeight: f32, scale: f32,
): void {
  for (let row = 0; row < rows; row++) {
    const pitch = <i32>load<f32>(targets);
    const logit = load<f32>(out + (pitch << 2));

    let peak4 = v128.load(out);
    for (let p = 4; p < PITCHES; p += 4) peak4 = f32x4.max(peak4, v128.load(out + (p << 2)));
    const peak = max(
      max(f32x4.extract_lane(peak4, 0), f32x4.extract_lane(peak4, 1)),
      max(f32x4.extract_lane(peak4, 2), f32x4.extract_lane(peak4, 3)),
    );
    let sum4 = f32x4.splat(0);
    for (let p = 0; p < PITCHES; p += 4) {
      const logit4 = f32x4.sub(v128.load(out + (p << 2)), f32x4.splat(peak));
      const e = exp2(f32x4.mul(logit4, f32x4.splat(LOG2_E)));
      v128.store(out + (p << 2), e);
      sum4 = f32x4.add(sum4, e);
    }
    const sum =
      f32x4.extract_lane(sum4, 0) + f32x4.extract_lane(sum4, 1) +
      f32x4.extract_lane(sum4, 2) + f32x4.extract_lane(sum4, 3);
    store<f64>(sums, load<f64>(sums) + (Math.log(<f64>sum) + <f64>peak - <f64>logit));
    const each = f32x4.splat((pitchWeight * scale) / sum);
    for (let p = 0; p < PITCHES; p += 4) {
      v128.store(out + (p << 2), f32x4.mul(v128.load(out + (p << 2)), each));
    }
    store<f32>(out + (pitch << 2), load<f32>(out + (pitch << 2)) - pitchWeight * scale);

    timeLoss(out + (PITCHES << 2), load<f32>(targets, 4), sums + 8, stepWeight * scale);
    timeLoss(out + ((PITCHES + 1) << 2), load<f32>(targets, 8), sums + 16, durationWeight * scale);
    // The padding carries no derivative.
    memory.fill(out + ((PITCHES + 2) << 2), 0, (HEAD - PITCHES - 2) << 2);
    out += HEAD << 2;
    targets += 16;
  }
}

// @ts-expect-error: decorator
@inline
function timeLoss(out: usize, target: f32, sum: usize, weight: f32): void {
  const y = load<f32>(out);
  const error = y - target;
  store<f64>(sum, load<f64>(sum) + <f64>(error * error) + (y < 0 ? <f64>(-10.0 * y) : 0));
  store<f32>(out, weight * (2.0 * error + (y < 0 ? <f32>-10.0 : <f32>0.0)));
}

/** Sum of squares of x [n]; n is a multiple of 4. */
export function sumOfSquares(x: usize, n: i32): f64 {
  let sum: f64 = 0;
  // Short runs in float32, their sums in float64: large n loses no digits.
  for (let i = 0; i < n; ) {
    const end = min(i + 1024, n);
    let s = f32x4.splat(0);
    for (; i < end; i += 4) {
      const v = v128.load(x + (i << 2));
      s = f32x4.add(s, f32x4.mul(v, v));
    }
    sum +=
      <f64>f32x4.extract_lane(s, 0) + <f64>f32x4.extract_lane(s, 1) +
      <f64>f32x4.extract_lane(s, 2) + <f64>f32x4.extract_lane(s, 3);
  }
  return sum;
}

/**
 * One step of Adam (Kingma & Ba 2015, algorithm 1) over n parameters, a multiple of 4.
 * Gradients are multiplied by gradientScale first; correction1 = 1 − β₁ᵗ, correction2 = 1 − β₂ᵗ.
 */
export function adam(
  parameters: usize, gradients: usize, m: usize, v: usize, n: i32, gradientScale: f32,
  rate: f32, beta1: f32, beta2: f32, epsilon: f32, correction1: f32, correction2: f32,
): void {
  const b1 = f32x4.splat(beta1), r1 = f32x4.splat(1.0 - beta1);
  const b2 = f32x4.splat(beta2), r2 = f32x4.splat(1.0 - beta2);
  const scale = f32x4.splat(gradientScale);
  for (let i: usize = 0, end: usize = n << 2; i < end; i += 16) {
    const g = f32x4.mul(v128.load(gradients + i), scale);
    const m1 = f32x4.add(f32x4.mul(b1, v128.load(m + i)), f32x4.mul(r1, g));
    const v1 = f32x4.add(f32x4.mul(b2, v128.load(v + i)), f32x4.mul(r2, f32x4.mul(g, g)));
    v128.store(m + i, m1);
    v128.store(v + i, v1);
    const step = f32x4.div(
      f32x4.mul(f32x4.splat(rate), f32x4.div(m1, f32x4.splat(correction1))),
      f32x4.add(f32x4.sqrt(f32x4.div(v1, f32x4.splat(correction2))), f32x4.splat(epsilon)),
    );
    v128.store(parameters + i, f32x4.sub(v128.load(parameters + i), step));
  }
}
