import type { CompositionService } from '../compose/composition-service.js';
import type { MidiReader } from '../compose/midi-reader.js';
import type { CompositionRequest, Opening } from '../request/request.js';
import type { RestoreOptions, ShownComposition } from '../compose/composition.js';
import type { RawOptions } from '../request/options.js';
import type { ModelLibrary, Trainings } from '../training/trainings.js';

/** Reads the MIDI files of people off the main thread, with a deadline. */
export type FileReader = Pick<MidiReader, 'opening' | 'piece' | 'recorded'>;

/** The rooms that make music, for the bot and the terminal; nothing in them knows of either. */
export interface Studio {
  /** Names for the `opening` option. */
  readonly openings: readonly string[];
  readonly library: ModelLibrary;
  readonly trainings: Trainings;
  readonly reader: FileReader;
  readonly compositions: Pick<CompositionService, 'workers' | 'compose'>;
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
   * The composition that a MIDI file of this studio holds, with the sound and the picture that were
   * kept, or made anew.
   * @throws UserError when the file is another, or from another version.
   */
  restore(midi: Uint8Array, options?: RestoreOptions): Promise<ShownComposition>;
  /** Ends all workers; requests still running are rejected. */
  close(): Promise<void>;
}
