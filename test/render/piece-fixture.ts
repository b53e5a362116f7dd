import type { Note } from '../../src/music/note.js';
import type { Piece } from '../../src/music/piece.js';

export function pieceOf(notes: readonly Note[], rest: Partial<Piece> = {}): Piece {
  return {
    title: 'After Bach: Prelude',
    notes,
    tempoBpm: 120,
    timeSignature: { numerator: 4, denominator: 4 },
    key: { tonic: 'C', scale: 'major' },
    program: 0,
    givenNotes: 0,
    metrical: false,
    ...rest,
  };
}

export function note(pitch: number, onsetSeconds: number, durationSeconds: number, velocity = 80): Note {
  return { pitch, onsetSeconds, durationSeconds, velocity };
}
