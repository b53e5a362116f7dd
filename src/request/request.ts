import type { Key } from '../music/theory/key.js';
import type { Note } from '../music/note.js';
import type { TimeSignature } from '../music/meter.js';
import type { Title } from '../music/title.js';
import type { PlannedPiece } from '../plan/plan-of-piece.js';
import { secondsOfPlan, type SongNote, type SongPlan } from '../plan/song-plan.js';
import type { Settings } from './settings.js';

/**
 * The music a composition starts from. It is named after other music only when it is a whole piece to
 * continue from.
 */
export interface Opening extends Title {
  /** Its name among the built-in openings, when it is one. */
  readonly name?: string;
  /** In onset order, the first at 0 s. None where a piece begins with nothing given. */
  readonly notes: readonly Note[];
  readonly tempoBpm: number;
  readonly timeSignature: TimeSignature;
  /** If known, not just estimated. */
  readonly key?: Key;
}

/** The music of a person's file: as one keyboard plays it and, where several instruments play on bars, as they do. */
export interface FileMusic extends Opening {
  readonly song?: PlannedPiece;
}

/**
 * What to do with the given music. It is on whole ticks of its own tempo, so that a MIDI file can hold it
 * exactly.
 */
export type Task =
  /**
   * A new piece that begins with an opening, to which the request also applies. If the seed chose it, another
   * seed may choose another.
   */
  | { readonly kind: 'start'; readonly opening: Opening; readonly chosenBy: 'seed' | 'name' | 'file' }
  /**
   * The same piece, longer: all its notes stay as they are, and the settings hold for the new ones.
   * `tempo` is then 1, `pitch` and `velocity` absent.
   */
  | { readonly kind: 'continue'; readonly piece: Opening }
  /** A song for several instruments. */
  | SongTask;

/**
 * A song by its plan. Given notes come before the first composed bar: the person's own music, or the piece
 * that is varied or continued.
 */
export interface SongTask extends Title {
  readonly kind: 'song';
  readonly plan: SongPlan;
  /** The first composed bar, if there are given ones before it. */
  readonly from?: number;
  /** In the order of songs; all begin before that bar. */
  readonly given?: readonly SongNote[];
}

/** What a person asked for, parsed and validated once at the edge; it is passed inwards and never changed. */
export type CompositionRequest = Settings & {
  readonly task: Task;
  /** Whose own models come before those for everyone: the id of a server, digits only. */
  readonly server?: string;
  /** Models to take, in this order, when the files of `model` are damaged or gone. */
  readonly fallbacks?: readonly string[];
};

/** How much music is requested, and its unit. */
export interface Extent {
  readonly unit: 'notes' | 'seconds';
  /** New notes; or seconds of the whole piece, or of its continuation. */
  readonly amount: number;
}

export function extentOf({
  notes,
  length,
  task,
}: Pick<CompositionRequest, 'notes' | 'length'> & { readonly task?: Task }): Extent {
  if (task?.kind === 'song') return { unit: 'seconds', amount: Math.ceil(secondsOfPlan(task.plan)) };
  return length === undefined
    ? { unit: 'notes', amount: notes ?? Infinity }
    : { unit: 'seconds', amount: length };
}

/** It starts with the person's own music. */
export function startsFromFile(task: Task): task is Extract<Task, { kind: 'start' }> {
  return task.kind === 'start' && task.chosenBy === 'file';
}

/**
 * The music for one keyboard that a task is given.
 * @throws RangeError of a song, which is given notes for several instruments
 */
export function keyboardMusicOf(task: Task): Opening {
  switch (task.kind) {
    case 'start':
      return task.opening;
    case 'continue':
      return task.piece;
    case 'song':
      throw new RangeError('A song is given no music for one keyboard.');
  }
}
