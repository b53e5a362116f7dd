import { UserError } from '../../../errors/user-error.js';
import { Random } from '../../random.js';
import type { FirstTraining, TrainedModel } from '../../trainer.js';
import { networkTopology } from '../layers-model.js';
import { CheckpointMismatch } from './checkpoint.js';
import { chooseEngine } from './engines.js';
import { tiledInitialisation } from './initialisation.js';
import { trainModel } from './train-model.js';

/** Trains an LSTM from random weights. */
export async function trainFromScratch({
  engine: name,
  onEngine,
  ...run
}: FirstTraining): Promise<TrainedModel> {
  const sequences = run.music.training.map(({ sequence }) => sequence);
  const engine = await chooseEngine(name, tiledInitialisation(sequences, new Random(run.options.seed)));
  onEngine?.(engine.name);
  try {
    return await trainModel({ ...run, engine, topology: await networkTopology() });
  } catch (error) {
    if (!(error instanceof CheckpointMismatch)) throw error;
    throw new UserError('input.mismatch', { folder: run.folder });
  } finally {
    engine.dispose();
  }
}
