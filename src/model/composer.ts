import type { CompositionRequest, Opening } from '../request/request.js';
import type { SongNote, SongPlan } from '../plan/song-plan.js';
import type { GeneratedNote } from './generated.js';

/** What a network adds to an opening. */
export interface ComposedNotes {
  /** As the network heard it: prepared for the request. */
  readonly opening: Opening;
  /** As many as were asked for. */
  readonly generated: readonly GeneratedNote[];
  /** Of a song: all of it. Nothing is added to an opening then. */
  readonly song?: ComposedSong;
}

/** A song that was composed by its plan. */
export interface ComposedSong {
  readonly plan: SongPlan;
  /** All of its notes, given and composed, in their order. */
  readonly notes: readonly SongNote[];
}

/**
 * The notes of one request, while they are composed: a piece collects them, and a request for infinitely many
 * could be played forever.
 */
export interface NoteStream {
  /** As the network hears it: prepared for the request. */
  readonly opening: Opening;
  /** How many notes were composed so far. */
  readonly progress: number;
  /** Of a song, which is not read note by note: all of it, once it has ended. */
  readonly song?: ComposedSong | undefined;
  /** Every note that was asked for is composed; those that are unread can still be read. */
  readonly ended: boolean;
  /** The notes that were composed since the last call, in their order. A stream of which too much is unread waits. */
  read(): readonly GeneratedNote[];
}

/** A piece of a certain length has no more notes, however dense it gets. */
export const mostNotesOfLength = 8000;

/** Unread notes of a stream before it waits for its reader. */
export const mostUnread = 32;

/** Composes the notes of several requests side by side, in small steps: what every kind of network is served through. */
export interface Composer {
  /** How many streams at once. */
  readonly capacity: number;
  /** @throws RangeError when no more streams fit */
  open(request: CompositionRequest): NoteStream;
  /**
   * Advances each stream a little; closes finished ones.
   * @throws ModelOutputError
   */
  step(): void;
  /** Ends a stream at any point; does nothing if it is not open. */
  close(stream: NoteStream): void;
}

/** The network answered with something that is not a number: its weights are unusable. */
export class ModelOutputError extends Error {
  override readonly name = 'ModelOutputError';
}
