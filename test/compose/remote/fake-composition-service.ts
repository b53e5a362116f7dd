import type { CompositionRequest } from '../../../src/request/request.js';
import type { Composition, ComposeOptions } from '../../../src/compose/composition.js';
import type { CompositionService } from '../../../src/compose/composition-service.js';
import { fakeComposition } from '../../bot/fake-composition.js';

/** A piece that the test finishes, except for seed 0, which is finished at once. */
export interface Piece {
  readonly seed: number;
  readonly options: ComposeOptions;
  readonly finish: () => void;
  readonly fail: (error: Error) => void;
}

/** Does not compose; the test decides when a piece is finished. */
export class FakeCompositionService implements CompositionService {
  readonly workers = undefined;
  readonly isFull = false;
  /** Seeds in the order in which composing started. */
  readonly begun: number[] = [];
  readonly #pieces = new Map<number, Piece>();
  readonly #waiting = new Map<number, (piece: Piece) => void>();

  /** Resolves once it is being composed. */
  piece(seed: number): Promise<Piece> {
    const piece = this.#pieces.get(seed);
    if (piece !== undefined) return Promise.resolve(piece);
    return new Promise((resolve) => this.#waiting.set(seed, resolve));
  }

  compose(request: CompositionRequest, options: ComposeOptions = {}): Promise<Composition> {
    const { seed } = request;
    this.begun.push(seed);
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', () => reject(options.signal!.reason as Error));
      const finish = (): void => resolve(fakeComposition({ request: { ...request, model: 'lstm' } }));
      const piece = { seed, options, finish, fail: reject };
      this.#pieces.set(seed, piece);
      this.#waiting.get(seed)?.(piece);
      if (seed === 0) finish();
    });
  }

  async close(): Promise<void> {
    // Nothing is running.
  }
}
