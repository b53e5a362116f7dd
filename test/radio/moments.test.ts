import { describe, expect, it } from 'vitest';
import { keyboardPiece } from '../../src/music/keyboard.js';
import type { Piece } from '../../src/music/piece.js';
import { fixedTempo } from '../../src/music/tempo-map.js';
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

/** Where a piece is left, in seconds, when 0.2 to 2 s later are asked for. */
function left(hasBars: boolean, from: number): number {
  return nextMoment(pieceWith(hasBars), from, 0.2, 2).seconds;
}

describe('a piece is left', () => {
  it('where its next bar begins', () => {
    expect(left(true, 2.5)).toBeCloseTo(4);
    expect(left(true, 3.8)).toBeCloseTo(4);
    // There is no time before the bar at 4 s.
    expect(left(true, 3.9)).toBeCloseTo(4.2);
  });

  it('where its next bar begins, though bars are long', () => {
    const slow = { ...pieceWith(true), tempos: fixedTempo(40) };
    // Bars of six seconds.
    expect(nextMoment(slow, 0.5, 0.2, 2).seconds).toBeCloseTo(6);
    const { seconds } = nextMoment(slow, 5.9, 0.2, 2);
    expect(seconds).toBeGreaterThan(6);
    expect(seconds).toBeLessThanOrEqual(7.9);
  });

  it('where its next note is struck, when it has no bars', () => {
    expect(left(false, 2.3)).toBeCloseTo(2.7);
    expect(left(false, 2.55)).toBeCloseTo(3);
  });

  it('as late as possible, when no note is struck in time', () => {
    const [track] = pieceWith(false).tracks;
    const sparse = {
      ...pieceWith(false),
      tracks: [{ ...track!, notes: [track!.notes[0]!, track!.notes[29]!] }],
    };
    const { seconds } = nextMoment(sparse, 3, 0.2, 2);
    expect(seconds).toBeCloseTo(5, 2);
  });

  it('at its end, when nothing more is struck', () => {
    expect(left(false, 8.8)).toBeCloseTo(9);
    expect(left(false, 99)).toBeCloseTo(9);
  });
});

it('a continuation starts at its first new note', () => {
  expect(firstComposed(pieceWith(false, 10))?.seconds).toBeCloseTo(3);
  expect(firstComposed(pieceWith(false, 30))).toBeUndefined();
});
