import { beforeAll, describe, it } from 'vitest';
import { loadModel, shippedModels } from '../../../src/model/model-store.js';
import { TransformerComposer } from '../../../src/model/transformer/composer.js';
import type { TransformerModel } from '../../../src/model/transformer/weights.js';
import { expectRulesKept } from '../lstm/theory.js';
import { madeUpModel } from './fixtures.js';

const together = 10;

let shipped: TransformerModel;

beforeAll(async () => {
  const model = await loadModel([shippedModels], 'transformer');
  if (model.kind !== 'transformer') throw new Error('The shipped Transformer is another network.');
  shipped = model.transformer;
});

describe('a piece composed by the Transformer, finished and written', () => {
  it.each([
    { weights: 'made-up', model: madeUpModel, pieces: 500 },
    { weights: 'shipped', model: () => shipped, pieces: 100 },
  ])('keeps every rule that was asked for, with $weights weights', ({ model, pieces }) => {
    expectRulesKept([new TransformerComposer(model(), together)], { pieces, together });
  });
});
