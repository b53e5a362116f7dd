import { writeMidi } from '../../src/music/midi-write.js';
import { separateRepeats } from '../../src/music/overlap.js';
import { melody } from '../model/fixtures.js';

/** A MIDI file of 200 notes. */
export function melodyMidi(seed: number): Uint8Array {
  return writeMidi({
    title: `melody ${seed}`,
    notes: separateRepeats(melody(seed, 200)),
    tempoBpm: 120,
    timeSignature: { numerator: 4, denominator: 4 },
    program: 0,
    givenNotes: 0,
    metrical: false,
  });
}
