import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyboardPiece } from '../../src/music/keyboard.js';
import type { Piece } from '../../src/music/piece.js';
import { Random } from '../../src/model/random.js';
import { figuresOf, isCopy } from '../../src/radio/resemblance.js';

function pieceOf(pitches: readonly number[], given = 0): Piece {
  const notes = pitches.map((pitch, i) => ({
    ...{ pitch, onsetSeconds: i * 0.3, durationSeconds: 0.3, velocity: 70 },
    isGiven: i < given,
  }));
  const timeSignature = { numerator: 4, denominator: 4 };
  return keyboardPiece({ title: '', notes, tempoBpm: 120, timeSignature, key: undefined, hasBars: false });
}

const melody = fc.array(fc.integer({ min: 48, max: 84 }), { minLength: 40, maxLength: 80 });

describe('a piece', () => {
  it('is a copy of itself in any key', () => {
    fc.assert(
      fc.property(melody, fc.integer({ min: -12, max: 12 }), (pitches, semitones) => {
        const other = pieceOf(pitches.map((pitch) => pitch + semitones));
        expect(isCopy(figuresOf(pieceOf(pitches)), [figuresOf(other)])).toBe(true);
      }),
    );
  });

  it('is a copy where a third of it is taken from another', () => {
    fc.assert(
      fc.property(melody, melody, (pitches, others) => {
        const stolen = [...others.slice(0, 40), ...pitches.slice(0, 30)];
        expect(isCopy(figuresOf(pieceOf(stolen)), [figuresOf(pieceOf(pitches))])).toBe(true);
      }),
    );
  });

  it('is no copy of other music', () => {
    const walk = (seed: number): Piece => {
      const random = new Random(seed);
      return pieceOf(Array.from({ length: 300 }, () => 48 + (random.integer() % 36)));
    };
    const all = Array.from({ length: 10 }, (_, seed) => figuresOf(walk(seed)));
    for (const [i, figures] of all.entries()) expect(isCopy(figures, all.slice(0, i))).toBe(false);
  });

  it('does not count its given notes', () => {
    const pitches = Array.from({ length: 40 }, (_, i) => 48 + ((i * 17) % 31));
    expect(figuresOf(pieceOf(pitches, 40)).size).toBe(0);
    expect(isCopy(figuresOf(pieceOf(pitches, 40)), [figuresOf(pieceOf(pitches))])).toBe(false);
  });
});
