import { loadModel } from '../model/model-store.js';
import type { CompositionRequest } from '../request/request.js';
import type { EvaluatedModel } from './evaluated-model.js';
import { lstmModel } from './lstm-model.js';
import { transformerModel } from './transformer-model.js';

/**
 * The model of this name, ready to be judged.
 * @param sampling of an LSTM
 * @throws UserError `model.unknown`
 */
export async function loadEvaluatedModel(
  modelFolders: readonly string[],
  name: string,
  sampling: NonNullable<CompositionRequest['sampling']>,
): Promise<EvaluatedModel> {
  const model = await loadModel(modelFolders, name);
  return model.kind === 'lstm' ? lstmModel(model, sampling) : transformerModel(model);
}
