import { isPianoAlone } from '../../src/music/piece.js';
import { changedFile, readRecorded } from '../../src/request/recorded-piece.js';
import { UserError } from '../../src/errors/user-error.js';
import type {
  ComposeOptions,
  Composition,
  KeptFiles,
  RestoreOptions,
  ShownComposition,
} from '../../src/compose/composition.js';
import type { RawOptions } from '../../src/request/options.js';
import { parseOptions, type RequestOptions } from '../../src/request/parse-options.js';
import type { FileReader, MusicServices, WrittenPiece } from '../../src/compose/music-services.js';
import type { RequestMaker } from '../../src/compose/requests.js';
import type { CompositionRequest } from '../../src/request/request.js';
import { fakeComposition } from './fake-composition.js';
import { goOnFrom, musicOf, startFrom } from '../compose/tasks.js';

/** A composition in progress, finished by the test. */
export interface Job {
  readonly request: CompositionRequest;
  readonly options: ComposeOptions;
  finish(composition?: Composition): void;
  fail(error: Error): void;
}

const builtIn = musicOf(fakeComposition().request.task);

/** Music services whose work is controlled by the test. */
export class FakeMusic implements Pick<MusicServices, 'requests' | 'composing' | 'reader' | 'restore'> {
  readonly jobs: Job[] = [];
  /** The kept files of each restored composition. */
  readonly kept: KeptFiles[] = [];
  #arrived: (() => void) | undefined;

  /** Seeds for requests without one, counting up. */
  #randomSeed = 7;

  /** The first job that the test has not seen yet, now or later. */
  async nextJob(): Promise<Job> {
    if (this.jobs.length === 0) await new Promise<void>((resolve) => (this.#arrived = resolve));
    return this.jobs.shift()!;
  }

  readonly reader: FileReader = {
    opening(bytes, name) {
      if (Buffer.from(bytes).toString('latin1', 0, 4) !== 'MThd') {
        return Promise.reject(new UserError('midi.not-midi'));
      }
      return Promise.resolve({ ...builtIn, title: name });
    },
    piece: (bytes, name) => this.reader.opening(bytes, name),
    async whole(bytes, name) {
      const { title } = await this.opening(bytes, name);
      const { piece } = fakeComposition();
      return { piece: { ...piece, title }, midi: bytes };
    },
    recorded: (bytes) => Promise.resolve().then(() => readRecorded(bytes)),
    changed: (bytes, change) => Promise.resolve().then(() => changedFile(bytes, change)),
  };

  /** Whether no further request can wait. */
  isFull = false;

  readonly composing: MusicServices['composing'];

  constructor() {
    const isFull = (): boolean => this.isFull;
    this.composing = {
      workers: undefined,
      get isFull() {
        return isFull();
      },
      close: () => Promise.resolve(),
      compose: (request, options = {}) => this.#compose(request, options),
    };
  }

  readonly requests: RequestMaker = {
    openings: new Map([
      ['bach-prelude', 'J. S. Bach, Prelude in C major'],
      ['beethoven-elise', 'L. van Beethoven, Für Elise'],
      ['mozart-sonata', 'W. A. Mozart, Sonata'],
    ]),
    start: (raw, opening) => {
      const { settings, openingName } = this.#parsed(raw);
      if (openingName !== undefined && !this.requests.openings.has(openingName)) {
        const choices = [...this.requests.openings.keys()];
        const problem = { problem: 'choice', option: 'opening', choices, given: openingName } as const;
        throw new UserError('options.opening', problem);
      }
      if (opening !== undefined) return { ...settings, task: startFrom(opening) };
      const named = { ...builtIn, name: openingName ?? 'bach-prelude' };
      return { ...settings, task: startFrom(named, openingName === undefined ? 'seed' : 'name') };
    },
    continue: (raw, piece) => ({ ...this.#parsed(raw).settings, task: goOnFrom(piece) }),
    song: (raw, task) => ({ ...this.#parsed(raw).settings, task }),
  };

  #parsed(raw: RawOptions): RequestOptions {
    return parseOptions({ model: 'lstm', ...raw }, this.#randomSeed++);
  }

  #compose(request: CompositionRequest, options: ComposeOptions): Promise<Composition> {
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', () =>
        reject(new DOMException('The operation was aborted', 'AbortError')),
      );
      this.jobs.push({
        request,
        options,
        finish: (composition = fakeComposition({ request })) => resolve(composition),
        fail: reject,
      });
      this.#arrived?.();
    });
  }

  restore(
    { midi, recorded: { request, piece } }: WrittenPiece,
    { kept = {} }: RestoreOptions = {},
  ): Promise<ShownComposition> {
    this.kept.push(kept);
    const made = fakeComposition({ request });
    const outputs = made.outputs.map((output) => ({
      ...output,
      bytes: kept[output.extension] ?? output.bytes,
    }));
    if (isPianoAlone(piece)) return Promise.resolve({ ...made, outputs });
    const whole = outputs.map((output) => (output.role === 'midi' ? { ...output, bytes: midi } : output));
    return Promise.resolve({ ...made, piece, outputs: whole });
  }
}
