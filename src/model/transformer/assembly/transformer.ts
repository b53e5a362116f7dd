/**
 * The arithmetic of a note-tuple Transformer (`../network.ts`), for sampling.
 * AssemblyScript; every pointer is a byte address in the module's memory, every matrix is
 * row-major float32. The caller owns the memory; nothing is allocated here.
 *
 * Each output element is summed in one fixed order, whatever the number of rows: a row's
 * result never depends on which rows share the product.
 *
 * Built twice from this source: plain SIMD, and relaxed SIMD with fused multiply-add.
 */

// @ts-expect-error: decorator
@inline
function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

// @ts-expect-error: decorator
@inline
function sum4(a: v128): f32 {
  return (
    f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3))
  );
}

/** Packs w [n, k] into panels of sixteen of its rows, [n/16][k][16]; n is a multiple of 16. */
export function pack(w: usize, n: i32, k: i32, out: usize): void {
  for (let j = 0; j < n; j += 16) {
    for (let i = 0; i < k; i++) {
      for (let lane = 0; lane < 16; lane++) {
        store<f32>(out + (lane << 2), load<f32>(w + (((j + lane) * k + i) << 2)));
      }
      out += 64;
    }
  }
}

/**
 * y [m, n] = x [m, k] · wᵀ, or y += x · wᵀ when `add`; w [n, k] packed by {@link pack}.
 * The rows are taken two by two: a panel stays in the cache for all of them.
 */
export function multiply(x: usize, w: usize, y: usize, m: i32, k: i32, n: i32, add: bool): void {
  const zero = f32x4.splat(0);
  const xrow = k << 2;
  const yrow = n << 2;
  for (let j = 0; j < n; j += 16) {
    const panel = w + ((j * k) << 2);
    const end = panel + (k << 6);
    let i = 0;
    for (; i + 2 <= m; i += 2) {
      let q0 = x + i * xrow;
      let q1 = q0 + xrow;
      const y0 = y + i * yrow + (j << 2);
      const y1 = y0 + yrow;
      let s00 = zero, s01 = zero, s02 = zero, s03 = zero;
      let s10 = zero, s11 = zero, s12 = zero, s13 = zero;
      for (let p = panel; p < end; p += 64) {
        const a0 = v128.load_splat<f32>(q0);
        const a1 = v128.load_splat<f32>(q1);
        q0 += 4;
        q1 += 4;
        let b = v128.load(p);
        s00 = madd(a0, b, s00);
        s10 = madd(a1, b, s10);
        b = v128.load(p, 16);
        s01 = madd(a0, b, s01);
        s11 = madd(a1, b, s11);
        b = v128.load(p, 32);
        s02 = madd(a0, b, s02);
        s12 = madd(a1, b, s12);
        b = v128.load(p, 48);
        s03 = madd(a0, b, s03);
        s13 = madd(a1, b, s13);
      }
      put(y0, s00, s01, s02, s03, add);
      put(y1, s10, s11, s12, s13, add);
    }
    if (i < m) {
      let q = x + i * xrow;
      let s0 = zero, s1 = zero, s2 = zero, s3 = zero;
      for (let p = panel; p < end; p += 64) {
        const a = v128.load_splat<f32>(q);
        q += 4;
        s0 = madd(a, v128.load(p), s0);
        s1 = madd(a, v128.load(p, 16), s1);
        s2 = madd(a, v128.load(p, 32), s2);
        s3 = madd(a, v128.load(p, 48), s3);
      }
      put(y + i * yrow + (j << 2), s0, s1, s2, s3, add);
    }
  }
}

// @ts-expect-error: decorator
@inline
function put(y: usize, s0: v128, s1: v128, s2: v128, s3: v128, add: bool): void {
  if (add) {
    s0 = f32x4.add(v128.load(y), s0);
    s1 = f32x4.add(v128.load(y, 16), s1);
    s2 = f32x4.add(v128.load(y, 32), s2);
    s3 = f32x4.add(v128.load(y, 48), s3);
  }
  v128.store(y, s0);
  v128.store(y, s1, 16);
  v128.store(y, s2, 32);
  v128.store(y, s3, 48);
}

/** y [m, n] = RMSNorm of the rows of x (Zhang & Sennrich 2019), no gains; n is a multiple of 4. */
export function normalise(x: usize, y: usize, m: i32, n: i32): void {
  for (let row = 0; row < m; row++) {
    let squares = f32x4.splat(0);
    for (let i = 0; i < n; i += 4) {
      const v = v128.load(x + (i << 2));
      squares = madd(v, v, squares);
    }
    const scale = f32x4.splat(<f32>(1.0 / Math.sqrt(<f64>sum4(squares) / n + 1.1920928955078125e-7)));
    for (let i = 0; i < n; i += 4) {
      v128.store(y + (i << 2), f32x4.mul(v128.load(x + (i << 2)), scale));
    }
    x += n << 2;
    y += n << 2;
  }
}

/** x = max(x, 0)², n values; n is a multiple of 4. */
export function squareOfPositive(x: usize, n: i32): void {
  for (let i = 0; i < n; i += 4) {
    const v = f32x4.max(v128.load(x + (i << 2)), f32x4.splat(0));
    v128.store(x + (i << 2), f32x4.mul(v, v));
  }
}

/**
 * Prepares the query or key x [heads, 2 · pairs] of one note: each head's RMSNorm, then RoPE,
 * which turns the pair (i, i + pairs) by the angle of cos and sin [pairs], then the head's gain.
 * pairs is a multiple of 4.
 */
export function rotate(x: usize, heads: i32, pairs: i32, cos: usize, sin: usize, gains: usize): void {
  const half = pairs << 2;
  for (let head = 0; head < heads; head++) {
    normalise(x, x, 1, pairs << 1);
    const gain = v128.load_splat<f32>(gains + (head << 2));
    for (let i = 0; i < half; i += 16) {
      const a = v128.load(x + i);
      const b = v128.load(x + half + i);
      const c = v128.load(cos + i);
      const s = v128.load(sin + i);
      v128.store(x + i, f32x4.mul(f32x4.sub(f32x4.mul(a, c), f32x4.mul(b, s)), gain));
      v128.store(x + half + i, f32x4.mul(f32x4.add(f32x4.mul(a, s), f32x4.mul(b, c)), gain));
    }
    x += half << 1;
  }
}

/**
 * Attention of one query [heads, width] over `count` keys and values [count, heads, width];
 * the answer goes to out [heads, width]. `scores` is room for `count` floats and three more;
 * width is a multiple of 32.
 */
export function attend(
  query: usize, keys: usize, values: usize, count: i32, heads: i32, width: i32, scores: usize, out: usize,
): void {
  const row: usize = (heads * width) << 2;
  const bytes: usize = width << 2;
  const scale = <f32>(1.0 / Math.sqrt(width));
  for (let head = 0; head < heads; head++) {
    let peak = -f32.MAX_VALUE;
    let key = keys;
    for (let t = 0; t < count; t++) {
      let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
      for (let i: usize = 0; i < bytes; i += 64) {
        s0 = madd(v128.load(query + i), v128.load(key + i), s0);
        s1 = madd(v128.load(query + i, 16), v128.load(key + i, 16), s1);
        s2 = madd(v128.load(query + i, 32), v128.load(key + i, 32), s2);
        s3 = madd(v128.load(query + i, 48), v128.load(key + i, 48), s3);
      }
      const score = sum4(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3))) * scale;
      store<f32>(scores + (t << 2), score);
      peak = max(peak, score);
      key += row;
    }
    // What lies beyond the last score, up to a multiple of four, weighs nothing.
    for (let t = count; t & 3; t++) store<f32>(scores + (t << 2), -f32.MAX_VALUE);
    let weights = f32x4.splat(0);
    for (let t = 0; t < count; t += 4) {
      const weight = exp4(f32x4.sub(v128.load(scores + (t << 2)), f32x4.splat(peak)));
      v128.store(scores + (t << 2), weight);
      weights = f32x4.add(weights, weight);
    }
    const share = f32x4.splat(<f32>1.0 / sum4(weights));
    for (let i: usize = 0; i < bytes; i += 128) {
      let value = values + i;
      let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
      for (let t = 0; t < count; t++) {
        const weight = v128.load_splat<f32>(scores + (t << 2));
        s0 = madd(weight, v128.load(value), s0);
        s1 = madd(weight, v128.load(value, 16), s1);
        s2 = madd(weight, v128.load(value, 32), s2);
        s3 = madd(weight, v128.load(value, 48), s3);
        s4 = madd(weight, v128.load(value, 64), s4);
        s5 = madd(weight, v128.load(value, 80), s5);
        s6 = madd(weight, v128.load(value, 96), s6);
        s7 = madd(weight, v128.load(value, 112), s7);
        value += row;
      }
      v128.store(out + i, f32x4.mul(s0, share));
      v128.store(out + i, f32x4.mul(s1, share), 16);
      v128.store(out + i, f32x4.mul(s2, share), 32);
      v128.store(out + i, f32x4.mul(s3, share), 48);
      v128.store(out + i, f32x4.mul(s4, share), 64);
      v128.store(out + i, f32x4.mul(s5, share), 80);
      v128.store(out + i, f32x4.mul(s6, share), 96);
      v128.store(out + i, f32x4.mul(s7, share), 112);
    }
    query += bytes;
    keys += bytes;
    values += bytes;
    out += bytes;
  }
}

/**
 * e to the x for x ≤ 0, to about 2e-7 relative; below −87 it is 0. x = n ln 2 + r, |r| ≤ ln 2 / 2:
 * the series of eʳ up to r⁷, times 2ⁿ put together from its bits.
 */
// @ts-expect-error: decorator
@inline
function exp4(x: v128): v128 {
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.4426950408889634)));
  // ln 2 in two parts, the first of so few digits that its product with n is exact.
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-0.00021219444005469057)));
  let e = f32x4.splat(<f32>(1.0 / 5040));
  e = madd(e, r, f32x4.splat(<f32>(1.0 / 720)));
  e = madd(e, r, f32x4.splat(<f32>(1.0 / 120)));
  e = madd(e, r, f32x4.splat(<f32>(1.0 / 24)));
  e = madd(e, r, f32x4.splat(<f32>(1.0 / 6)));
  e = madd(e, r, f32x4.splat(0.5));
  e = madd(e, r, f32x4.splat(1));
  e = madd(e, r, f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return v128.and(f32x4.mul(e, power), f32x4.gt(x, f32x4.splat(-87)));
}
