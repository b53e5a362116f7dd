import { join } from 'node:path';
import { shippedModels, type ModelFolders } from '../model/model-store.js';
import { ModelService } from './service/model-service.js';
import type { CompositionRequest } from '../request/request.js';
import type { Composition, ComposeOptions } from './composition.js';
import type { Renderer } from './renderer.js';

/** Composes requests, in this process or on other machines. */
export interface CompositionService {
  /** Number of live workers; undefined where this process composes itself. */
  readonly workers: number | undefined;
  /** Whether the queue is full, so that new requests are refused. */
  readonly isFull: boolean;
  /**
   * Composes, writes, validates, renders and draws a piece.
   * @throws UserError when the queue is full; the signal's reason when it is aborted.
   */
  compose(request: CompositionRequest, options?: ComposeOptions): Promise<Composition>;
  /** Rejects requests that are still running. */
  close(): Promise<void>;
}

/** The model folders inside a data folder. */
export function modelFoldersIn(dataFolder: string): Required<ModelFolders> {
  return { shared: [join(dataFolder, 'models'), shippedModels], servers: join(dataFolder, 'servers') };
}

/** Pieces composed in one batch. More would make each wait longer without finishing sooner. */
export const batchSize = 4;

/** Composes in threads of this process. */
export class LocalCompositionService implements CompositionService {
  readonly workers = undefined;
  readonly #service: ModelService;
  readonly #renderer: Renderer;

  /**
   * @param queueLimit maximum number of waiting requests
   * @param renderer closed by its owner, not by this service
   * @param onLost called with the reason whenever the composing thread is replaced
   */
  constructor(
    modelFolders: ModelFolders,
    queueLimit: number,
    renderer: Renderer,
    onLost?: (cause: unknown) => void,
  ) {
    this.#service = new ModelService({ modelFolders, workers: 1, batchSize, queueLimit, onLost });
    this.#renderer = renderer;
  }

  get isFull(): boolean {
    return this.#service.isFull;
  }

  async compose(request: CompositionRequest, options: ComposeOptions = {}): Promise<Composition> {
    const start = performance.now();
    const composed = await this.#service.compose(request, options);
    const compose = performance.now() - start;
    options.onProgress?.({ stage: 'rendering' });
    const { timingsMs, ...rendered } = await this.#renderer.run('render', { request, composed }, options);
    const { insteadOf } = composed;
    return {
      ...rendered,
      request,
      ...(insteadOf !== undefined && { insteadOf }),
      timingsMs: { ...timingsMs, compose, total: performance.now() - start },
    };
  }

  close(): Promise<void> {
    return this.#service.close();
  }
}
