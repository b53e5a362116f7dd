import { estimateKey } from '../music/theory/key-estimate.js';
import { tonics, type Key } from '../music/theory/key.js';
import type { Note } from '../music/note.js';
import { monophonic, separateRepeats } from '../music/edit/overlap.js';
import type { CompositionRequest, Opening, SongTask } from '../request/request.js';
import { hasMajorThird, scalePitchClasses } from '../music/theory/scale.js';
import { transpose } from '../music/edit/transpose.js';

/** How many notes of an opening are used: what the network hears of the past. */
export const openingLength = 25;

/** Most of a piece's length that its opening may take. */
const openingShare = 0.4;

/**
 * When a piece of a certain length is to have ended, on the clock of its opening: its tempo changes
 * afterwards. A continued piece gets this much longer.
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
 * The key is estimated from this many notes. On the performances described at `clearKey`, 100
 * name the title's key in 71 %, 25 in 62 %.
 */
const keyNotes = 100;

/** A placeholder for the music that a song begins from: its heading, without notes. */
export function songOpening({ title, plan }: SongTask): Opening {
  const { numerator, denominator } = plan.meters[0]!;
  return { title, notes: [], tempoBpm: plan.bpm, timeSignature: { numerator, denominator }, key: plan.key };
}

/**
 * Makes an opening obey the request before the network hears it, so that nothing has to be
 * bent afterwards: one note at a time if asked, moved into the key if asked, and no longer
 * than {@link openingLength}; its first note is struck at 0 s. A piece to be continued stays as it is.
 * @param ofFile how long an opening may be that a person brought along
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
    // Of a piece of a certain length, it leaves most of the time to the new music.
    .filter(
      ({ onsetSeconds }, i) =>
        i === 0 || length === undefined || onsetSeconds < openingShare * length * tempo,
    );
  return { ...opening, notes, ...(key !== undefined && { key }) };
}

/**
 * Transposes notes by −6 to 5 semitones, so that their tonic becomes the new one; what is then
 * still outside the scale moves to its nearest tone. Of two the lower, but the higher from a
 * minor key into a major one: so C major turns into C minor, and C minor into C major.
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

/** @param side where to look first: 1 is up, −1 down */
function nearestIn(inScale: readonly boolean[], pitch: number, side: 1 | -1): number {
  for (let distance = 0; ; distance++) {
    for (const candidate of [pitch + side * distance, pitch - side * distance]) {
      if (candidate >= 0 && candidate <= 127 && inScale[candidate % 12]) return candidate;
    }
  }
}
