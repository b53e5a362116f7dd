import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Composer } from '../../../src/model/sampling/composer.js';
import { finishPiece } from '../../../src/music/finish.js';
import { verifyMidi } from '../../../src/music/midi-verify.js';
import { writeMidi } from '../../../src/music/midi-write.js';
import { checkFile } from '../../music/checker.js';
import { anyRequest, askedOf } from '../../music/requests.js';
import { tiled, withBiases } from '../fixtures.js';

/** Lively, crowded and full of rests: random weights with timings around these. */
const models = [
  withBiases(tiled(31), { step: 0.2, duration: 0.3 }),
  withBiases(tiled(32), { step: 0, duration: 0.2 }),
  withBiases(tiled(33), { step: 0.1, duration: 0 }),
];

const together = 20;

/** As many requests as share the network's product at once. */
const someRequests = fc.array(
  anyRequest.chain((request) => fc.integer({ min: 8, max: 40 }).map((notes) => ({ ...request, notes }))),
  { minLength: together, maxLength: together },
);

describe('a composed, finished and written piece', () => {
  it('keeps every rule that was asked for', () => {
    const composers = models.map((parameters) => new Composer(parameters, together));
    let pieces = 0;
    fc.assert(
      fc.property(fc.constantFrom(...composers), someRequests, (composer, requests) => {
        const composings = requests.map((request) => composer.start(request));
        while (composer.busy) composer.step();
        composings.forEach(({ opening, generated }, i) => {
          const request = requests[i]!;
          expect(generated).toHaveLength(request.notes);
          const piece = finishPiece(request, opening, generated);
          const bytes = writeMidi(piece);
          verifyMidi(bytes, piece);
          expect(checkFile(bytes, askedOf(request, opening))).toEqual([]);
          pieces += 1;
        });
      }),
      { numRuns: 1000 / together, endOnFailure: true },
    );
    expect(pieces).toBe(1000);
  });
});
