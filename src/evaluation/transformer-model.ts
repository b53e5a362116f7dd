import type { StoredTransformer } from '../model/model-store.js';
import { TransformerComposer } from '../model/transformer/composer.js';
import { natsPerNote } from '../model/transformer/likelihood.js';
import { defaultTransformerSettings } from '../model/transformer/sampling.js';
import { TransformerNetwork } from '../model/transformer/network.js';
import { fields } from '../model/transformer/vocabulary.js';
import type { TransformerModel } from '../model/transformer/weights.js';
import type { Note } from '../music/note.js';
import { openingLength } from '../model/opening.js';
import { continueWith } from './continue-primers.js';
import type { ContinueOptions, EvaluatedModel, LikelihoodTable, OnProgress } from './evaluated-model.js';
import type { Library } from './material.js';
import { tagAdherence } from './tag-adherence.js';

/** Rows of one product: more would not be faster. */
const together = 32;

/** The Transformer, judged as the product plays it. */
export function transformerModel({
  id,
  transformer,
}: Pick<StoredTransformer, 'id' | 'transformer'>): EvaluatedModel {
  return {
    id,
    kind: 'transformer',
    hears: 'pedal-extended',
    primerNotes: openingLength,
    settings: { ...defaultTransformerSettings },
    continueAll: (primers, options) => Promise.resolve(continueAll(transformer, primers, options)),
    followTags: (primers, requests) => Promise.resolve(tagAdherence(transformer, primers, requests)),
    likelihood: (library, onProgress) => likelihood(transformer, library, onProgress),
  };
}

function continueAll(
  model: TransformerModel,
  primers: readonly (readonly Note[])[],
  options: ContinueOptions,
): (readonly Note[])[] {
  const settings = { ...defaultTransformerSettings, ...options.settings };
  const capacity = Math.min(Math.ceil(together / settings.candidates), primers.length);
  const composer = new TransformerComposer(model, capacity, settings);
  // Of several candidates none is read before all have ended; a tenth more than is needed is enough.
  const notes = settings.candidates > 1 ? Math.ceil(1.1 * options.count) : undefined;
  return continueWith(composer, (request) => composer.open(request), primers, options, notes);
}

/** Nats a note, as the network is served, over every note of the held-out split but each piece's first. */
async function likelihood(
  model: TransformerModel,
  { corpus, performance }: Library,
  onProgress?: OnProgress,
): Promise<LikelihoodTable> {
  const pieces = await Promise.all(corpus.validation.map((file) => performance(file, 'pedal-extended')));
  const network = new TransformerNetwork(model, together);
  const nats = natsPerNote(network, pieces, onProgress);
  return {
    caption: `Nats a note over ${nats.notes.toLocaleString('en')} notes on a grid of 10 ms, lengths with pedal, no tags given; a bin of time that is w ticks wide costs ln w more.`,
    columns: ['all', ...fields],
    rows: [{ name: 'this model', values: [nats.total, ...fields.map((field) => nats.fields[field])] }],
  };
}
