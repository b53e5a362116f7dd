import type { CurvePoint } from '../model/losses.js';
import type { TrainingProgress as Step } from '../model/trainer.js';
import type { TrainingProgress } from './trainings.js';

const reportEveryMs = 500;
/** Weight of the previous value in the running mean of the loss. */
const lossMemory = 0.98;

/** Turns the steps of a training into progress reports, at a rate that people can read. */
export class ProgressReporter {
  readonly #epochs: number;
  readonly #report: (progress: TrainingProgress) => void;
  #curve: readonly CurvePoint[] = [];
  #loss: number | undefined;
  #firstStep = 0;
  #startedAt = performance.now();
  #reportedAt = -Infinity;

  constructor(epochs: number, report: (progress: TrainingProgress) => void) {
    this.#epochs = epochs;
    this.#report = report;
  }

  /** Called when a training continues from this step. */
  goOn(step: number, curve: readonly CurvePoint[]): void {
    this.#firstStep = step;
    this.#curve = curve;
    this.#startedAt = performance.now();
  }

  add({ step, totalSteps, epoch, loss, point }: Step): void {
    const now = performance.now();
    if (step === 0) this.#startedAt = now;
    this.#loss = this.#loss === undefined ? loss : lossMemory * this.#loss + (1 - lossMemory) * loss;
    if (point !== undefined) this.#curve = [...this.#curve, point];
    else if (now - this.#reportedAt < reportEveryMs) return;
    this.#reportedAt = now;
    const taken = step - this.#firstStep;
    this.#report({
      epoch,
      epochs: this.#epochs,
      done: step / totalSteps,
      loss: this.#loss,
      ...(taken > 0 && { secondsLeft: (((now - this.#startedAt) / taken) * (totalSteps - step)) / 1000 }),
      curve: this.#curve,
    });
  }
}
