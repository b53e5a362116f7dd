import type { Trainer } from '../trainer.js';
import { windowsOf } from './architecture.js';
import { holdOut } from './training/held-out.js';
import { engineNames } from './training/training-engine.js';

/** Trains LSTM models. */
export const trainer: Trainer = {
  split: holdOut,
  windows: windowsOf,
  async fineTune(run) {
    const { fineTune } = await import('./training/fine-tuning.js');
    return fineTune(run);
  },
  fromScratch: {
    defaults: {
      epochs: 10,
      batchSize: 128,
      rate: 0.01,
      schedule: 'cosine',
      warmUp: 15_000,
      clipNorm: 0.1,
      pitchWeight: 0.4,
      pitchWeightUntil: 0.7,
      augmentation: { transpose: 3, stretch: 0 },
      patience: 10,
      roundWindows: 250_000,
      validationWindows: 20_000,
    },
    engines: engineNames,
    async train(run) {
      const { trainFromScratch } = await import('./training/from-scratch.js');
      return trainFromScratch(run);
    },
  },
};
