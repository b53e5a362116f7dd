import type { Key } from '../music/theory/key.js';
import { hasMajorThird } from '../music/theory/scale.js';
import { tonics } from '../music/theory/key.js';

/** Steps on the circle of fifths between two keys, 0 to 6; a minor key stands at its relative major. */
export function keyDistance(a: Key, b: Key): number {
  const apart = Math.abs(placeOf(a) - placeOf(b));
  return Math.min(apart, 12 - apart);
}

function placeOf(key: Key): number {
  const relativeMajor = tonics.indexOf(key.tonic) + (hasMajorThird(key) ? 0 : 3);
  return (relativeMajor * 7) % 12;
}

/** What a piece is like where it begins, as far as it is known. */
export interface Beginning {
  readonly key?: Key | undefined;
  /** Beats a minute, where the piece keeps to a beat. */
  readonly bpm?: number | undefined;
}

/** Keys so near follow each other without a jolt: a fifth up or down, and the relative key. */
const nearKeys = 1;
/** And tempos within so much of each other, in octaves: an eighth faster or slower. */
const nearTempos = Math.log2(9 / 8);

/** How much one piece jars after another: 0 where it fits. */
export function jar(before: Beginning, after: Beginning): number {
  const keys = before.key && after.key ? keyDistance(before.key, after.key) : 0;
  const tempos = before.bpm && after.bpm ? Math.abs(Math.log2(after.bpm / before.bpm)) : 0;
  return Math.max(0, keys - nearKeys) + Math.max(0, tempos - nearTempos) * 4;
}
