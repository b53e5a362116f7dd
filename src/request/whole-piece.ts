import type { Note } from '../music/note.js';
import { heardNotes, settingsAtStart, type Piece } from '../music/piece.js';
import { onTicks } from '../music/ticks.js';
import type { Opening } from './request.js';

/** The whole piece, to continue from its end. */
export function wholePiece({ piece }: { readonly piece: Piece }): Opening {
  const { title, namedAfter } = piece;
  const { tempoBpm, timeSignature } = settingsAtStart(piece);
  return {
    title,
    ...(namedAfter === true && { namedAfter }),
    notes: keyboardNotes(piece),
    tempoBpm,
    timeSignature,
  };
}

/** The notes of a composition in seconds, exactly as computed from the ticks. */
export function keyboardNotes(piece: Piece): Note[] {
  const notes = heardNotes(piece).map(({ pitch, onsetSeconds, durationSeconds, velocity }): Note => ({
    pitch,
    onsetSeconds,
    durationSeconds,
    velocity,
  }));
  return onTicks(notes, settingsAtStart(piece).tempoBpm);
}
