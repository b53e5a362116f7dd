import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import { listModels, shippedModels } from '../model/model-store.js';
import { ModelService } from '../model/service/model-service.js';
import type { CompositionRequest, Opening } from '../music/request.js';
import { onTicks, statedTempo } from '../music/ticks.js';
import { UserError } from '../music/user-error.js';
import { checkSoundFont } from '../render/sound-font.js';
import type { Composition, ComposeOptions, RenderOptions } from './composition.js';
import { MidiReader } from './midi-reader.js';
import { chooseOpening, loadOpenings } from './openings.js';
import { fixedByPiece, parseOptions, type RawOptions, type RequestOptions } from './options.js';
import type { Rendered, RenderSource, RenderTask } from './render-worker.js';
import type { Studio } from './studio.js';

export interface StudioConfig {
  /** Its `models` folder may hold models beside those that come with the project. */
  readonly dataFolder: string;
  /** Path of an SF2 file to be heard instead of the shipped piano. */
  readonly soundFont?: string | undefined;
  /** Requests that may wait. */
  readonly queueLimit: number;
}

/** Pieces composed side by side. More would make each wait longer without finishing sooner. */
const together = 4;

/**
 * Opens the studio: starts its threads and loads the openings.
 * @throws UserError when the configured SoundFont cannot be used, or there is no model.
 */
export async function createStudio(config: StudioConfig): Promise<Studio> {
  const { soundFont } = config;
  if (soundFont !== undefined) await checkSoundFont(soundFont);
  const modelFolders = [join(config.dataFolder, 'models'), shippedModels];
  const [openings, models] = await Promise.all([loadOpenings(), listModels(modelFolders)]);
  if (models.length === 0) {
    throw new UserError('model.none', `There is no model in ${modelFolders.join(' or ')}; put one there.`);
  }

  const service = new ModelService({
    modelFolders: { shared: modelFolders },
    workers: 1,
    together,
    queueLimit: config.queueLimit,
  });
  const reader = new MidiReader();
  const renderer = new Piscina<RenderTask, Rendered>({
    filename: new URL('./render-worker.js', import.meta.url).href,
    name: 'render',
    minThreads: 1,
    maxThreads: 2, // a short piece does not wait for a long one
    idleTimeout: 10_000,
  });

  function checkedOptions(raw: RawOptions): RequestOptions {
    const options = parseOptions(raw, randomInt(2 ** 32));
    const { model } = options.settings;
    if (!models.includes(model)) {
      throw new UserError('options.model', `model must be one of ${models.join(', ')}; you gave “${model}”.`);
    }
    return options;
  }

  async function render(
    request: CompositionRequest,
    source: RenderSource,
    { signal, maxFileBytes }: RenderOptions,
    { start, compose }: { readonly start: number; readonly compose: number },
  ): Promise<Composition> {
    const rendered = renderer.run(
      {
        request,
        source,
        ...(soundFont !== undefined && { soundFont }),
        ...(maxFileBytes !== undefined && { maxFileBytes }),
      },
      signal === undefined ? {} : { signal },
    );
    const { timingsMs, ...composition } = await rendered.catch((error: unknown) => {
      signal?.throwIfAborted(); // with its own reason, not the pool's
      throw error;
    });
    return {
      ...composition,
      request,
      timingsMs: { ...timingsMs, compose, total: performance.now() - start },
    };
  }

  return {
    openings: [...openings.keys()],
    models,

    readOpening: (bytes, name) => reader.opening(bytes, name),
    readPiece: (bytes, name) => reader.piece(bytes, name),
    readRecord: (bytes) => reader.recorded(bytes),

    request(raw: RawOptions, opening?: Opening): CompositionRequest {
      const { settings, openingName } = checkedOptions(raw);
      return {
        ...settings,
        opening: exactOpening(opening ?? chooseOpening(openings, settings.seed, openingName)),
        ...(opening === undefined && openingName === undefined && { openingBySeed: true }),
      };
    },

    continuation(raw: RawOptions, piece: Opening): CompositionRequest {
      const fixed = fixedByPiece.find((name) => raw[name] !== undefined);
      if (fixed !== undefined) {
        throw new UserError(
          `options.${fixed}`,
          `${fixed} cannot be chosen when I go on from a piece, which keeps its notes as they are; please leave it out.`,
        );
      }
      return { ...checkedOptions(raw).settings, opening: exactOpening(piece), continues: true };
    },

    async compose(request: CompositionRequest, options: ComposeOptions = {}): Promise<Composition> {
      const start = performance.now();
      const composed = await service.compose(request, options);
      const compose = performance.now() - start;
      options.onProgress?.({ stage: 'rendering' });
      return render(request, { composed }, options, { start, compose });
    },

    async restore(midi: Uint8Array, options: RenderOptions = {}): Promise<Composition> {
      const start = performance.now();
      const { request, piece, weights } = await reader.recorded(midi);
      return render(request, { piece, model: weights, midi }, options, { start, compose: 0 });
    },

    async close() {
      await Promise.all([service.close(), reader.close(), renderer.destroy()]);
    },
  };
}

/** So that a MIDI file can hold it exactly. */
function exactOpening(opening: Opening): Opening {
  const tempoBpm = statedTempo(opening.tempoBpm);
  return { ...opening, tempoBpm, notes: onTicks(opening.notes, tempoBpm) };
}
