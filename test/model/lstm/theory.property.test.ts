import { describe, it } from 'vitest';
import { LstmComposer } from '../../../src/model/lstm/composer.js';
import { tiled, withBiases } from './fixtures.js';
import { expectRulesKept } from './theory.js';

/** Lively, dense and full of rests: random weights with timings around these. */
const models = [
  withBiases(tiled(31), { step: 0.2, duration: 0.3 }),
  withBiases(tiled(32), { step: 0, duration: 0.2 }),
  withBiases(tiled(33), { step: 0.1, duration: 0 }),
];

/** Number of requests per batch of the network. */
const together = 20;

describe('a composed, finished and written piece', () => {
  it('keeps every requested rule', () => {
    const composers = models.map((parameters) => new LstmComposer(parameters, together));
    expectRulesKept(composers, { pieces: 1000, together });
  });
});
