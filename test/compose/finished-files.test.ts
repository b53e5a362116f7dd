import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishPiece } from '../../src/compose/finish.js';
import { writeMidi } from '../../src/music/midi/write.js';
import { checkFile } from './checker.js';
import { anyJob, askedOf } from './requests.js';

describe('a finished and written piece', () => {
  it('keeps every requested rule, whatever was composed', () => {
    fc.assert(
      fc.property(anyJob, ({ request, prepared, generated }) => {
        const bytes = writeMidi(finishPiece(request, prepared, generated));
        expect(checkFile(bytes, askedOf(request, prepared))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
