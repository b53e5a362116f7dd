import type { Key } from '../music/theory/key.js';
import { hasMajorThird } from '../music/theory/scale.js';
import { tonics } from '../music/theory/key.js';

/** Steps between two keys on the circle of fifths, 0 to 6; a minor key counts as its relative major. */
export function keyDistance(a: Key, b: Key): number {
  const apart = Math.abs(placeOf(a) - placeOf(b));
  return Math.min(apart, 12 - apart);
}

function placeOf(key: Key): number {
  const relativeMajor = tonics.indexOf(key.tonic) + (hasMajorThird(key) ? 0 : 3);
  return (relativeMajor * 7) % 12;
}

/** What is known of the beginning of a piece. */
export interface Beginning {
  readonly key?: Key | undefined;
  /** Beats per minute, if the piece has a beat. */
  readonly bpm?: number | undefined;
}

/** Keys this close follow each other smoothly: a fifth up or down, and the relative key. */
const nearKeys = 1;
/** So do tempos within this ratio, as a base-2 logarithm: an eighth faster or slower. */
const nearTempos = Math.log2(9 / 8);

/** How badly one piece follows another: 0 if it fits. */
export function jar(before: Beginning, after: Beginning): number {
  const keys = before.key && after.key ? keyDistance(before.key, after.key) : 0;
  const tempos = before.bpm && after.bpm ? Math.abs(Math.log2(after.bpm / before.bpm)) : 0;
  return Math.max(0, keys - nearKeys) + Math.max(0, tempos - nearTempos) * 4;
}
