import { estimateKey } from '../music/theory/key-estimate.js';
import { tonics, type Key } from '../music/theory/key.js';
import type { Note } from '../music/note.js';
import { monophonic, separateRepeats } from '../music/edit/overlap.js';
import type { CompositionRequest, Opening, SongTask } from '../request/request.js';
import { hasMajorThird, scalePitchClasses } from '../music/theory/scale.js';
import { transpose } from '../music/edit/transpose.js';

/** Number of notes of an opening that are used: the context of the network. */
export const openingLength = 25;

/** Maximum share of a piece's length for its opening. */
const openingShare = 0.4;

/**
 * The end of a piece with a set duration, in the time of its opening: its tempo changes afterwards. A
 * continued piece is extended by this duration.
 */
export function endOfPiece(
  { task, tempo }: Pick<CompositionRequest, 'task' | 'tempo'>,
  opening: Opening,
  lengthSeconds: number,
): number {
  return task.kind === 'continue'
    ? (opening.notes.at(-1)?.onsetSeconds ?? 0) + lengthSeconds
    : lengthSeconds * tempo;
}

/**
 * The key is estimated from this many notes. On the performances described at `clearKey`, 100 notes give the
 * title's key in 71 %, 25 in 62 %.
 */
const keyNotes = 100;

/** A placeholder for a song's opening: its heading, without notes. */
export function songOpening({ title, plan }: SongTask): Opening {
  const { numerator, denominator } = plan.meters[0]!;
  return { title, notes: [], tempoBpm: plan.bpm, timeSignature: { numerator, denominator }, key: plan.key };
}

/**
 * Makes an opening fulfil the request before it becomes the network's input, so that nothing has to be
 * corrected afterwards: a single voice if requested, transposed into the key if requested, and at most {@link
 * openingLength} notes; its first note is struck at 0 s. A piece to be continued is unchanged.
 * @param ofFile maximum length of an opening that a person provided
 */
export function prepareOpening(
  {
    task,
    key,
    voices,
    length,
    tempo = 1,
  }: Pick<CompositionRequest, 'task' | 'key' | 'voices' | 'length'> &
    Partial<Pick<CompositionRequest, 'tempo'>>,
  ofFile = openingLength,
): Opening {
  if (task.kind === 'continue') return task.piece;
  if (task.kind === 'song') throw new RangeError('A song does not begin with an opening.');
  const { opening } = task;
  const voiced = voices === 'mono' ? monophonic(opening.notes) : separateRepeats(opening.notes);
  const inKey = key === undefined ? voiced : intoKey(voiced, opening.key, key);
  const startSeconds = inKey[0]?.onsetSeconds ?? 0;
  const notes = inKey
    .slice(0, task.chosenBy === 'file' ? ofFile : openingLength)
    .map((note) => ({ ...note, onsetSeconds: note.onsetSeconds - startSeconds }))
    // For a piece with a set duration, leaves most of the time to the new music.
    .filter(
      ({ onsetSeconds }, i) =>
        i === 0 || length === undefined || onsetSeconds < openingShare * length * tempo,
    );
  return { ...opening, notes, ...(key !== undefined && { key }) };
}

/**
 * Transposes notes by −6 to 5 semitones to the new tonic; tones that are still outside the scale move to the
 * nearest scale tone. If two are equally near, the lower one, but the higher one from a minor key to a major
 * one: so C major becomes C minor, and C minor becomes C major.
 */
function intoKey(notes: readonly Note[], known: Key | undefined, to: Key): Note[] {
  const from = known ?? estimateKey(notes.slice(0, keyNotes))?.key;
  const inScale = scalePitchClasses(to);
  const semitones = from === undefined ? 0 : tonics.indexOf(to.tonic) - tonics.indexOf(from.tonic);
  const transposed = transpose(notes, ((semitones + 18) % 12) - 6);
  const side = from !== undefined && !hasMajorThird(from) && hasMajorThird(to) ? 1 : -1;
  return separateRepeats(
    transposed.map((note) => ({ ...note, pitch: nearestIn(inScale, note.pitch, side) })),
  );
}

/** @param side preferred direction: 1 is up, −1 down */
function nearestIn(inScale: readonly boolean[], pitch: number, side: 1 | -1): number {
  for (let distance = 0; ; distance++) {
    for (const candidate of [pitch + side * distance, pitch - side * distance]) {
      if (candidate >= 0 && candidate <= 127 && inScale[candidate % 12]) return candidate;
    }
  }
}
