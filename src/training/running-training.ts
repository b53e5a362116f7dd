import { Worker } from 'node:worker_threads';
import { UserError } from '../errors/user-error.js';
import type { CurveWords } from '../render/picture-words.js';
import type { Composition } from '../compose/composition.js';
import { pointsOf, type CurvePoint } from '../model/losses.js';
import { diskFailure, diskFull, isDiskFull } from '../storage/disk-failure.js';
import type { StoredLibrary } from '../model/model-library.js';
import type { Trainer } from '../model/trainer.js';
import type { TrainableKind } from '../request/networks.js';
import type { CurveTask } from '../compose/render-worker.js';
import { sum } from '../music/numbers.js';
import type { StoredJson } from '../storage/stored-json.js';
import { heapLimits } from '../threads/heap-limits.js';
import { readJob, removeJob, type JobState, type TrainingJob } from './training-job.js';
import type { FromTrainer, ToTrainer, TrainerData } from './training-messages.js';
import type { RefusedFile, Training, TrainingOutcome, TrainingProgress } from './trainings.js';

/** Dependencies of a training. */
export interface TrainingTools {
  /** The folder of the job. */
  readonly folder: string;
  readonly library: StoredLibrary;
  readonly drawCurve: (task: CurveTask) => Promise<Uint8Array>;
  /** Text in the curve that is stored with a model. */
  readonly curveWords: (model: string) => CurveWords;
  /** Composes a short piece with one of the server's models, always from the same opening and seed. */
  readonly sample: (server: string, model: string) => Promise<Composition>;
  /** Module that the thread runs. */
  readonly program?: URL;
}

type Done = Extract<FromTrainer, { type: 'done' }>;

/** Enough for any accepted music: large arrays are outside the heap. */
const maxHeapMebibytes = 256;

/** One training in a thread, from the job on disk to its outcome. */
export class RunningTraining implements Training {
  readonly id: string;
  readonly server: string;
  readonly name: string;
  readonly kind: TrainableKind;
  readonly refused: readonly RefusedFile[];
  readonly trainingWindows: number;
  readonly validationWindows: number;
  readonly resumed: boolean;
  readonly outcome: Promise<TrainingOutcome>;
  readonly #state: StoredJson<JobState>;
  readonly #tools: TrainingTools;
  #settle!: {
    readonly resolve: (outcome: TrainingOutcome) => void;
    readonly reject: (error: Error) => void;
  };
  #memo: string;
  #progress: TrainingProgress | undefined;
  #modelCurve: readonly CurvePoint[] | undefined;
  #worker: Worker | undefined;
  /** Node can end the whole process when a thread is terminated during its imports. */
  #loaded: Promise<void> = Promise.resolve();
  #interrupted = false;

  constructor(
    job: TrainingJob,
    trainer: Trainer,
    state: StoredJson<JobState>,
    memo: string,
    resumed: boolean,
    tools: TrainingTools,
  ) {
    this.id = job.id;
    this.server = job.server;
    this.name = job.name;
    this.kind = job.kind;
    this.refused = job.refused;
    this.trainingWindows = windowsIn(job.training, trainer);
    this.validationWindows = windowsIn(job.validation, trainer);
    this.resumed = resumed;
    this.#state = state;
    this.#memo = memo;
    this.#tools = tools;
    this.outcome = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.outcome.catch(() => undefined); // a rejection is handled even if nobody awaits it
  }

  get memo(): string {
    return this.#memo;
  }

  get progress(): TrainingProgress | undefined {
    return this.#progress;
  }

  /** Starts or resumes; failures reject the {@link outcome}. */
  async start(job: TrainingJob): Promise<void> {
    try {
      const { cancelled } = await this.#state.update((state) => ({
        ...state,
        memo: this.#memo,
        starts: state.starts + 1,
      }));
      const done = this.#train();
      if (cancelled) this.#tell({ type: 'stop' });
      done
        .then((result) => this.#finish(job, result))
        .then(this.#settle.resolve, (error: unknown) => this.#fail(error));
    } catch (error) {
      await this.#fail(error);
    }
  }

  drawCurve(words: CurveWords): Promise<Uint8Array> {
    const curve = this.#modelCurve ?? this.#progress?.curve ?? [];
    return this.#tools.drawCurve({ points: pointsOf(this.kind, curve), words });
  }

  async remember(memo: string): Promise<void> {
    this.#memo = memo;
    await this.#state.update((state) => ({ ...state, memo })).catch(diskFailure);
  }

  cancel(): void {
    // If this is not written to disk, the training merely continues after a restart.
    this.#state.update((state) => ({ ...state, cancelled: true })).catch(() => undefined);
    this.#tell({ type: 'stop' });
  }

  /** Terminates the thread; the job stays on disk, and this start does not count as a crash. */
  async interrupt(): Promise<void> {
    this.#interrupted = true;
    await this.#loaded;
    await this.#worker?.terminate();
    await this.#state
      .update((state) => ({ ...state, starts: Math.max(0, state.starts - 1) }))
      .catch(() => undefined); // if the disk is full, it counts as a crash
    this.#settle.reject(new UserError('training.interrupted'));
  }

  async told(): Promise<void> {
    const { folder } = this.#tools;
    const job = await readJob(folder);
    // A new job may already have replaced it, and an interrupted one continues after a restart.
    if (job?.id === this.id && !this.#interrupted) await removeJob(folder);
  }

  /** Ends the training without another attempt. */
  async giveUp(): Promise<void> {
    await this.#fail(new Error('It was begun too often.'));
  }

  #train(): Promise<Done> {
    const { folder, library, program, curveWords } = this.#tools;
    const workerData: TrainerData = {
      folder,
      modelFolder: library.folderFor(this.server, this.name),
      words: curveWords(this.name),
    };
    return new Promise((resolve, reject) => {
      const worker = new Worker(program ?? new URL('./training-worker.js', import.meta.url), {
        workerData,
        name: 'training',
        resourceLimits: heapLimits(maxHeapMebibytes),
      });
      this.#worker = worker;
      this.#loaded = new Promise((loaded) => {
        worker.once('message', () => loaded());
        worker.once('exit', () => loaded());
      });
      worker.on('message', (message: FromTrainer) => {
        if (message.type === 'loaded') return;
        if (message.type === 'progress') this.#progress = message.progress;
        else if (message.type === 'done') resolve(message);
        else reject(Object.assign(new Error(message.message), { code: message.code }));
      });
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`The thread ended with code ${code}.`)));
    });
  }

  async #finish(job: TrainingJob, { ended, losses, parentLosses }: Done): Promise<TrainingOutcome> {
    const { library } = this.#tools;
    await library.add(this.server);
    const model = await library.show(this.server, this.name);
    const samples = await this.#samples([job.parent, this.name]);
    if (this.#interrupted) throw new Error('interrupted');
    this.#modelCurve = model.curve;
    return { ended, model, losses, parentLosses, samples };
  }

  /** Omits models that cannot compose now: the parent may be deleted, or the queue full. */
  async #samples(models: readonly string[]): Promise<TrainingOutcome['samples']> {
    const samples: TrainingOutcome['samples'][number][] = [];
    for (const model of models) {
      try {
        samples.push({ model, composition: await this.#tools.sample(this.server, model) });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
      }
    }
    return samples;
  }

  /** Models are unchanged: they are written atomically. */
  async #fail(error: unknown): Promise<void> {
    if (this.#interrupted) return;
    await this.#tools.library.add(this.server).catch(() => undefined);
    this.#settle.reject(
      isDiskFull(error) ? diskFull(error) : new UserError('training.failed', { cause: error }),
    );
  }

  #tell(message: ToTrainer): void {
    this.#worker?.postMessage(message);
  }
}

function windowsIn(pieces: readonly { readonly notes: number }[], { windows }: Trainer): number {
  return sum(pieces.map(({ notes }) => windows(notes)));
}
