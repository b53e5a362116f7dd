import { UserError } from '../../../errors/user-error.js';
import { windowLength, windowsOf } from '../architecture.js';
import type { CorpusFile, TrainingMusic } from '../../corpus.js';
import { Random, shuffle } from '../../random.js';
import type { Sequence } from '../../sequence.js';

/**
 * Minimum number of windows to train on: about a minute of piano music. With 400 windows, an epoch is five
 * batches, and the held-out part can still distinguish better from worse.
 */
export const neededWindows = 400;

/** With fewer held-out windows, their mean loss is meaningless. */
const neededHeldOut = 64;
const heldOutShare = 0.1;

/**
 * Splits music into training and held-out music, a tenth of its windows. Holds out whole pieces if that
 * leaves most of the music for training, otherwise the end of the longest piece; no window is on both sides.
 * @param seed chooses the pieces
 * @throws UserError `training.too-little-music`, with the number needed and the number found
 */
export function holdOut(pieces: readonly CorpusFile[], seed: number): TrainingMusic {
  const total = pieces.reduce((sum, { sequence }) => sum + windowsIn(sequence), 0);
  if (total < neededWindows) {
    throw new UserError('training.too-little-music', {
      windows: total,
      needed: neededWindows,
      windowNotes: windowLength,
    });
  }
  const wanted = Math.max(neededHeldOut, Math.round(heldOutShare * total));
  const held = new Set<CorpusFile>();
  let heldWindows = 0;
  for (const piece of shuffled(pieces, seed)) {
    const windows = windowsIn(piece.sequence);
    if (heldWindows >= wanted) break;
    if (windows === 0 || heldWindows + windows > total / 2) continue;
    held.add(piece);
    heldWindows += windows;
  }
  if (heldWindows >= neededHeldOut) {
    return {
      training: pieces.filter((piece) => !held.has(piece) && windowsIn(piece.sequence) > 0),
      validation: [...held],
    };
  }
  const longest = pieces.reduce((a, b) => (windowsIn(b.sequence) > windowsIn(a.sequence) ? b : a));
  const end = longest.sequence.pitch.length;
  const cut = end - windowLength - Math.min(wanted, Math.floor(windowsIn(longest.sequence) / 2));
  return {
    training: pieces.flatMap((piece) => {
      if (piece !== longest) return windowsIn(piece.sequence) > 0 ? [piece] : [];
      return [{ name: `${piece.name} (beginning)`, sequence: part(piece.sequence, 0, cut) }];
    }),
    validation: [{ name: `${longest.name} (end)`, sequence: part(longest.sequence, cut, end) }],
  };
}

function windowsIn({ pitch }: Sequence): number {
  return windowsOf(pitch.length);
}

function part({ pitch, step, duration }: Sequence, from: number, to: number): Sequence {
  return { pitch: pitch.slice(from, to), step: step.slice(from, to), duration: duration.slice(from, to) };
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const order = Uint32Array.from(items.keys());
  shuffle(order, new Random(seed));
  return [...order].map((i) => items[i]!);
}
