/**
 * What is done with every sample of a sound between the synthesizer and the encoder (`../samples.ts`).
 * AssemblyScript; every pointer is a byte address in the module's memory. The caller owns the memory; nothing
 * is allocated here. Conversions continue to the next multiple of four samples.
 */

/** Largest absolute value of n float32. */
export function peak(samples: usize, n: i32): f32 {
  let four = f32x4.splat(0);
  const end = samples + (n << 2);
  for (; samples + 16 <= end; samples += 16) four = f32x4.max(four, f32x4.abs(v128.load(samples)));
  let most = max(
    max(f32x4.extract_lane(four, 0), f32x4.extract_lane(four, 1)),
    max(f32x4.extract_lane(four, 2), f32x4.extract_lane(four, 3)),
  );
  for (; samples < end; samples += 4) most = max(most, abs(load<f32>(samples)));
  return most;
}

/**
 * Sum of the squares of n float32 of two channels after two second-order filters in transposed direct form II. The
 * channels are the lanes, because each step of a filter waits for the one before.
 * @param filters b0, b1, b2, a1, a2 of the first, then of the second, as float64
 * @param memory two values of the first filter, then two of the second; of each, left and right, as float64
 */
export function filteredEnergy(left: usize, right: usize, n: i32, filters: usize, memory: usize): f64 {
  const b0 = v128.load_splat<f64>(filters);
  const b1 = v128.load_splat<f64>(filters, 8);
  const b2 = v128.load_splat<f64>(filters, 16);
  const a1 = v128.load_splat<f64>(filters, 24);
  const a2 = v128.load_splat<f64>(filters, 32);
  const c0 = v128.load_splat<f64>(filters, 40);
  const c1 = v128.load_splat<f64>(filters, 48);
  const c2 = v128.load_splat<f64>(filters, 56);
  const d1 = v128.load_splat<f64>(filters, 64);
  const d2 = v128.load_splat<f64>(filters, 72);
  let m1 = v128.load(memory);
  let m2 = v128.load(memory, 16);
  let m3 = v128.load(memory, 32);
  let m4 = v128.load(memory, 48);
  let sum = f64x2.splat(0);
  for (const end = left + (n << 2); left < end; left += 4, right += 4) {
    const x = f64x2.replace_lane(f64x2.splat(load<f32>(left)), 1, load<f32>(right));
    const y = f64x2.add(f64x2.mul(b0, x), m1);
    m1 = f64x2.add(f64x2.sub(f64x2.mul(b1, x), f64x2.mul(a1, y)), m2);
    m2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    const z = f64x2.add(f64x2.mul(c0, y), m3);
    m3 = f64x2.add(f64x2.sub(f64x2.mul(c1, y), f64x2.mul(d1, z)), m4);
    m4 = f64x2.sub(f64x2.mul(c2, y), f64x2.mul(d2, z));
    sum = f64x2.add(sum, f64x2.mul(z, z));
  }
  v128.store(memory, m1);
  v128.store(memory, m2, 16);
  v128.store(memory, m3, 32);
  v128.store(memory, m4, 48);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

// @ts-expect-error: decorator
@inline
function rounded(x: v128): v128 {
  return i32x4.trunc_sat_f32x4_s(f32x4.floor(f32x4.add(x, f32x4.splat(0.5))));
}

/** n float32 times a factor as int16, rounded; beyond its range the nearest. */
export function toIntegers(samples: usize, n: i32, factor: f32, out: usize): void {
  const by = f32x4.splat(factor);
  for (const end = samples + (n << 2); samples < end; samples += 16, out += 8) {
    const whole = rounded(f32x4.mul(v128.load(samples), by));
    v128.store64_lane(out, i16x8.narrow_i32x4_s(whole, whole), 0);
  }
}

/** n int16 times a factor as float32. */
export function toFloats(integers: usize, n: i32, factor: f32, out: usize): void {
  const by = f32x4.splat(factor);
  for (const end = integers + (n << 1); integers < end; integers += 8, out += 16) {
    const whole = i32x4.extend_low_i16x8_s(v128.load64_zero(integers));
    v128.store(out, f32x4.mul(f32x4.convert_i32x4_s(whole), by));
  }
}

/** Multiplies n float32 in place by a gain that grows by `slope` with each. */
export function amplify(samples: usize, n: i32, gain: f32, slope: f32): void {
  const steps = f32x4.mul(f32x4(0, 1, 2, 3), f32x4.splat(slope));
  let i = 0;
  for (; i + 4 <= n; i += 4, samples += 16) {
    const gains = f32x4.add(f32x4.splat(gain + <f32>i * slope), steps);
    v128.store(samples, f32x4.mul(v128.load(samples), gains));
  }
  for (; i < n; i++, samples += 4) store<f32>(samples, load<f32>(samples) * (gain + <f32>i * slope));
}

/** n float32 of each of two channels, from −1 to 1, as int16 by turns. */
export function interleave(left: usize, right: usize, n: i32, out: usize): void {
  const by = f32x4.splat(32767);
  const one = f32x4.splat(1);
  const minusOne = f32x4.splat(-1);
  for (const end = left + (n << 2); left < end; left += 16, right += 16, out += 16) {
    const l = rounded(f32x4.mul(f32x4.max(minusOne, f32x4.min(one, v128.load(left))), by));
    const r = rounded(f32x4.mul(f32x4.max(minusOne, f32x4.min(one, v128.load(right))), by));
    const both = i16x8.narrow_i32x4_s(l, r);
    v128.store(out, i8x16.shuffle(both, both, 0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15));
  }
}
