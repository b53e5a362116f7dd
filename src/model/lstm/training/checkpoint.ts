import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Parameters } from '../architecture.js';
import { temporarySuffix, writeFolder } from '../../../storage/durable.js';
import { decodeLayersModel, encodeLayersModel } from '../layers-model.js';
import { modelFile, weightsFile } from '../../model-files.js';
import type { TrainingState } from './training.js';

/**
 * Checkpoints of a training: folders `step-000123`, each a LayersModel (the weights at that step) with its
 * best weights, Adam's moments and the learning curve. A folder is written under a temporary name, synced to
 * disk and then renamed, so that a folder with such a name is always complete, whenever the process is
 * killed; checksums detect other damage. A checkpoint that was about to be replaced is also valid.
 */
const folderName = /^step-\d+(\.replaced)?$/;
const stateFile = 'state.json';
const stateArrays = ['best', 'm', 'v'] as const;

type ArrayName = (typeof stateArrays)[number];

interface StateJson extends Omit<TrainingState, 'parameters' | 'optimiser' | 'best' | 'bestLoss'> {
  readonly optimiserSteps: number;
  /** Null before the first validation (JSON cannot represent infinity). */
  readonly bestLoss: number | null;
  /** Identifies the training; must be equal to resume. */
  readonly subject: string;
  readonly sha256: Readonly<Record<string, string>>;
}

/** Writes a checkpoint below `folder` and deletes the older ones. */
export async function saveCheckpoint(
  folder: string,
  state: TrainingState,
  subject: string,
  topology: unknown,
): Promise<void> {
  const { parameters, optimiser, best, bestLoss, ...rest } = state;
  const { model, weights } = encodeLayersModel(parameters, topology, {});
  const arrays: Record<ArrayName, Parameters> = { best, m: optimiser.m, v: optimiser.v };
  const files: Record<string, Uint8Array> = { [modelFile]: Buffer.from(model), [weightsFile]: weights };
  for (const name of stateArrays) {
    files[`${name}.bin`] = encodeLayersModel(arrays[name], topology, {}).weights;
  }
  const json: StateJson = {
    ...rest,
    optimiserSteps: optimiser.steps,
    bestLoss: Number.isFinite(bestLoss) ? bestLoss : null,
    subject,
    sha256: Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, sha256(bytes)])),
  };
  files[stateFile] = Buffer.from(JSON.stringify(json));

  const name = `step-${String(state.step).padStart(9, '0')}`;
  await writeFolder(join(folder, name), files);
  for (const other of await readdir(folder)) {
    if (other !== name && (folderName.test(other) || other.endsWith(temporarySuffix))) {
      await rm(join(folder, other), { recursive: true });
    }
  }
}

/**
 * The newest complete checkpoint below `folder`; undefined if there is none.
 * @throws CheckpointMismatch when it belongs to another training.
 */
export async function loadCheckpoint(folder: string, subject: string): Promise<TrainingState | undefined> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names
    .filter((n) => folderName.test(n))
    .sort()
    .reverse()) {
    const read = await readWhole(join(folder, name));
    if (read === undefined) continue;
    if (read.subject !== subject) throw new CheckpointMismatch(read.subject, subject);
    return read.state;
  }
  return undefined;
}

export class CheckpointMismatch extends Error {
  override readonly name = 'CheckpointMismatch';

  constructor(
    readonly saved: string,
    readonly asked: string,
  ) {
    super('The checkpoint belongs to another training.');
  }
}

async function readWhole(
  folder: string,
): Promise<{ readonly subject: string; readonly state: TrainingState } | undefined> {
  try {
    const json = JSON.parse(await readFile(join(folder, stateFile), 'utf8')) as StateJson;
    const files: Record<string, Buffer> = {};
    for (const [name, expected] of Object.entries(json.sha256)) {
      const bytes = await readFile(join(folder, name));
      if (sha256(bytes) !== expected) return undefined;
      files[name] = bytes;
    }
    const model = files[modelFile]!.toString('utf8');
    const decode = (file: string): Parameters =>
      decodeLayersModel({ model, weights: files[file]! }).parameters;
    const { step, roundsSinceBest, curve, lossSum, lossCount, subject } = json;
    const state: TrainingState = {
      step,
      parameters: decode(weightsFile),
      optimiser: { steps: json.optimiserSteps, m: decode('m.bin'), v: decode('v.bin') },
      best: decode('best.bin'),
      bestLoss: json.bestLoss ?? Infinity,
      roundsSinceBest,
      curve,
      lossSum,
      lossCount,
    };
    return { subject, state };
  } catch {
    return undefined; // Damaged, or not finite: the previous one is tried.
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
