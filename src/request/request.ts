import type { Key } from '../music/theory/key.js';
import type { Note } from '../music/note.js';
import type { TimeSignature } from '../music/meter.js';
import type { Title } from '../music/title.js';
import type { PlannedPiece } from '../plan/plan-of-piece.js';
import { secondsOfPlan, type SongNote, type SongPlan } from '../plan/song-plan.js';
import type { RawOptions } from './options.js';
import type { Settings } from './settings.js';

/**
 * The music that a composition starts from. It is named after other music only if it is a whole piece to
 * continue from.
 */
export interface Opening extends Title {
  /** Its name, if it is a built-in opening. */
  readonly name?: string;
  /** In onset order, the first at 0 s. Empty if a piece begins with no given notes. */
  readonly notes: readonly Note[];
  readonly tempoBpm: number;
  readonly timeSignature: TimeSignature;
  /** The key, if known rather than estimated. */
  readonly key?: Key;
}

/**
 * The music of a person's file: for one keyboard, and, if it has several instruments and bars, also for
 * these.
 */
export interface FileMusic extends Opening {
  readonly song?: PlannedPiece;
}

/**
 * What to do with the given music, whose notes are on whole ticks of its tempo, so that a MIDI file can
 * represent it exactly.
 */
export type Task =
  /**
   * A new piece that begins with an opening; the request applies to the opening, too. If the seed chose the
   * opening, another seed may choose a different one.
   */
  | { readonly kind: 'start'; readonly opening: Opening; readonly chosenBy: 'seed' | 'name' | 'file' }
  /**
   * A continuation of a piece: its notes stay unchanged, and the settings apply to the new ones. `tempo` is
   * 1, `pitch` and `velocity` are absent.
   */
  | {
      readonly kind: 'continue';
      readonly piece: Opening;
      /** How the piece was composed, if it was steered while it played. */
      readonly stretches?: readonly Stretch[];
    }
  /** A song for several instruments. */
  | SongTask;

/** A stretch of a piece that was steered while it played. */
export interface Stretch {
  /** What it was composed by, with its seed: for the first stretch a new piece, for the others a continuation. */
  readonly options: RawOptions;
  /** How many notes of the piece precede the next stretch. */
  readonly notes: number;
}

/**
 * A song with its plan. Given notes precede the first composed bar: the person's own music, or the piece that
 * is varied or continued.
 */
export interface SongTask extends Title {
  readonly kind: 'song';
  readonly plan: SongPlan;
  /** The first composed bar, if given notes precede it. */
  readonly from?: number;
  /** In song order; all begin before that bar. */
  readonly given?: readonly SongNote[];
}

/** A composition request, parsed and validated once at the edge; immutable. */
export type CompositionRequest = Settings & {
  readonly task: Task;
  /** ID of the server whose own models take precedence over the shared ones, digits only. */
  readonly server?: string;
  /** Models to try, in this order, if the files of `model` are damaged or missing. */
  readonly fallbacks?: readonly string[];
};

/** The requested amount of music, and its unit. */
export interface Extent {
  readonly unit: 'notes' | 'seconds';
  /** Number of new notes; or seconds of the whole piece, or of its continuation. */
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

/** Whether it starts with the person's own music. */
export function startsFromFile(task: Task): task is Extract<Task, { kind: 'start' }> {
  return task.kind === 'start' && task.chosenBy === 'file';
}

/**
 * The given music of a task for one keyboard.
 * @throws RangeError for a song, whose given notes are for several instruments
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
