import type { Key } from '../music/theory/key.js';
import type { Note } from '../music/note.js';
import type { TimeSignature } from '../music/meter.js';
import type { Title } from '../music/title.js';
import type { Settings } from './settings.js';

/** The music a composition starts from. It is named after other music only when it is a whole piece to go on from. */
export interface Opening extends Title {
  /** Its name among the built-in openings, when it is one. */
  readonly name?: string;
  /** At least one, in onset order, the first at 0 s. */
  readonly notes: readonly Note[];
  readonly tempoBpm: number;
  readonly timeSignature: TimeSignature;
  /** When it is known, not merely estimated. */
  readonly key?: Key;
}

/**
 * What is to be made of the music that is given. That stands on whole ticks of its own tempo, so that
 * a MIDI file can hold it exactly.
 */
export type Task =
  /**
   * A new piece that begins with an opening, which obeys the request as well. When the seed chose it,
   * another seed may bring another.
   */
  | { readonly kind: 'start'; readonly opening: Opening; readonly chosenBy: 'seed' | 'name' | 'file' }
  /**
   * The same piece, longer: all its notes stay as they are, and the settings hold for the new ones.
   * `tempo` is then 1, `pitch` and `velocity` absent.
   */
  | { readonly kind: 'continue'; readonly piece: Opening };

/**
 * What a person asked for, parsed and validated once at the edge; it only travels inwards
 * and is never changed on the way.
 */
export type CompositionRequest = Settings & {
  readonly task: Task;
  /** Whose own models come before those for everybody: the id of a server, digits only. */
  readonly server?: string;
  /** Models to take, in this order, when the files of `model` are damaged or gone. */
  readonly fallbacks?: readonly string[];
};

/** How much music is asked for, and in what that is counted. */
export interface Extent {
  readonly unit: 'notes' | 'seconds';
  /** Notes that are new; seconds of the whole piece, or of what a piece is continued by. */
  readonly amount: number;
}

export function extentOf({ notes, length }: Pick<CompositionRequest, 'notes' | 'length'>): Extent {
  return length === undefined
    ? { unit: 'notes', amount: notes ?? Infinity }
    : { unit: 'seconds', amount: length };
}

/** It begins with music of the person's own. */
export function startsFromFile(task: Task): task is Extract<Task, { kind: 'start' }> {
  return task.kind === 'start' && task.chosenBy === 'file';
}
