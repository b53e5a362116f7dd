import { keyboardPiece } from '../../src/music/keyboard.js';
import { writeMidi } from '../../src/music/midi/write.js';
import type { Note } from '../../src/music/note.js';
import { separateRepeats } from '../../src/music/edit/overlap.js';

/** A MIDI file with only notes: at 120 bpm, for piano, none of them given. */
export function plainMidi(notes: readonly Note[]): Uint8Array {
  return writeMidi(
    keyboardPiece({
      title: 'notes',
      notes: separateRepeats(notes),
      tempoBpm: 120,
      timeSignature: { numerator: 4, denominator: 4 },
      hasBars: false,
    }),
  );
}
