import type { Key } from '../music/theory/key.js';
import type { Note } from '../music/note.js';
import type { TimeSignature } from '../music/piece.js';
import type { Grid } from '../music/edit/quantise.js';
import type { Title } from '../music/title.js';
import type { Wishes } from './words/wishes.js';

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
 * What a person asked for, parsed and validated once at the edge; it only travels inwards
 * and is never changed on the way.
 */
export interface CompositionRequest {
  /** How many new notes (rests included) to compose, 1–2000. */
  readonly notes: number;
  /** Sampling temperature, 0.1–5; 1 is the network's own distribution. */
  readonly temperature: number;
  /** Speed factor, 0.1–2; 1 is the tempo as played. */
  readonly tempo: number;
  /** MIDI pitch, 0–127, on which the median pitch shall land. */
  readonly pitch?: number;
  /** Mean velocity, 1–127. */
  readonly velocity?: number;
  /** Every pitch belongs to this scale. */
  readonly key?: Key;
  readonly quantise: Grid;
  readonly voices: 'poly' | 'mono';
  /**
   * Of an LSTM: `spread`, also when absent, draws step and duration around the network's answers;
   * `source` takes them as they are.
   */
  readonly sampling?: 'spread' | 'source';
  /** Of a Transformer: what the music is to be like. At least one wish, if any. */
  readonly wishes?: Wishes;
  /** Random seed, an unsigned 32-bit integer. */
  readonly seed: number;
  /** Name of a model folder, e.g. `lstm`. */
  readonly model: string;
  /** Whose own models come before those for everybody: the id of a server, digits only. */
  readonly server?: string;
  /** Models to take, in this order, when the files of `model` are damaged or gone. */
  readonly fallbacks?: readonly string[];
  /** Its notes stand on whole ticks of its own tempo, so that a MIDI file can hold it exactly. */
  readonly opening: Opening;
  /** Set when nobody chose the opening: the seed did, and another seed may bring another. */
  readonly openingBySeed?: true;
  /**
   * Set when the opening is a whole piece to go on from its end. All its notes then stay as they
   * are, and the rest of the request holds for the new ones: `tempo` is 1, `pitch` and `velocity` absent.
   */
  readonly continues?: true;
}
