import type { CompositionRequest, Opening } from '../request/request.js';
import type { SongNote, SongPlan } from '../plan/song-plan.js';
import type { GeneratedNote } from './generated.js';

/** The notes that a network adds to an opening. */
export interface ComposedNotes {
  /** The opening as the network's input, prepared for the request. */
  readonly opening: Opening;
  /** As many as requested. */
  readonly generated: readonly GeneratedNote[];
  /** The whole song, for songs; then nothing is added to an opening. */
  readonly song?: ComposedSong;
}

/** A song composed with its plan. */
export interface ComposedSong {
  readonly plan: SongPlan;
  /** All notes, given and composed, in song order. */
  readonly notes: readonly SongNote[];
}

/**
 * The notes of one request, readable while they are composed: a piece collects them; a request for infinitely
 * many could be played forever.
 */
export interface NoteStream {
  /** The opening as the network's input, prepared for the request. */
  readonly opening: Opening;
  /** Number of notes composed so far. */
  readonly progress: number;
  /** The finished song, for songs, which cannot be read note by note. */
  readonly song?: ComposedSong | undefined;
  /** Whether all requested notes are composed; unread ones can still be read. */
  readonly ended: boolean;
  /** The notes composed since the last call, in order. A stream with too many unread notes pauses. */
  read(): readonly GeneratedNote[];
}

/** Maximum number of notes of a piece with a set duration, however dense it is. */
export const mostNotesOfLength = 8000;

/** Number of unread notes at which a stream pauses. */
export const mostUnread = 32;

/** Composes several requests in a batch, in small steps: the common interface of all networks. */
export interface Composer {
  /** Maximum number of concurrent streams. */
  readonly capacity: number;
  /** @throws RangeError when `capacity` streams are open */
  open(request: CompositionRequest): NoteStream;
  /**
   * Advances each stream by a small step; closes finished ones.
   * @throws ModelOutputError
   */
  step(): void;
  /** Ends a stream at any point; does nothing if it is not open. */
  close(stream: NoteStream): void;
}

/** The network's output is not finite: its weights are unusable. */
export class ModelOutputError extends Error {
  override readonly name = 'ModelOutputError';
}
