import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { songPiece } from '../../../src/compose/song-piece.js';
import { brokenPromises } from '../../../src/evaluation/song/promises.js';
import { composeSong, SongComposer } from '../../../src/model/song/composer.js';
import { writeMidi } from '../../../src/music/midi/write.js';
import { madeUpModel } from './fixtures.js';
import { plans } from './plans.js';

// An untrained network: all guarantees come from the rules.
const composer = new SongComposer(madeUpModel(), 1);

describe('a song', () => {
  it('keeps every guarantee, whatever the network predicts', () => {
    fc.assert(
      fc.property(plans, fc.nat(), fc.constantFrom(0.5, 1, 1.5), (plan, seed, temperature) => {
        const notes = composeSong(composer, { plan, given: [], temperature, seed });
        const broken = brokenPromises(writeMidi(songPiece(plan, notes, 'Song')), plan);
        expect(broken).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });
});
