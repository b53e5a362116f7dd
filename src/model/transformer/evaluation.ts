import { tonics, type Key } from '../../music/theory/key.js';
import type {
  Control,
  Controls,
  HeldOutMusic,
  LikelihoodTable,
  ModelEvaluation,
  OnProgress,
} from '../model.js';
import { TransformerComposer } from './composer.js';
import { natsPerNote } from './likelihood.js';
import { TransformerNetwork } from './network.js';
import { defaultTransformerSettings } from './sampling.js';
import { measures, tagsOfNotes } from './tags.js';
import { toTicks } from './tokens.js';
import { fields } from './vocabulary.js';
import type { TransformerModel } from './weights.js';

/** Rows per product; more would not be faster. */
const batchSize = 32;

/** Evaluates the Transformer as the product uses it. */
export function evaluationOf(model: TransformerModel): ModelEvaluation {
  return {
    hears: 'pedal-extended',
    options: {},
    settings: { ...defaultTransformerSettings },
    batchSize,
    notesFor: (sounding) => 2 * sounding,
    likelihood: (music, onProgress) => likelihood(model, music, onProgress),
    eraOfComposer: model.vocabulary.eraOfComposer,
    controls: () => controlsOf(model),
  };
}

/**
 * Nats per note, with the deployed network, over all notes of the held-out split except the first of each
 * piece.
 */
async function likelihood(
  model: TransformerModel,
  { performances }: HeldOutMusic,
  onProgress?: OnProgress,
): Promise<LikelihoodTable> {
  const network = new TransformerNetwork(model, batchSize);
  const nats = natsPerNote(network, await performances('pedal-extended'), onProgress);
  return {
    measure: 'nats',
    count: nats.notes,
    columns: ['all', ...fields],
    rows: [{ name: 'model', values: [nats.total, ...fields.map((field) => nats.fields[field])] }],
  };
}

/**
 * Every value of every graded tag, and every major and minor key, requested as in the product and measured as
 * in training.
 */
function controlsOf(model: TransformerModel): Controls {
  const { vocabulary } = model;
  const composer = new TransformerComposer(model, batchSize, {
    ...defaultTransformerSettings,
    candidates: 1,
  });
  const valuesOf = (name: string, values: number, isGraded: boolean): Control[] =>
    Array.from({ length: values }, (_, value) => ({ name, value, isGraded }));
  const keys = vocabulary.tags['key']!;
  return {
    all: [
      ...Object.entries(vocabulary.gradedTags).flatMap(([name, limits]) =>
        valuesOf(name, limits.length + 1, true),
      ),
      ...valuesOf('key', keys.length, false),
    ],
    composer,
    open: (request, { name, value, isGraded }) =>
      isGraded
        ? composer.open(request, { [name]: value })
        : composer.open({ ...request, key: keyNamed(keys[value]!) }),
    measure(notes, { name }) {
      const ticks = toTicks(notes, vocabulary);
      return { value: tagsOfNotes(ticks, vocabulary)[name], amount: measures(ticks, vocabulary)[name] };
    },
  };
}

/** @param name as in the vocabulary, e.g. `Eb minor` */
function keyNamed(name: string): Key {
  const [tonic, mode] = name.split(' ');
  return {
    tonic: tonics.find((each) => each === tonic)!,
    scale: mode === 'major' ? 'major' : 'natural-minor',
  };
}
