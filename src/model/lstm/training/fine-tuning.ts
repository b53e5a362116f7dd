import { sum } from '../../../music/numbers.js';
import type { FineTuning, TrainedModel, TrainingOptions } from '../../trainer.js';
import { windowsOf } from '../architecture.js';
import { KernelTrainer } from '../kernel/trainer.js';
import { decodeLayersModel } from '../layers-model.js';
import { trainModel } from './train-model.js';

/** Trains an LSTM further. */
export async function fineTune({ parent, epochs, rate, seed, ...run }: FineTuning): Promise<TrainedModel> {
  const { json: model, weights } = parent.files;
  const { parameters, topology } = decodeLayersModel({ model, weights });
  const windows = sum(run.music.training.map(({ sequence }) => windowsOf(sequence.pitch.length)));
  return trainModel({
    ...run,
    engine: new KernelTrainer(parameters),
    topology,
    options: fineTuningOptions({ epochs, rate, seed }, windows),
    parent: { id: parent.id, parameters },
  });
}

/**
 * Settings to fine-tune a trained model on a little music: a new Adam state, a tenth of the original learning
 * rate, and early stopping. Measured with the built-in model on five recitals of MAESTRO's validation split,
 * the end of each held out: six epochs at this rate reduced the held-out loss from 0.498 to 0.494, and with
 * the rhythm quantised, which is new to the model, from 1.55 to 1.46 (at a third of the rate, to 1.49). On
 * the beginning of one piece, 400 notes: from 0.252 to 0.245. If the music is like the parent's training
 * music, nothing is gained: training then stops after a few rounds and returns the parent's weights, which
 * count as round 0.
 * @param trainingWindows in an epoch
 */
export function fineTuningOptions(
  { epochs, rate, seed }: { readonly epochs: number; readonly rate: number; readonly seed: number },
  trainingWindows: number,
): TrainingOptions {
  return {
    epochs,
    batchSize: 64,
    rate,
    schedule: 'cosine',
    warmUp: Math.round(trainingWindows / 2),
    clipNorm: 0.1,
    pitchWeight: 0.4,
    pitchWeightUntil: 0.7,
    augmentation: { transpose: 0, stretch: 0 },
    patience: 4,
    roundWindows: 250_000,
    validationWindows: 1_000_000_000,
    seed,
    fromTrained: true,
  };
}
