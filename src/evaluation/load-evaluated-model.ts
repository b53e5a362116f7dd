import { loadModel } from '../model/model-store.js';
import type { JudgedOptions, Model } from '../model/model.js';
import { openingLength } from '../model/opening.js';
import { composeAll, continueWith } from './continue-primers.js';
import type { EvaluatedModel } from './evaluated-model.js';
import { tagAdherence } from './tag-adherence.js';

/**
 * The model of this name, for evaluation.
 * @param options for its music, as far as it supports them
 * @throws UserError `model.unknown`, `model.damaged`
 */
export async function loadEvaluatedModel(
  modelFolders: readonly string[],
  name: string,
  options: JudgedOptions,
): Promise<EvaluatedModel> {
  return evaluatedModel(await loadModel(modelFolders, name), options);
}

/** Prepares a model of any kind for evaluation, composing as the product does. */
export async function evaluatedModel(model: Model, asked: JudgedOptions): Promise<EvaluatedModel> {
  const judged = await model.evaluation(asked);
  const { hears, options, batchSize, notesFor, likelihood, controls } = judged;
  return {
    id: model.id,
    kind: model.kind,
    hears,
    primerNotes: openingLength,
    options,
    settings: { temperature: 1, ...judged.settings },
    async continueAll(primers, { count, settings, ...rest }) {
      const { temperature = 1, ...sampling } = { ...settings };
      const composer = await model.composer(Math.min(batchSize, primers.length), sampling);
      const open = (request: Parameters<typeof composer.open>[0]): ReturnType<typeof composer.open> =>
        composer.open({ ...request, ...options, temperature });
      return continueWith(composer, open, primers, { count, ...rest }, notesFor(count));
    },
    async composeAll(requests, settings, onProgress) {
      const { temperature = 1, ...sampling } = { ...settings };
      const composer = await model.composer(Math.min(batchSize, requests.length), sampling);
      const open = (request: Parameters<typeof composer.open>[0]): ReturnType<typeof composer.open> =>
        composer.open({ ...request, ...options, temperature });
      return composeAll(composer, open, requests, onProgress);
    },
    ...(judged.eraOfComposer && { eraOfComposer: judged.eraOfComposer }),
    ...(controls && {
      followTags: (primers, requests) => Promise.resolve(tagAdherence(controls(), primers, requests)),
    }),
    likelihood: ({ corpus, performance }, onProgress) =>
      likelihood(
        {
          training: corpus.training.map(({ sequence }) => sequence),
          heldOut: corpus.validation.map(({ sequence }) => sequence),
          performances: (lengths) => Promise.all(corpus.validation.map((file) => performance(file, lengths))),
        },
        onProgress,
      ),
  };
}
