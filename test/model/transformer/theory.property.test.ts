import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadModel, shippedModels } from '../../../src/model/model-store.js';
import { TransformerComposer } from '../../../src/model/transformer/composer.js';
import type { TransformerModel } from '../../../src/model/transformer/weights.js';
import { finishPiece } from '../../../src/music/finish.js';
import { verifyMidi } from '../../../src/music/midi-verify.js';
import { writeMidi } from '../../../src/music/midi-write.js';
import { checkFile } from '../../music/checker.js';
import { anyRequest, askedOf } from '../../music/requests.js';
import { madeUpModel } from './fixtures.js';

const together = 10;

const someRequests = fc.array(
  anyRequest.chain((request) => fc.integer({ min: 8, max: 40 }).map((notes) => ({ ...request, notes }))),
  { minLength: together, maxLength: together },
);

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
    const composer = new TransformerComposer(model(), together);
    let checked = 0;
    fc.assert(
      fc.property(someRequests, (requests) => {
        const composings = requests.map((request) => composer.start(request));
        while (composer.busy) composer.step();
        composings.forEach(({ opening, generated }, i) => {
          const request = requests[i]!;
          expect(generated).toHaveLength(request.notes);
          const piece = finishPiece(request, opening, generated);
          const bytes = writeMidi(piece);
          verifyMidi(bytes, piece);
          expect(checkFile(bytes, askedOf(request, opening))).toEqual([]);
          checked += 1;
        });
      }),
      { numRuns: pieces / together, endOnFailure: true },
    );
    expect(checked).toBe(pieces);
  });
});
