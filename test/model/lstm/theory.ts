import fc from 'fast-check';
import { expect } from 'vitest';
import type { Composer } from '../../../src/model/composer.js';
import { finishPiece } from '../../../src/compose/finish.js';
import { verifyMidi } from '../../../src/music/midi/verify.js';
import { writeMidi } from '../../../src/music/midi/write.js';
import { checkFile } from '../../compose/checker.js';
import { collect } from '../collect.js';
import { anyRequest, askedOf } from '../../compose/requests.js';

/**
 * Composes a number of pieces from random requests, finishes and writes them, and checks each file for every
 * requested rule.
 * @param composers chosen at random
 * @param together number of pieces per batch
 */
export function expectRulesKept(
  composers: readonly Composer[],
  { pieces, together }: { readonly pieces: number; readonly together: number },
): void {
  const someRequests = fc.array(
    anyRequest.chain((request) => fc.integer({ min: 8, max: 40 }).map((notes) => ({ ...request, notes }))),
    { minLength: together, maxLength: together },
  );
  let checked = 0;
  fc.assert(
    fc.property(fc.constantFrom(...composers), someRequests, (composer, requests) => {
      const streams = requests.map((request) => composer.open(request));
      collect(composer, streams).forEach(({ opening, generated }, i) => {
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
}
