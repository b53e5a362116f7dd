import { fakeComposition } from '../fake-composition.js';
import { UserError } from '../../../src/errors/user-error.js';
import type { CurveWords } from '../../../src/render/picture-words.js';
import type { ModelDetails } from '../../../src/model/model-library.js';
import type {
  RefusedFile,
  Training,
  TrainingOutcome,
  TrainingProgress,
  TrainingRequest,
  Trainings,
} from '../../../src/training/trainings.js';

const losses = { pitch: 3, step: 0.1, duration: 0.2 };
const parentLosses = { pitch: 3.2, step: 0.11, duration: 0.23 };

/** A training controlled by the test. */
export class FakeTraining implements Training {
  readonly server: string;
  readonly name: string;
  readonly kind = 'lstm';
  readonly trainingWindows = 12_345;
  readonly validationWindows = 1371;
  readonly outcome: Promise<TrainingOutcome>;
  progress: TrainingProgress | undefined;
  memo: string;
  cancelled = false;
  isTold = false;
  /** Number of times the curve was drawn. */
  drawings = 0;
  /** Words of the last drawing. */
  words: CurveWords | undefined;
  #settle!: { resolve(outcome: TrainingOutcome): void; reject(error: Error): void };

  constructor(
    readonly id: string,
    readonly request: Pick<TrainingRequest, 'server' | 'name' | 'memo' | 'parent'>,
    readonly refused: readonly RefusedFile[] = [],
    readonly resumed = false,
  ) {
    this.server = request.server;
    this.name = request.name;
    this.memo = request.memo;
    this.outcome = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
  }

  /** @param points number of validations so far */
  advance(done: number, points = 0): void {
    const validation = { pitch: 3.1, step: 0.1, duration: 0.2 };
    this.progress = {
      epoch: Math.floor(done * 10),
      epochs: 10,
      done,
      loss: 0.5 - done / 10,
      secondsLeft: Math.round(200 * (1 - done)),
      curve: Array.from({ length: points }, (_, i) => ({
        ...{ step: (i + 1) * 100, epoch: i + 1, trainingLoss: 0.5, validation },
      })),
    };
  }

  finish(differences: Partial<TrainingOutcome> = {}): void {
    this.#settle.resolve({ ...fakeOutcome(this.request.parent, this.name), ...differences });
  }

  fail(error: Error): void {
    this.#settle.reject(error);
  }

  drawCurve(words: CurveWords): Promise<Uint8Array> {
    this.drawings += 1;
    this.words = words;
    return Promise.resolve(Buffer.from('\x89PNG', 'latin1'));
  }

  remember(memo: string): Promise<void> {
    this.memo = memo;
    return Promise.resolve();
  }

  cancel(): void {
    this.cancelled = true;
  }

  told(): Promise<void> {
    this.isTold = true;
    return Promise.resolve();
  }
}

/** Trainings controlled by the test. */
export class FakeTrainings implements Trainings {
  folderFiles = 0;
  /** Files that every training skips. */
  refused: readonly RefusedFile[] = [];
  /** The error for the next request. */
  refusal: Error | undefined;
  readonly requests: TrainingRequest[] = [];
  current: FakeTraining | undefined;
  #interrupted: FakeTraining | undefined;

  begin(request: TrainingRequest): Promise<FakeTraining> {
    if (this.refusal !== undefined) return Promise.reject(this.refusal);
    if (this.current !== undefined) {
      return Promise.reject(new UserError('training.busy'));
    }
    this.requests.push(request);
    return Promise.resolve(this.#run(new FakeTraining(`t${this.requests.length}`, request, this.refused)));
  }

  /** Simulates that the process ended while this training ran. */
  willResume(request: FakeTraining['request']): void {
    this.#interrupted = new FakeTraining('t1', request, this.refused, true);
  }

  resume(): Promise<FakeTraining | undefined> {
    return Promise.resolve(this.#interrupted && this.#run(this.#interrupted));
  }

  #run(training: FakeTraining): FakeTraining {
    this.current = training;
    const end = (): void => (this.current = undefined);
    training.outcome.then(end, end);
    return training;
  }
}

function fakeOutcome(parent: string, name: string): TrainingOutcome {
  return {
    ended: 'finished',
    model: fakeDetails(name),
    losses,
    parentLosses,
    samples: [parent, name].map((model) => ({ model, composition: fakeComposition() })),
  };
}

export function fakeDetails(name: string, differences: Partial<ModelDetails> = {}): ModelDetails {
  return { name, id: `${name}@1a2b3c4d`, kind: 'lstm', origin: 'server', current: false, ...differences };
}
