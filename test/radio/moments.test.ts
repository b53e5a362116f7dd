import { describe, expect, it } from 'vitest';
import { keyboardPiece } from '../../src/music/keyboard.js';
import type { Piece } from '../../src/music/piece.js';
import { firstComposed, nextMoment } from '../../src/radio/moments.js';

/** A note every 0.3 s, for 9 s; bars of two seconds. */
function pieceWith(hasBars: boolean, given = 0): Piece {
  const notes = Array.from({ length: 30 }, (_, i) => ({
    ...{ pitch: 60 + (i % 5), onsetSeconds: i * 0.3, durationSeconds: 0.3, velocity: 70 },
    isGiven: i < given,
  }));
  const timeSignature = { numerator: 4, denominator: 4 };
  return keyboardPiece({ title: '', notes, tempoBpm: 120, timeSignature, key: undefined, hasBars });
}

describe('a piece is left', () => {
  it('where its next bar begins', () => {
    expect(nextMoment(pieceWith(true), 2.5).seconds).toBeCloseTo(4);
    expect(nextMoment(pieceWith(true), 4).seconds).toBeCloseTo(4);
  });

  it('where its next note is struck, when it has no bars', () => {
    expect(nextMoment(pieceWith(false), 2.5).seconds).toBeCloseTo(2.7);
  });

  it('at its end, when nothing more is struck', () => {
    expect(nextMoment(pieceWith(false), 8.8).seconds).toBeCloseTo(9);
    expect(nextMoment(pieceWith(false), 99).seconds).toBeCloseTo(9);
  });
});

it('a continuation starts at its first new note', () => {
  expect(firstComposed(pieceWith(false, 10))?.seconds).toBeCloseTo(3);
  expect(firstComposed(pieceWith(false, 30))).toBeUndefined();
});
