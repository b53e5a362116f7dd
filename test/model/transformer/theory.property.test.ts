import { describe, it } from 'vitest';
import { loadModel, shippedModels } from '../../../src/model/model-store.js';
import { transformerOf } from '../../../src/model/transformer/model.js';
import { expectRulesKept } from '../lstm/theory.js';
import { madeUpModel } from './fixtures.js';

const together = 10;

const shipped = await loadModel([shippedModels], 'transformer');
const madeUp = transformerOf({ kind: 'transformer', id: 'made-up', manifest: undefined }, madeUpModel());

describe('a piece composed by the Transformer, finished and written', () => {
  it.each([
    { weights: 'made-up', model: madeUp, pieces: 500 },
    { weights: 'shipped', model: shipped, pieces: 100 },
  ])('keeps every requested rule, with $weights weights', async ({ model, pieces }) => {
    expectRulesKept([await model.composer(together)], { pieces, together });
  });
});
