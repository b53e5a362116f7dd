import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { onwards } from '../../../src/music/edit/excerpt.js';
import { secondsOf } from '../../../src/music/tempo-map.js';
import { pieces } from '../../compose/pieces.js';

describe('a piece from a tick onwards', () => {
  it('has exactly the notes from there on, at the same distances in seconds and ticks', () => {
    fc.assert(
      fc.property(pieces, fc.nat(30_000), (piece, from) => {
        const rest = onwards(piece, from);
        const [before, after] = [secondsOf(piece), secondsOf(rest)];
        piece.tracks.forEach(({ notes }, i) => {
          const kept = notes.filter(({ startTick }) => startTick >= from);
          const moved = rest.tracks[i]!.notes;
          expect(moved.map(({ startTick, ...note }) => ({ ...note, startTick: startTick + from }))).toEqual(
            kept,
          );
          kept.forEach(({ startTick }, n) => {
            const seconds = before(startTick) - before(from);
            expect(after(moved[n]!.startTick)).toBeCloseTo(seconds, 6);
          });
        });
      }),
    );
  });

  it('has the tempo, meter and key in force there', () => {
    fc.assert(
      fc.property(pieces, fc.nat(30_000), (piece, from) => {
        const rest = onwards(piece, from);
        for (const changes of ['meters', 'keys', 'tempos'] as const) {
          const held = piece[changes].findLast(({ tick }) => tick <= from);
          expect(rest[changes].findLast(({ tick }) => tick <= 0)).toEqual(held && { ...held, tick: 0 });
        }
      }),
    );
  });
});
