import { join } from 'node:path';
import { shippedModels, type ModelFolders } from '../model/model-store.js';
import { ModelService } from './service/model-service.js';
import type { CompositionRequest } from '../request/request.js';
import type { Composition, ComposeOptions } from './composition.js';
import type { Renderer } from './renderer.js';

/** Where requests become compositions: in this process, or on other machines. */
export interface CompositionService {
  /** Workers elsewhere that are heard of; undefined where this process composes itself. */
  readonly workers: number | undefined;
  /** The queue is full: new requests are refused. */
  readonly isFull: boolean;
  /**
   * Composes, writes, checks, renders and draws a piece.
   * @throws UserError when the queue is full; the signal's reason when it is aborted.
   */
  compose(request: CompositionRequest, options?: ComposeOptions): Promise<Composition>;
  /** Requests still running are rejected. */
  close(): Promise<void>;
}

/** Where the models lie of those who keep their data in this folder. */
export function modelFoldersIn(dataFolder: string): Required<ModelFolders> {
  return { shared: [join(dataFolder, 'models'), shippedModels], servers: join(dataFolder, 'servers') };
}

/** Pieces composed side by side. More would make each wait longer without finishing sooner. */
export const batchSize = 4;

/** Composes in threads of this process. */
export class LocalCompositionService implements CompositionService {
  readonly workers = undefined;
  readonly #service: ModelService;
  readonly #renderer: Renderer;

  /**
   * @param queueLimit requests that may wait
   * @param renderer stays its owner's to close
   * @param firstModel name of the model that most requests will be for
   * @param onLost is told why whenever the thread that composes was replaced
   */
  constructor(
    modelFolders: ModelFolders,
    queueLimit: number,
    renderer: Renderer,
    firstModel?: string,
    onLost?: (cause: unknown) => void,
  ) {
    this.#service = new ModelService({ modelFolders, firstModel, workers: 1, batchSize, queueLimit, onLost });
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
