import { loadModel } from '../model/model-store.js';
import type { CompositionRequest } from '../music/request.js';
import type { EvaluatedModel } from './evaluated-model.js';
import { lstmModel } from './lstm-model.js';

/**
 * The model of this name, ready to be judged.
 * @throws UserError `model.unknown`
 */
export async function loadEvaluatedModel(
  modelFolders: readonly string[],
  name: string,
  sampling: CompositionRequest['sampling'],
): Promise<EvaluatedModel> {
  return lstmModel(await loadModel(modelFolders, name), sampling);
}
