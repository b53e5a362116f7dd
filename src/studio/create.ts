import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { Piscina } from 'piscina';
import { listModels, shippedModels } from '../model/model-store.js';
import { ModelService } from '../model/service/model-service.js';
import type { CompositionRequest, Opening } from '../music/request.js';
import { UserError } from '../music/user-error.js';
import { checkSoundFont } from '../render/sound-font.js';
import type { Composition, ComposeOptions } from './composition.js';
import { OpeningReader } from './opening-reader.js';
import { chooseOpening, loadOpenings } from './openings.js';
import { parseOptions, type RawOptions } from './options.js';
import type { Rendered, RenderTask } from './render-worker.js';
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

  const service = new ModelService({ modelFolders, workers: 1, together, queueLimit: config.queueLimit });
  const reader = new OpeningReader();
  const renderer = new Piscina<RenderTask, Rendered>({
    filename: new URL('./render-worker.js', import.meta.url).href,
    name: 'render',
    minThreads: 1,
    maxThreads: 2, // a short piece does not wait for a long one
    idleTimeout: 10_000,
  });

  return {
    openings: [...openings.keys()],
    models,

    readOpening: (bytes, name) => reader.read(bytes, name),

    request(raw: RawOptions, opening?: Opening): CompositionRequest {
      const { settings, openingName } = parseOptions(raw, randomInt(2 ** 32));
      if (!models.includes(settings.model)) {
        throw new UserError(
          'options.model',
          `model must be one of ${models.join(', ')}; you gave “${settings.model}”.`,
        );
      }
      return { ...settings, opening: opening ?? chooseOpening(openings, settings.seed, openingName) };
    },

    async compose(request: CompositionRequest, options: ComposeOptions = {}): Promise<Composition> {
      const { signal, onProgress, maxFileBytes } = options;
      const start = performance.now();
      const composed = await service.compose(request, options);
      const composedAt = performance.now();
      onProgress?.({ stage: 'rendering' });
      const rendered = renderer.run(
        {
          request,
          composed,
          ...(soundFont !== undefined && { soundFont }),
          ...(maxFileBytes !== undefined && { maxFileBytes }),
        },
        signal === undefined ? {} : { signal },
      );
      const { timingsMs, ...composition } = await rendered.catch((error: unknown) => {
        signal?.throwIfAborted(); // with its own reason, not the pool's
        throw error;
      });
      const total = performance.now() - start;
      return { ...composition, request, timingsMs: { ...timingsMs, compose: composedAt - start, total } };
    },

    async close() {
      await Promise.all([service.close(), reader.close(), renderer.destroy()]);
    },
  };
}
