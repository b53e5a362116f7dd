import { keyboardPiece } from '../../src/music/keyboard.js';
import { writeMidi } from '../../src/music/midi/write.js';
import { separateRepeats } from '../../src/music/edit/overlap.js';
import type { NamedFile } from '../../src/training/trainings.js';
import { melody } from '../model/lstm/fixtures.js';

/** A MIDI file with a random-walk melody, by seed. */
export function midiFile(seed: number, notes: number, name = `melody-${seed}.mid`): NamedFile {
  const bytes = writeMidi(
    keyboardPiece({
      title: `melody ${seed}`,
      notes: separateRepeats(melody(seed, notes)),
      tempoBpm: 120,
      timeSignature: { numerator: 4, denominator: 4 },
      hasBars: false,
    }),
  );
  return { name, bytes };
}
