import { setImmediate as nextTurn } from 'node:timers/promises';
import { weightedLoss, type Losses, type Parameters } from '../architecture.js';
import type { CurvePoint as AnyCurvePoint } from '../../losses.js';
import { Random, shuffle } from '../../random.js';
import type { TrainingProgress as AnyProgress, TrainingEnd, TrainingOptions } from '../../trainer.js';
import type { OptimiserState, TrainingEngine } from './training-engine.js';
import type { Windows } from './windows.js';

/** One validation. */
export interface CurvePoint extends AnyCurvePoint {
  readonly validation: Losses;
}

/** Everything that a training needs to resume exactly where it was. */
export interface TrainingState {
  readonly step: number;
  readonly parameters: Parameters;
  readonly optimiser: OptimiserState;
  /** The parameters with the lowest validation loss. */
  readonly best: Parameters;
  readonly bestLoss: number;
  readonly roundsSinceBest: number;
  readonly curve: readonly CurvePoint[];
  /** Sum and count of the training losses since the last curve point. */
  readonly lossSum: number;
  readonly lossCount: number;
}

export interface TrainingProgress extends AnyProgress {
  readonly point?: CurvePoint;
}

export interface TrainingRun {
  readonly engine: TrainingEngine;
  readonly training: Windows;
  readonly validation: Windows;
  readonly options: TrainingOptions;
  /** State to resume from; by default, a new training from the engine's parameters. */
  readonly from?: TrainingState;
  /** Stops the training after the current batch. */
  readonly signal?: AbortSignal;
  /** Called after every step, and after round 0. The state is only built on request. */
  readonly onStep?: (progress: TrainingProgress, state: () => TrainingState) => Promise<void> | void;
}

export interface TrainingOutcome {
  readonly state: TrainingState;
  readonly ended: TrainingEnd;
}

/**
 * Trains: shuffled batches, Adam, early stopping on the validation loss. All random choices are derived from
 * the seed and the step number, so a resumed training ends exactly like one that was never interrupted.
 */
export async function train(run: TrainingRun): Promise<TrainingOutcome> {
  const { engine, training, validation, options, signal } = run;
  const stepsPerEpoch = Math.max(1, Math.floor(training.count / options.batchSize));
  const stepsPerRound = Math.max(
    1,
    Math.min(stepsPerEpoch, Math.round(options.roundWindows / options.batchSize)),
  );
  const totalSteps = options.epochs * stepsPerEpoch;
  const held = fixedBatches(validation, options);

  let { step, best, bestLoss, roundsSinceBest, curve, lossSum, lossCount } = run.from ?? firstState(engine);
  if (run.from !== undefined) engine.restore(run.from.parameters, run.from.optimiser);
  const state = (): TrainingState => ({
    step,
    parameters: engine.parameters(),
    optimiser: engine.optimiser(),
    best,
    bestLoss,
    roundsSinceBest,
    curve,
    lossSum,
    lossCount,
  });

  if (run.from === undefined && options.fromTrained === true) {
    best = engine.parameters();
    const asMany = { ...options, validationWindows: Math.min(options.validationWindows, validation.count) };
    const point: CurvePoint = {
      step,
      epoch: 0,
      trainingLoss: weightedLoss(meanLosses(engine, fixedBatches(training, asMany))),
      validation: meanLosses(engine, held),
    };
    bestLoss = weightedLoss(point.validation);
    curve = [point];
    await run.onStep?.({ step, totalSteps, epoch: 0, loss: point.trainingLoss, point }, state);
  }

  const diverged = (): TrainingOutcome => ({ state: { ...state(), parameters: best }, ended: 'diverged' });

  let order = new Uint32Array();
  let orderEpoch = -1;
  while (step < totalSteps) {
    if (roundsSinceBest >= options.patience) return { state: state(), ended: 'no-improvement' };
    if (signal?.aborted === true) return { state: state(), ended: 'stopped' };
    const epoch = Math.floor(step / stepsPerEpoch);
    if (epoch !== orderEpoch) {
      order = epochOrder(training.count, options.seed, epoch);
      orderEpoch = epoch;
    }
    const first = (step % stepsPerEpoch) * options.batchSize;
    const random = new Random(options.seed ^ Math.imul(step + 1, 0xc2b2_ae35));
    const batch = training.batch(
      order.subarray(first, first + options.batchSize),
      options.augmentation,
      random,
    );
    const progress = step / totalSteps;
    const losses = engine.step(batch, {
      rate: rateAt(options, progress, step * options.batchSize),
      clipNorm: options.clipNorm,
      ...(progress < options.pitchWeightUntil && { pitchWeight: options.pitchWeight }),
    });
    step += 1;
    const loss = weightedLoss(losses);
    if (!Number.isFinite(loss)) return diverged();
    lossSum += loss;
    lossCount += 1;

    let point: CurvePoint | undefined;
    if (step % stepsPerRound === 0 || step === totalSteps) {
      const validated = meanLosses(engine, held);
      const validationLoss = weightedLoss(validated);
      if (!Number.isFinite(validationLoss)) return diverged();
      point = { step, epoch: step / stepsPerEpoch, trainingLoss: lossSum / lossCount, validation: validated };
      curve = [...curve, point];
      lossSum = 0;
      lossCount = 0;
      if (validationLoss < bestLoss) {
        best = engine.parameters();
        bestLoss = validationLoss;
        roundsSinceBest = 0;
      } else {
        roundsSinceBest += 1;
      }
    }
    await run.onStep?.({ step, totalSteps, epoch, loss, ...(point && { point }) }, state);
    await nextTurn(); // yields to the event loop, for signals and messages
  }
  return { state: state(), ended: 'finished' };
}

/** Mean losses over all windows. */
export function evaluate(engine: TrainingEngine, windows: Windows): Losses {
  return meanLosses(engine, inBatches(windows, numbersBelow(windows.count)));
}

function firstState(engine: TrainingEngine): TrainingState {
  const parameters = engine.parameters();
  return {
    step: 0,
    parameters,
    optimiser: engine.optimiser(),
    best: parameters,
    bestLoss: Infinity,
    roundsSinceBest: 0,
    curve: [],
    lossSum: 0,
    lossCount: 0,
  };
}

function epochOrder(count: number, seed: number, epoch: number): Uint32Array<ArrayBuffer> {
  const order = numbersBelow(count);
  shuffle(order, new Random(seed ^ Math.imul(epoch + 1, 0x85eb_ca6b)));
  return order;
}

function numbersBelow(count: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from(Array(count).keys());
}

function rateAt({ rate, schedule, warmUp }: TrainingOptions, progress: number, windowsSeen: number): number {
  const decay = schedule === 'cosine' ? 0.5 * (1 + Math.cos(Math.PI * progress)) : 1;
  return rate * decay * (warmUp === 0 ? 1 : Math.min(1, (windowsSeen + 1) / warmUp));
}

const evaluationRows = 1024;

function* inBatches(windows: Windows, numbers: Uint32Array): Generator<ReturnType<Windows['batch']>> {
  for (let first = 0; first < numbers.length; first += evaluationRows) {
    yield windows.batch(numbers.subarray(first, first + evaluationRows));
  }
}

/** The validation windows: the same in every round, drawn by the seed. */
function fixedBatches(
  windows: Windows,
  { validationWindows, seed }: TrainingOptions,
): ReturnType<Windows['batch']>[] {
  const numbers = numbersBelow(windows.count);
  if (numbers.length > validationWindows) shuffle(numbers, new Random(seed));
  return [...inBatches(windows, numbers.subarray(0, validationWindows))];
}

function meanLosses(engine: TrainingEngine, batches: Iterable<ReturnType<Windows['batch']>>): Losses {
  let rows = 0;
  const sum = { pitch: 0, step: 0, duration: 0 };
  for (const batch of batches) {
    const losses = engine.evaluate(batch);
    rows += batch.rows;
    sum.pitch += losses.pitch * batch.rows;
    sum.step += losses.step * batch.rows;
    sum.duration += losses.duration * batch.rows;
  }
  return { pitch: sum.pitch / rows, step: sum.step / rows, duration: sum.duration / rows };
}
