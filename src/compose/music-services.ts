import { shippedModels } from '../model/model-store.js';
import { StoredLibrary } from '../model/model-library.js';
import { UserError } from '../errors/user-error.js';
import type { RecordedPiece } from '../request/recorded-piece.js';
import type { RollWords } from '../render/picture-words.js';
import type { RestoreOptions, ShownComposition } from './composition.js';
import { LocalCompositionService, modelFoldersIn, type CompositionService } from './composition-service.js';
import { MidiReader } from './midi-reader.js';
import { loadOpenings } from './openings.js';
import { Renderer } from './renderer.js';
import { requestMaker, type RequestMaker } from './requests.js';

export interface MusicConfig {
  /** Its `models` can hold models in addition to the built-in ones; `servers` holds those of each server. */
  readonly dataFolder: string;
  /** Path of an SF2 file to use instead of the built-in piano. */
  readonly soundFont?: string | undefined;
  /** Name of the model for servers that chose none. */
  readonly defaultModel?: string | undefined;
  /** Maximum number of waiting requests. */
  readonly queueLimit: number;
  /** Default text in pictures. */
  readonly words: RollWords;
  /** Composes instead of threads of this process. */
  readonly composing?: CompositionService;
  /** Called with the reason whenever a thread crashed or timed out and was replaced. */
  readonly onThreadLost?: (work: ThreadWork, cause: unknown) => void;
}

/** Work whose thread can be lost. */
export type ThreadWork = 'composing' | 'reading';

/** Reads users' MIDI files off the main thread, with a deadline. */
export type FileReader = Pick<MidiReader, 'opening' | 'piece' | 'whole' | 'recorded' | 'changed'>;

/** A MIDI file of this program, and its content. */
export interface WrittenPiece {
  readonly midi: Uint8Array;
  readonly recorded: RecordedPiece;
}

/** Everything that makes music, for the bot and the CLI; independent of both. */
export interface MusicServices {
  readonly library: StoredLibrary;
  readonly requests: RequestMaker;
  readonly composing: CompositionService;
  readonly reader: FileReader;
  readonly renderer: Renderer;
  /** The composition in a MIDI file of this program, with its audio and picture, kept or rendered again. */
  restore(written: WrittenPiece, options?: RestoreOptions): Promise<ShownComposition>;
  /** Terminates all threads; rejects running requests. */
  close(): Promise<void>;
}

/**
 * Starts the threads, and loads the openings and the list of models.
 * @throws UserError when the configured SoundFont cannot be used, or there is no model.
 */
export async function openMusicServices(config: MusicConfig): Promise<MusicServices> {
  const { dataFolder, soundFont, defaultModel, queueLimit, words, onThreadLost } = config;
  const modelFolders = modelFoldersIn(dataFolder);
  const [openings, library] = await Promise.all([
    loadOpenings(),
    StoredLibrary.open({ ...modelFolders, shipped: shippedModels }, defaultModel),
  ]);
  const names = library.names();
  if (names.length === 0) throw new UserError('operator.no-model', { folders: modelFolders.shared });
  if (defaultModel !== undefined && !names.includes(defaultModel)) {
    throw new UserError('operator.default-model', { name: defaultModel, names });
  }
  const renderer = await Renderer.open(soundFont, words, config.composing === undefined ? 1 : 0);
  const composing =
    config.composing ??
    new LocalCompositionService(modelFolders, queueLimit, renderer, (cause) =>
      onThreadLost?.('composing', cause),
    );
  const reader = new MidiReader({ onLost: (cause) => onThreadLost?.('reading', cause) });
  return {
    library,
    requests: requestMaker(openings, library),
    composing,
    reader,
    renderer,

    async restore({ midi, recorded: { request, piece, weights } }, { kept = {}, ...options } = {}) {
      const written = { request, piece, model: weights, midi };
      return { ...(await renderer.run('restore', { written, kept }, options)), request };
    },

    async close() {
      await Promise.all([composing.close(), reader.close(), renderer.close()]);
    },
  };
}
