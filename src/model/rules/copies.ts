import { intervalsOf, isPeriodic, type Intervals } from '../../music/figure.js';
import { mask } from './mask.js';
import type { PastNote, Rule } from './rule.js';

/**
 * The figures of a network's training music, as a Bloom filter (Bloom 1970) of their hashes: every stored
 * figure is found, and at most one in six others. A long passage practically never passes by chance, and the
 * music cannot be reconstructed from the filter. A power of two of bits, 8 per byte.
 */
export type KnownFigures = Uint8Array;

/** The notes so far, for detecting copies; the latest is last. */
interface Past {
  readonly past: readonly Pick<PastNote, 'pitch'>[];
}

/** Number of notes in a stored figure. */
const figureNotes = 16;

/** Bits set per figure: optimal for six bits per figure; there are four to eight by default. */
const hashes = 4;

/**
 * Builds a filter with at least `bits` bits per figure, and at most twice as many.
 * @param pieces pitches of each, in the order of onset and pitch
 */
export function knownFigures(pieces: readonly Uint8Array[], bits = 4): KnownFigures {
  const count = pieces.reduce((sum, { length }) => sum + Math.max(length - figureNotes + 1, 0), 0);
  const known = new Uint8Array(2 ** Math.ceil(Math.log2(Math.max(bits * count, 64))) / 8);
  for (const piece of pieces) {
    const intervals = intervalsOf(piece);
    for (let end = figureNotes - 1; end <= intervals.length; end++) {
      const figure = intervals.subarray(end - figureNotes + 1, end);
      for (const bit of bitsOf(figure, known)) known[bit >> 3]! |= 1 << (bit & 7);
    }
  }
  return known;
}

/** Whether the music contains this figure of 16 notes; a drone counts as new. */
export function isKnown(figure: Intervals, known: KnownFigures): boolean {
  if (isPeriodic(figure)) return false;
  for (const bit of bitsOf(figure, known)) if (((known[bit >> 3]! >> (bit & 7)) & 1) === 0) return false;
  return true;
}

/**
 * Stops a copy before it reaches this length: if all recent figures occur in the training music, pitches that
 * would continue the copy are excluded.
 * @param notes at least 17; copies stay shorter
 */
export function noCopy(known: KnownFigures, notes: number): Rule<Float64Array, Past> {
  return (logits, { past }) => {
    if (past.length < notes - 1) return;
    const heard = past.slice(1 - notes).map(({ pitch }) => pitch);
    const intervals = intervalsOf(heard);
    for (let end = intervals.length; end >= figureNotes - 1; end--) {
      if (!isKnown(intervals.subarray(end - figureNotes + 1, end), known)) return;
    }
    const next = intervals.slice(-(figureNotes - 1));
    next.copyWithin(0, 1);
    mask(logits, (pitch) => {
      next[figureNotes - 2] = pitch - heard.at(-1)!;
      return isKnown(next, known);
    });
  };
}

/** Double hashing (Kirsch & Mitzenmacher 2006) of FNV-1a and its scrambled value. */
function bitsOf(figure: Intervals, known: KnownFigures): number[] {
  let hash = 0x811c9dc5;
  for (const interval of figure) hash = Math.imul(hash ^ (interval & 0xff), 0x01000193);
  const other = scrambled(hash) | 1;
  const mask = 8 * known.length - 1;
  const bits: number[] = [];
  for (let i = 0; i < hashes; i++) bits.push((scrambled(hash + Math.imul(i, other)) & mask) >>> 0);
  return bits;
}

/** The finaliser of MurmurHash3: every bit depends on every other. */
function scrambled(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}
