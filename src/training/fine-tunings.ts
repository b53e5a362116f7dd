import { createHash, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random, shuffle } from '../model/random.js';
import { trainerOf } from '../model/registry.js';
import { isTrainable, registry, type TrainableKind } from '../request/networks.js';
import { UserError, type UserErrors } from '../errors/user-error.js';
import { diskFailure } from '../storage/disk-failure.js';
import type { TrainingMusicReader } from './training-music-reader.js';
import { RunningTraining, type TrainingTools } from './running-training.js';
import { jobState, readJob, removeJob, writeJob, type TrainingJob } from './training-job.js';
import type {
  NamedFile,
  RefusedFile,
  Training,
  TrainingMusic,
  TrainingRequest,
  Trainings,
} from './trainings.js';

export interface FineTuningsOptions extends TrainingTools {
  readonly reader: TrainingMusicReader;
  /** The operator's music and the MIDI files in it. */
  readonly music?: { readonly folder: string; readonly names: readonly string[] };
}

/** A job that has crashed the process this often is abandoned. */
const maxStarts = 3;

/** Fine-tuning, one training at a time per process, so that composing keeps a core. */
export class FineTunings implements Trainings {
  readonly #options: FineTuningsOptions;
  #preparing = false;
  #current: RunningTraining | undefined;

  constructor(options: FineTuningsOptions) {
    this.#options = options;
  }

  get current(): Training | undefined {
    return this.#current;
  }

  get folderFiles(): number {
    return this.#options.music?.names.length ?? 0;
  }

  async begin(request: TrainingRequest, signal?: AbortSignal): Promise<Training> {
    return this.#alone(async () => {
      const { folder } = this.#options;
      const job = await this.#prepare(request, signal);
      const trainer = await trainerOf(job.kind);
      const state = jobState(folder, request.memo);
      return this.#start(job, new RunningTraining(job, trainer, state, request.memo, false, this.#options));
    });
  }

  async resume(): Promise<Training | undefined> {
    return this.#alone(async () => {
      const { folder } = this.#options;
      const job = await readJob(folder).catch(async (error: unknown) => {
        await removeJob(folder);
        throw new UserError('training.lost', { cause: error });
      });
      if (job === undefined) {
        await removeJob(folder); // remains of a job that never began
        return undefined;
      }
      const state = jobState(folder, '');
      const { memo, starts } = await state.read();
      const training = new RunningTraining(job, await trainerOf(job.kind), state, memo, true, this.#options);
      if (starts < maxStarts) return this.#start(job, training);
      await training.giveUp();
      return training;
    });
  }

  /** Terminates the threads; the training continues at the next start of the process. */
  async close(): Promise<void> {
    await this.#current?.interrupt();
    await this.#options.reader.close();
  }

  /** @throws UserError while a training is running or being prepared. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#preparing || this.#current !== undefined) {
      const secondsLeft = this.#current?.progress?.secondsLeft;
      throw new UserError('training.busy', { ...(secondsLeft !== undefined && { secondsLeft }) });
    }
    this.#preparing = true;
    try {
      return await work();
    } finally {
      this.#preparing = false;
    }
  }

  async #start(job: TrainingJob, training: RunningTraining): Promise<Training> {
    this.#current = training;
    const over = (): void => (this.#current = undefined);
    training.outcome.then(over, over);
    await training.start(job);
    return training;
  }

  /** @throws UserError for anything wrong with the request, before anything is written to disk. */
  async #prepare(request: TrainingRequest, signal?: AbortSignal): Promise<TrainingJob> {
    const { folder, library, reader } = this.#options;
    const { server, name, parent } = request;
    library.checkNew(server, name);
    const { kind, id: parentId } = await library.load(server, parent);
    if (!isTrainable(kind)) {
      throw new UserError('training.kind', { name: parent });
    }
    const trainer = await trainerOf(kind);
    const epochs = settingOf(kind, 'epochs', request.epochs);
    const rate = settingOf(kind, 'rate', request.rate);
    const seed = seedOf(`${server}/${name}`);
    const { pieces, data, refused } = await reader.read(this.#files(request.music, seed), signal);
    if (pieces.length === 0 && refused.length > 0) {
      throw new UserError('training.nothing-read', { skipped: refused.slice(0, mostSkipped) });
    }
    const split = orSkipped(refused, () => trainer.split(pieces, seed));
    signal?.throwIfAborted();
    await removeJob(folder);
    return writeJob(
      folder,
      {
        id: randomUUID(),
        server,
        name,
        parent,
        parentId,
        kind,
        epochs,
        rate,
        seed,
        data: [...data],
        refused: [...refused],
      },
      split,
      await library.files(server, parent),
    ).catch(async (error: unknown) => {
      await removeJob(folder);
      return diskFailure(error);
    });
  }

  #files(music: TrainingMusic, seed: number): AsyncIterable<NamedFile> | Iterable<NamedFile> {
    if (music.kind === 'files') return music.files;
    const { folder, names } = this.#options.music ?? { folder: '', names: [] };
    if (names.length === 0) {
      throw new UserError('training.no-folder');
    }
    if (!(music.count >= 1 && music.count <= names.length)) {
      throw new UserError('training.folder-files', { files: names.length });
    }
    return filesOf(folder, chosen(names, music.count, seed));
  }
}

/** @throws UserError when it is not within the limits for this kind of network */
function settingOf(kind: TrainableKind, name: 'epochs' | 'rate', given: number | undefined): number {
  const { min, max, default: usual } = registry[kind].training[name];
  const value = given ?? usual;
  if (value >= min && value <= max && (name === 'rate' || Number.isInteger(value))) return value;
  throw new UserError(`training.${name}`, { min, max, given: value });
}

const mostSkipped = 3;

/** @throws UserError that was thrown; if there was too little music, with the skipped files */
function orSkipped<T>(refused: readonly RefusedFile[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    const isTooLittle = error instanceof UserError && error.code === 'training.too-little-music';
    if (!isTooLittle || refused.length === 0) throw error;
    const details = error.details as UserErrors['training.too-little-music'];
    throw new UserError('training.too-little-music', { ...details, skipped: refused.slice(0, mostSkipped) });
  }
}

/** Derived from the name, so that the same name chooses the same music again. */
function seedOf(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32LE(0);
}

function chosen(names: readonly string[], count: number, seed: number): string[] {
  const order = Uint32Array.from(names.keys());
  shuffle(order, new Random(seed));
  return [...order.subarray(0, count)].map((i) => names[i]!).sort();
}

async function* filesOf(folder: string, names: readonly string[]): AsyncGenerator<NamedFile, void, void> {
  for (const name of names) yield { name, bytes: await readFile(join(folder, name)) };
}
