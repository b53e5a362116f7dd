import { Random } from '../dist/model/random.js';
import { keyboardPiece } from '../dist/music/keyboard.js';
import { writeMidi } from '../dist/music/midi/write.js';

/** A MIDI file with a random-walk melody of this many notes. */
export function wanderingMelody(seed, notes) {
  const random = new Random(seed);
  let pitch = 60;
  return writeMidi(
    keyboardPiece({
      title: `melody ${seed}`,
      notes: Array.from({ length: notes }, (_, i) => {
        pitch = Math.min(Math.max(pitch + random.below(11) - 5, 30), 100);
        return { pitch, onsetSeconds: 0.2 * i, durationSeconds: 0.15, velocity: 64 };
      }),
      tempoBpm: 120,
      timeSignature: { numerator: 4, denominator: 4 },
      hasBars: false,
    }),
  );
}
