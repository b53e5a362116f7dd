import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kerasInitialisation } from '../../src/model/initialisation.js';
import { encodeLayersModel, modelFile, weightsFile } from '../../src/model/layers-model.js';
import { Random } from '../../src/model/random.js';

/**
 * Puts a network into a data folder under the name of the default model. It has learnt
 * nothing: pitches around middle C, four notes a second, half a second each, with some
 * variety.
 */
export async function writeTestModel(dataFolder: string): Promise<void> {
  const parameters = kerasInitialisation(new Random(1));
  parameters['pitch/bias'].forEach((_, pitch, bias) => (bias[pitch] = -(((pitch - 60) / 8) ** 2) / 2));
  parameters['step/bias'][0] = 0.25;
  parameters['duration/bias'][0] = 0.5;
  const { model, weights } = encodeLayersModel(parameters, {}, {});
  const folder = join(dataFolder, 'models', 'lstm');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, modelFile), model);
  await writeFile(join(folder, weightsFile), weights);
}
