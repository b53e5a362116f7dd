import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { midiFiles } from '../model/lstm/training/corpus.js';
import { shippedModels } from '../model/model-store.js';
import type { CompositionRequest, Opening } from '../request/request.js';
import { onTicks, statedTempo } from '../music/ticks.js';
import { hasMajorThird } from '../music/theory/scale.js';
import { UserError } from '../errors/user-error.js';
import { characterOf } from '../request/character.js';
import { parseOptions, type RequestOptions, type Wishes } from '../request/settings.js';
import type { RestoreOptions, ShownComposition } from '../compose/composition.js';
import { FineTunings } from '../training/fine-tunings.js';
import { MidiReader } from '../compose/midi-reader.js';
import { StoredLibrary } from '../training/model-library.js';
import { TrainingMusicReader } from '../training/training-music-reader.js';
import { chooseOpening, loadOpenings } from '../compose/openings.js';
import { asksForSong, fixedByPiece, isForSongs, kindsFor, type RawOptions } from '../request/options.js';
import type { PictureWords } from '../render/picture-words.js';
import { Renderer } from '../compose/renderer.js';
import { songTask } from './song.js';
import type { Studio } from './studio.js';
import {
  LocalCompositionService,
  modelFoldersIn,
  type CompositionService,
} from '../compose/composition-service.js';

export interface StudioConfig {
  /**
   * Its `models` may hold models beside those that come with the project; `servers` holds the
   * models of each server, `fine-tuning` the training that is going on.
   */
  readonly dataFolder: string;
  /** Tells processes apart that share the data folder: each has a training of its own. */
  readonly part?: string | undefined;
  /** Folder with MIDI files that servers may train on. */
  readonly trainingFolder?: string | undefined;
  /** Path of an SF2 file to be heard instead of the shipped piano. */
  readonly soundFont?: string | undefined;
  /** Name of the model that composes for servers that chose none. */
  readonly defaultModel?: string | undefined;
  /** Requests that may wait. */
  readonly queueLimit: number;
  readonly words: PictureWords;
  /** What composes instead of threads of this process. */
  readonly compositions?: CompositionService;
  /** Is told why, whenever a thread died or took too long and was replaced. */
  readonly onThreadLost?: (work: ThreadWork, cause: unknown) => void;
}

/** What a thread does that can be lost. */
export type ThreadWork = 'composing' | 'reading';

/**
 * Opens the studio: starts its threads and loads the openings.
 * @throws UserError when the configured SoundFont or training folder cannot be used, or there is no model.
 */
export async function createStudio(config: StudioConfig): Promise<Studio> {
  const { dataFolder, soundFont, trainingFolder, words, onThreadLost } = config;
  const modelFolders = modelFoldersIn(dataFolder);
  const [openings, library, musicNames] = await Promise.all([
    loadOpenings(),
    StoredLibrary.open({ ...modelFolders, shipped: shippedModels }, config.defaultModel),
    trainingFolder === undefined ? [] : midiFiles(trainingFolder),
  ]);
  if (library.names().length === 0) {
    throw new UserError('operator.no-model', { folders: modelFolders.shared });
  }

  const { defaultModel } = config;
  if (defaultModel !== undefined && !library.names().includes(defaultModel)) {
    throw new UserError('operator.default-model', { name: defaultModel, names: library.names() });
  }
  const renderer = await Renderer.open(soundFont, words.roll, config.compositions === undefined ? 1 : 0);
  const compositions =
    config.compositions ??
    new LocalCompositionService(modelFolders, config.queueLimit, renderer, (cause) =>
      onThreadLost?.('composing', cause),
    );
  const reader = new MidiReader({ onLost: (cause) => onThreadLost?.('reading', cause) });

  function checkedOptions(raw: RawOptions, server: string | undefined, isSong: boolean): RequestOptions {
    const { settings, ...options } = parseOptions(raw, randomInt(2 ** 32));
    const whose = server === undefined ? {} : { server };
    if (raw.model === undefined) {
      const kinds = kindsFor(raw, isSong);
      const [model, ...fallbacks] = library.candidatesOf(server, kinds);
      if (model === undefined) {
        throw new UserError('model.kind', {
          kind: kinds[0]!,
        });
      }
      return {
        ...options,
        settings: { ...settings, ...whose, model, ...(fallbacks.length > 0 && { fallbacks }) },
      };
    }
    checkModel(settings.model, server);
    kindsFor(raw, isSong, library.kind(server, settings.model));
    return { ...options, settings: { ...settings, ...whose } };
  }

  function checkModel(model: string, server: string | undefined): void {
    const models = library.names(server);
    if (models.includes(model)) return;
    throw new UserError('options.model', {
      problem: 'choice',
      option: 'model',
      choices: models,
      given: model,
    });
  }

  /** Whether a new piece is to be a song: the options say so, or the model that composes is for songs alone. */
  function isSong(raw: RawOptions, server: string | undefined): boolean {
    const name = raw.model === undefined ? library.candidates(server)[0] : String(raw.model);
    const kind = library.kind(server, name);
    if (raw.model !== undefined) return asksForSong({}, kind);
    return asksForSong(raw) || (asksForSong({}, kind) && isForSongs(raw));
  }

  const musicReader = new TrainingMusicReader();
  const trainings = new FineTunings({
    folder: join(dataFolder, config.part === undefined ? 'fine-tuning' : `fine-tuning-${config.part}`),
    library,
    reader: musicReader,
    ...(trainingFolder !== undefined && { music: { folder: trainingFolder, names: musicNames } }),
    drawCurve: (task) => renderer.run('drawCurve', task),
    curveWords: words.curve,
    sample: (server, model) =>
      compositions.compose(studio.request({ notes: 100, seed: 1, model }, undefined, server), {
        owner: server,
      }),
  });

  const studio: Studio = {
    openings: [...openings.keys()],
    library,
    trainings,
    reader,
    compositions,

    request(raw: RawOptions, opening?: Opening, server?: string): CompositionRequest {
      const composesSong = opening === undefined && isSong(raw, server);
      const { settings, openingName } = checkedOptions(raw, server, composesSong);
      if (composesSong) return { ...settings, task: songTask(settings) };
      if (opening !== undefined) {
        return { ...settings, task: { kind: 'start', opening: exactOpening(opening), chosenBy: 'file' } };
      }
      const bySeed = openingName === undefined;
      const chosen = chooseOpening(
        bySeed ? inMode(openings, settings) : openings,
        settings.seed,
        openingName,
      );
      const chosenBy = bySeed ? 'seed' : 'name';
      return { ...settings, task: { kind: 'start', opening: exactOpening(chosen), chosenBy } };
    },

    continuation(raw: RawOptions, piece: Opening, server?: string): CompositionRequest {
      const fixed = fixedByPiece.find((name) => raw[name] !== undefined);
      if (fixed !== undefined) {
        throw new UserError(`options.${fixed}`, { problem: 'fixed', option: fixed });
      }
      return {
        ...checkedOptions(raw, server, false).settings,
        task: { kind: 'continue', piece: exactOpening(piece) },
      };
    },

    async restore(
      midi: Uint8Array,
      { kept = {}, ...options }: RestoreOptions = {},
    ): Promise<ShownComposition> {
      const { request, piece, weights } = await reader.recorded(midi);
      const written = { request, piece, model: weights, midi };
      return { ...(await renderer.run('restore', { written, kept }, options)), request };
    },

    async close() {
      await trainings.close();
      await Promise.all([compositions.close(), reader.close(), musicReader.close(), renderer.close()]);
    },
  };
  return studio;
}

/** Those in the mode that is wished for, unless they are none. */
function inMode(openings: ReadonlyMap<string, Opening>, wishes: Wishes): ReadonlyMap<string, Opening> {
  const { mode } = characterOf(wishes);
  const fit = [...openings].filter(([, { key }]) => key && hasMajorThird(key) === (mode === 'major'));
  return mode === undefined || fit.length === 0 ? openings : new Map(fit);
}

/** So that a MIDI file can hold it exactly. */
function exactOpening(opening: Opening): Opening {
  const tempoBpm = statedTempo(opening.tempoBpm);
  return { ...opening, tempoBpm, notes: onTicks(opening.notes, tempoBpm) };
}
