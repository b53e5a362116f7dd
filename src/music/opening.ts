import { estimateKey } from './key-estimate.js';
import { tonics, type Key } from './key.js';
import type { Note } from './note.js';
import { monophonic, separateRepeats } from './overlap.js';
import type { CompositionRequest, Opening } from './request.js';
import { scalePitchClasses } from './scale.js';
import { transpose } from './transpose.js';

/** How many notes of an opening are used: what the network hears of the past. */
export const openingLength = 25;

/**
 * Makes an opening obey the request before the network hears it, so that nothing has to be
 * bent afterwards: one note at a time if asked, moved into the key if asked, and no longer
 * than {@link openingLength}; its first note is struck at 0 s.
 */
export function prepareOpening(opening: Opening, want: Pick<CompositionRequest, 'key' | 'voices'>): Opening {
  const voiced = want.voices === 'mono' ? monophonic(opening.notes) : separateRepeats(opening.notes);
  const inKey = want.key === undefined ? voiced : intoKey(voiced, want.key);
  const startSeconds = inKey[0]?.onsetSeconds ?? 0;
  const notes = inKey
    .slice(0, openingLength)
    .map((note) => ({ ...note, onsetSeconds: note.onsetSeconds - startSeconds }));
  return { ...opening, notes };
}

/**
 * Transposes notes, at most six semitones, from the key that their beginning seems to be in;
 * what is then still outside the scale moves to its nearest tone, the lower of two.
 */
function intoKey(notes: readonly Note[], key: Key): Note[] {
  const from = estimateKey(notes.slice(0, openingLength))?.key;
  const transposed = from === undefined ? notes : transpose(notes, shiftBetween(from, key));
  const inScale = scalePitchClasses(key);
  return separateRepeats(transposed.map((note) => ({ ...note, pitch: nearestIn(inScale, note.pitch) })));
}

/**
 * Semitones, −6 to 5, that bring tonic to tonic. A scale without the third of the old key
 * (minor for major, or the reverse) is entered through the relative key, which shares the old
 * one's tones: A minor goes to C major untransposed.
 */
function shiftBetween(from: Key, to: Key): number {
  const oldTonic = tonics.indexOf(from.tonic);
  const newTonic = tonics.indexOf(to.tonic);
  const [third, relative] = from.scale === 'major' ? [4, -3] : [3, 3];
  const sameMode = scalePitchClasses(to)[(newTonic + third) % 12];
  const shift = newTonic - (sameMode ? oldTonic : oldTonic + relative);
  return ((shift + 30) % 12) - 6;
}

function nearestIn(inScale: readonly boolean[], pitch: number): number {
  for (let distance = 0; ; distance++) {
    for (const candidate of [pitch - distance, pitch + distance]) {
      if (candidate >= 0 && candidate <= 127 && inScale[candidate % 12]) return candidate;
    }
  }
}
