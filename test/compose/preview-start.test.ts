import { describe, expect, it } from 'vitest';
import { previewStart } from '../../src/compose/preview-start.js';
import { keyboardPiece } from '../../src/music/keyboard.js';
import { secondsOf } from '../../src/music/tempo-map.js';
import type { Piece } from '../../src/music/piece.js';

/** A piece with one note per second, of which the first ones are given. */
function piece(given: number, fresh: number): Piece {
  return keyboardPiece({
    title: 'long',
    notes: Array.from({ length: given + fresh }, (_, i) => ({
      ...{ pitch: 60, onsetSeconds: i, durationSeconds: 0.5, velocity: 64, isGiven: i < given },
    })),
    tempoBpm: 120,
    timeSignature: { numerator: 4, denominator: 4 },
    hasBars: false,
  });
}

describe('the preview of a piece', () => {
  it.each([
    ['is short', 100, 100, 0],
    ['goes on for an hour after a short opening', 20, 3600, 0],
    ['has a minute of new music within the preview', 540, 300, 0],
    ['ends with its new music within the preview', 590, 10, 0],
    ['has its new music at the very end of the preview', 590, 300, 570],
    ['has its new music after the end of the preview', 900, 100, 880],
    ['has nothing new', 900, 0, 0],
  ])('starts at the new music, for a piece that %s', (_, given, fresh, seconds) => {
    const long = piece(given, fresh);
    expect(secondsOf(long)(previewStart(long, 600))).toBeCloseTo(seconds, 1);
  });
});
