import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CorpusFile, TrainingMusic } from '../model/corpus.js';
import { temporarySuffix, writeFolder } from '../storage/durable.js';
import { modelFile, weightsFile, type ModelFiles } from '../model/model-files.js';
import { sha256 } from '../model/model-manifest.js';
import { kindOf } from '../model/registry.js';
import { packSequences, unpackSequences } from '../model/sequence.js';
import { isTrainable, type TrainableKind } from '../request/networks.js';
import type { Refusal } from '../errors/user-error.js';
import { StoredJson } from '../storage/stored-json.js';

const jobFile = 'job.json';
const musicFile = 'music.bin';
const stateFile = 'state.json';

const text = z.string();
const refusalSchema = z.object({
  code: text,
  details: z.object({}).loose(),
}) as unknown as z.ZodType<Refusal>;
/** Earlier versions wrote the reason as text, too, or only as text. */
const refusedSchema = z
  .object({ name: text, refusal: refusalSchema.exactOptional(), reason: text.exactOptional() })
  .transform(({ name, reason = '', refusal = { code: 'version.other', details: { sentence: reason } } }) => ({
    name,
    refusal,
  }));
const piecesSchema = z.array(z.object({ name: text, notes: z.number().int().positive() }));
const jobSchema = z.object({
  version: z.literal(1),
  id: text,
  server: text,
  name: text,
  /** Name and id of the model to start from. */
  parent: text,
  parentId: text,
  epochs: z.number(),
  rate: z.number(),
  /** Seed of all random choices. */
  seed: z.number(),
  data: z.array(z.object({ name: text, sha256: text })),
  refused: z.array(refusedSchema),
  training: piecesSchema,
  validation: piecesSchema,
  sha256: z.record(text, text),
});

/**
 * A training as stored on disk until it ends, so that it survives a restart: the request, the notes to train
 * on (not the files they came from), and the parent's weights, in case the parent is deleted. `checkpoints`
 * are in the same folder.
 */
export type TrainingJob = z.infer<typeof jobSchema> & {
  /** Of the parent, whose `model.json` says it. */
  readonly kind: TrainableKind;
};

const stateSchema = z.object({
  version: z.literal(1),
  memo: text,
  cancelled: z.boolean(),
  /** Number of starts; a job that crashes the process each time must not be restarted forever. */
  starts: z.number(),
});

/** The part of a job that changes while it is running. */
export type JobState = z.infer<typeof stateSchema>;

/** The files of the model to start from. */
type ParentFiles = Pick<ModelFiles, 'json' | 'weights'>;

export interface JobMaterial {
  readonly music: TrainingMusic;
  readonly parent: ParentFiles;
}

/** Writes a new job, replacing any other. */
export async function writeJob(
  folder: string,
  job: Omit<TrainingJob, 'version' | 'training' | 'validation' | 'sha256'>,
  { training, validation }: TrainingMusic,
  { json, weights }: ParentFiles,
): Promise<TrainingJob> {
  const files: Record<string, Uint8Array> = {
    [modelFile]: Buffer.from(json),
    [weightsFile]: weights,
    [musicFile]: packSequences([...training, ...validation].map(({ sequence }) => sequence)),
  };
  const lengths = (pieces: readonly CorpusFile[]): { name: string; notes: number }[] =>
    pieces.map(({ name, sequence }) => ({ name, notes: sequence.pitch.length }));
  const { kind, ...request } = job;
  const whole: z.infer<typeof jobSchema> = {
    version: 1,
    ...request,
    training: lengths(training),
    validation: lengths(validation),
    sha256: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, sha256(bytes)])),
  };
  await mkdir(join(folder, '..'), { recursive: true });
  await writeFolder(folder, { ...files, [jobFile]: Buffer.from(JSON.stringify(whole)) });
  return { ...whole, kind };
}

/**
 * The job in this folder; undefined if there is none.
 * @throws Error when it is damaged.
 */
export async function readJob(folder: string): Promise<TrainingJob | undefined> {
  const json = await readFile(join(folder, jobFile), 'utf8').catch(ignoreMissing);
  if (json === undefined) return undefined;
  const kind = kindOf(await readFile(join(folder, modelFile), 'utf8'));
  if (!isTrainable(kind)) throw new Error(`A ${kind} cannot be trained.`);
  return { ...jobSchema.parse(JSON.parse(json)), kind };
}

/** @throws Error when it is damaged. */
export async function readMaterial(folder: string, job: TrainingJob): Promise<JobMaterial> {
  const read = async (name: string): Promise<Buffer> => {
    const bytes = await readFile(join(folder, name));
    if (job.sha256[name] !== sha256(bytes)) throw new Error(`${name} is not as it was written.`);
    return bytes;
  };
  const [model, weights, music] = await Promise.all([modelFile, weightsFile, musicFile].map(read));
  const pieces = [...job.training, ...job.validation];
  const sequences = unpackSequences(
    music!,
    pieces.map(({ notes }) => notes),
  );
  const files = pieces.map(({ name }, i): CorpusFile => ({ name, sequence: sequences[i]! }));
  return {
    music: {
      training: files.slice(0, job.training.length),
      validation: files.slice(job.training.length),
    },
    parent: { json: model!.toString('utf8'), weights: weights! },
  };
}

export function jobState(folder: string, memo: string): StoredJson<JobState> {
  const initial: JobState = { version: 1, memo, cancelled: false, starts: 0 };
  return new StoredJson(join(folder, stateFile), (json) => stateSchema.parse(json), initial);
}

/** Deletes the job, even an incomplete one. */
export async function removeJob(folder: string): Promise<void> {
  for (const path of [folder, `${folder}${temporarySuffix}`])
    await rm(path, { recursive: true, force: true });
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
