/**
 * Plays stereo samples at different speeds, each with its envelope, and mixes them (`../piano.ts`).
 * AssemblyScript; every pointer is a byte address in the module's memory. The caller owns the memory; nothing
 * is allocated here.
 */

/** Frames for which an envelope is linear. */
const step: i32 = 48;

// A voice, in 4-byte fields.
/** Frame of the sample, and its increment: 32 bits of fraction, then 32 of integer. */
const POSITION: usize = 0;
const SPEED: usize = 8;
/** Address of the sample's first frame: int16, left and right by turns. */
const SAMPLE: usize = 16;
const LOOP_END: usize = 20;
const LOOP_LENGTH: usize = 24;
/** Amplitude of the integer 1 at the envelope's peak. */
const GAIN: usize = 28;
/** The envelope, from 0 to 1. */
const ENVELOPE: usize = 32;
/** Steps until it decays, the first two of which are its attack, and until it is released. */
const HOLD: usize = 36;
const HELD: usize = 40;
/** Factors of the envelope for each step. */
const DECAY: usize = 44;
const RELEASE: usize = 48;
/** Frame of its first step at which it begins, an even number. */
const START: usize = 52;
const voiceBytes: usize = 64;

/** A voice ends 96 dB below its peak. */
const silence: f32 = 1.6e-5;

/**
 * Fills the table for {@link mix} with the coefficients of cubic interpolation (Catmull–Rom) at 256 positions between
 * two frames; each as int16 with 14 bits of fraction: before, at, before, at, after, second after, after, second
 * after.
 */
export function fillTable(table: usize): void {
  for (let i = 0; i < 256; i++, table += 16) {
    const x = <f64>i / 256;
    const before = <i32>Math.round(16384 * (x * (-0.5 + x * (1 - 0.5 * x))));
    const after = <i32>Math.round(16384 * (x * (0.5 + x * (2 - 1.5 * x))));
    const second = <i32>Math.round(16384 * (0.5 * x * x * (x - 1)));
    const at = 16384 - before - after - second;
    for (let twice: usize = 0; twice < 8; twice += 4) {
      store<i16>(table + twice, before);
      store<i16>(table + twice, at, 2);
      store<i16>(table + twice, after, 8);
      store<i16>(table + twice, second, 10);
    }
  }
}

// @ts-expect-error: decorator
@inline
function products(sample: usize, position: i64, table: usize): v128 {
  const frames = v128.load(sample + (<usize>(position >>> 32) << 2));
  // Left of the first two, right of the first two, left of the others, right of the others.
  const pairs = i8x16.shuffle(frames, frames, 0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15);
  return i32x4.dot_i16x8_s(pairs, v128.load(table + (((<usize>position >>> 24) & 255) << 4)));
}

/**
 * Adds one step of each voice to the output and removes those that have ended, in place.
 * @param out stereo frames as float32, left and right by turns
 * @returns how many voices are left
 */
export function mix(voices: usize, count: i32, table: usize, out: usize): i32 {
  let kept = voices;
  for (const end = voices + <usize>count * voiceBytes; voices < end; voices += voiceBytes) {
    if (!advance(voices, table, out)) continue;
    if (kept !== voices) memory.copy(kept, voices, voiceBytes);
    kept += voiceBytes;
  }
  return count - <i32>((voices - kept) / voiceBytes);
}

/** @returns whether the voice goes on */
function advance(voice: usize, table: usize, out: usize): bool {
  const from = load<f32>(voice, ENVELOPE);
  const start = load<i32>(voice, START);
  const hold = load<i32>(voice, HOLD);
  const held = load<i32>(voice, HELD);
  let to: f32 = 1;
  if (held <= 0) to = from * load<f32>(voice, RELEASE);
  else if (hold <= 0) to = from * load<f32>(voice, DECAY);
  else if (start > 0) to = <f32>(step - start) / <f32>step;
  store<i32>(voice, hold - 1, HOLD);
  store<i32>(voice, held - 1, HELD);
  store<i32>(voice, 0, START);
  store<f32>(voice, to, ENVELOPE);

  // The first of the four frames for interpolation is the one before.
  const sample = <usize>load<u32>(voice, SAMPLE) - 4;
  const speed = load<i64>(voice, SPEED);
  const loopEnd = <i64>load<u32>(voice, LOOP_END) << 32;
  const loopLength = <i64>load<u32>(voice, LOOP_LENGTH) << 32;
  let position = load<i64>(voice, POSITION);

  const gain = load<f32>(voice, GAIN) / 16384;
  const count = step - start;
  const slope = (gain * (to - from)) / <f32>count;
  const first = gain * from;
  let gains = f32x4(first, first, first + slope, first + slope);
  const slopes = f32x4.splat(2 * slope);
  out += <usize>start << 3;
  for (const end = out + (<usize>count << 3); out < end; out += 16) {
    const one = products(sample, position, table);
    position += speed;
    if (position >= loopEnd) position -= loopLength;
    const two = products(sample, position, table);
    position += speed;
    if (position >= loopEnd) position -= loopLength;
    const both = i32x4.add(
      v128.shuffle<i32>(one, two, 0, 1, 4, 5),
      v128.shuffle<i32>(one, two, 2, 3, 6, 7),
    );
    v128.store(out, f32x4.add(v128.load(out), f32x4.mul(f32x4.convert_i32x4_s(both), gains)));
    gains = f32x4.add(gains, slopes);
  }
  store<i64>(voice, position, POSITION);
  return to > silence;
}

/**
 * Separates n stereo frames into channels, each a mix of both.
 * @param toLeft shares of the left and of the right channel in the new left one
 */
export function separate(
  frames: usize,
  n: i32,
  left: usize,
  right: usize,
  leftToLeft: f32,
  rightToLeft: f32,
  leftToRight: f32,
  rightToRight: f32,
): void {
  for (const end = frames + (<usize>n << 3); frames < end; frames += 8, left += 4, right += 4) {
    const l = load<f32>(frames);
    const r = load<f32>(frames, 4);
    store<f32>(left, leftToLeft * l + rightToLeft * r);
    store<f32>(right, leftToRight * l + rightToRight * r);
  }
}
