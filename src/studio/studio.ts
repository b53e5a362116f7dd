import type { RecordedPiece } from '../request/record.js';
import type { CompositionRequest, Opening } from '../request/request.js';
import type {
  Composition,
  ComposeOptions,
  RestoreOptions,
  ShownComposition,
} from '../compose/composition.js';
import type { RawOptions } from '../request/options.js';
import type { ModelLibrary, Trainings } from '../training/trainings.js';

/**
 * The door to the whole house: everything that the bot and the terminal do with music goes
 * through it, and nothing behind it knows of Discord or of a terminal.
 */
export interface Studio {
  /** Names for the `opening` option. */
  readonly openings: readonly string[];
  readonly library: ModelLibrary;
  readonly trainings: Trainings;
  /** Workers elsewhere that are heard of; undefined where this process composes itself. */
  workers(): number | undefined;
  /** Names for the `model` option: the models for everybody and those of the server. */
  models(server?: string): readonly string[];
  /** The model that composes for the server when nothing else is said. */
  defaultModel(server?: string): string;
  /**
   * The opening held in a MIDI file, read off the main thread with a deadline.
   * @param name file name as the user gave it: the title when the file has none.
   * @throws UserError when the bytes are not usable MIDI.
   */
  readOpening(bytes: Uint8Array, name: string): Promise<Opening>;
  /**
   * The whole of a MIDI file, to go on from its end.
   * @param name as for `readOpening`
   * @throws UserError when the bytes are not usable MIDI.
   */
  readPiece(bytes: Uint8Array, name: string): Promise<Opening>;
  /**
   * A composition of this studio, from its own MIDI file.
   * @throws UserError when the file is another, or from another version.
   */
  readRecord(bytes: Uint8Array): Promise<RecordedPiece>;
  /**
   * A checked request. Without an opening, one of the built-in ones is taken; without a model, the
   * one that the server uses, and should its files be damaged, the one before.
   * @param server whose models there are beside those for everybody
   * @throws UserError when an option is wrong.
   */
  request(raw: RawOptions, opening?: Opening, server?: string): CompositionRequest;
  /**
   * A checked request to go on from the end of a piece.
   * @throws UserError when an option is wrong, or would change the piece.
   */
  continuation(raw: RawOptions, piece: Opening, server?: string): CompositionRequest;
  /**
   * Composes, writes, checks, renders and draws a piece.
   * @throws UserError when the queue is full; the signal's reason when it is aborted.
   */
  compose(request: CompositionRequest, options?: ComposeOptions): Promise<Composition>;
  /**
   * The composition that a MIDI file of this studio holds, with the sound and the picture that were
   * kept, or made anew.
   * @throws UserError when the file is another, or from another version.
   */
  restore(midi: Uint8Array, options?: RestoreOptions): Promise<ShownComposition>;
  /** Ends all workers; requests still running are rejected. */
  close(): Promise<void>;
}
