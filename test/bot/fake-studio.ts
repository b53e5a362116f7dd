import type { Opening } from '../../src/music/request.js';
import { UserError } from '../../src/music/user-error.js';
import type { ComposeOptions, Composition } from '../../src/studio/composition.js';
import { parseOptions, type RawOptions } from '../../src/studio/options.js';
import type { Studio } from '../../src/studio/studio.js';
import type { CompositionRequest } from '../../src/music/request.js';
import { fakeComposition } from './fake-composition.js';

/** A composition under way, ended by the test. */
export interface Job {
  readonly request: CompositionRequest;
  readonly options: ComposeOptions;
  finish(composition?: Composition): void;
  fail(error: Error): void;
}

/** A studio whose work goes on and ends when the test says so. */
export class FakeStudio implements Studio {
  readonly openings = ['bach-prelude', 'chopin-nocturne', 'mozart-sonata'];
  readonly models = ['lstm', 'lstm-small'];
  readonly jobs: Job[] = [];
  #arrived: (() => void) | undefined;

  /** The first job that the test has not seen yet, now or later. */
  async nextJob(): Promise<Job> {
    if (this.jobs.length === 0) await new Promise<void>((resolve) => (this.#arrived = resolve));
    return this.jobs.shift()!;
  }

  readOpening(bytes: Uint8Array, name: string): Promise<Opening> {
    if (Buffer.from(bytes).toString('latin1', 0, 4) !== 'MThd') {
      return Promise.reject(new UserError('midi.not-midi', 'This is not a MIDI file; send a .mid file.'));
    }
    return Promise.resolve({ ...fakeComposition().request.opening, title: name });
  }

  request(raw: RawOptions, opening: Opening = fakeComposition().request.opening): CompositionRequest {
    return { ...parseOptions(raw, 7).settings, opening };
  }

  compose(request: CompositionRequest, options: ComposeOptions = {}): Promise<Composition> {
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', () =>
        reject(new DOMException('The operation was aborted', 'AbortError')),
      );
      this.jobs.push({
        request,
        options,
        finish: (composition = fakeComposition()) => resolve(composition),
        fail: reject,
      });
      this.#arrived?.();
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
