import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Note } from '../music/note.js';
import type { JudgedOptions } from '../model/model.js';
import { mean, quantile } from './statistics.js';

/** The default length of a piece. */
export const notesAPiece = 300;

export interface CostTask {
  readonly modelFolders: readonly string[];
  readonly model: string;
  readonly options: JudgedOptions;
  readonly primer: readonly Note[];
  readonly pieces: number;
}

export interface CostTrial {
  /** For each piece. */
  readonly seconds: readonly number[];
  /** Resident memory before the model was loaded, and the peak. */
  readonly bareBytes: number;
  readonly peakBytes: number;
}

/** Measured in one thread on this machine, under its other load. */
export interface Cost {
  readonly notesPerSecond: number;
  /** For 300 notes. */
  readonly medianSeconds: number;
  readonly p95Seconds: number;
  readonly peakMebibytes: number;
  /** The share of Node itself. */
  readonly bareMebibytes: number;
}

/** Measures a separate process that loads the model and composes one piece after the other. */
export async function measureCost(task: CostTask): Promise<Cost> {
  const child = fork(new URL('./cost-program.js', import.meta.url), { execArgv: [] });
  child.send(task);
  const ended = once(child, 'exit').then(() => {
    throw new Error('The process that measures the cost ended without an answer.');
  });
  const [trial] = (await Promise.race([once(child, 'message'), ended])) as [CostTrial];
  const { seconds, bareBytes, peakBytes } = trial;
  return {
    notesPerSecond: notesAPiece / mean(seconds),
    medianSeconds: quantile(seconds, 0.5),
    p95Seconds: quantile(seconds, 0.95),
    peakMebibytes: peakBytes / 2 ** 20,
    bareMebibytes: bareBytes / 2 ** 20,
  };
}
