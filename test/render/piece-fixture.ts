import type { Note } from '../../src/music/note.js';
import { keyboardPiece, type KeyboardPiece } from '../../src/music/keyboard.js';
import type { Piece } from '../../src/music/piece.js';

/** A piece for one keyboard whose first notes are given. */
export function pieceOf(
  notes: readonly Note[],
  { givenNotes = 0, ...rest }: Partial<KeyboardPiece> & { readonly givenNotes?: number } = {},
): Piece {
  return keyboardPiece({
    title: 'After Bach: Prelude',
    notes: notes.map((note, i) => ({ ...note, isGiven: i < givenNotes })),
    tempoBpm: 120,
    timeSignature: { numerator: 4, denominator: 4 },
    key: { tonic: 'C', scale: 'major' },
    hasBars: false,
    ...rest,
  });
}

export function note(pitch: number, onsetSeconds: number, durationSeconds: number, velocity = 80): Note {
  return { pitch, onsetSeconds, durationSeconds, velocity };
}
