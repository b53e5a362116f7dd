import type { Key } from '../../src/music/key.js';
import type { Composition } from '../../src/studio/composition.js';

interface Differences {
  readonly title?: string;
  readonly key?: Key | undefined;
  readonly audioCutAtSeconds?: number;
  readonly audio?: Uint8Array;
}

const opening = [{ pitch: 60, onsetSeconds: 0, durationSeconds: 0.5, velocity: 80 }];
const notes = [...opening, { pitch: 64, onsetSeconds: 63, durationSeconds: 1, velocity: 70 }];

/** A composition as the studio hands it out, with files of a few bytes. */
export function fakeComposition(differences: Differences = {}): Composition {
  const { title = 'After Bach: Prelude in C', audioCutAtSeconds, audio = Buffer.from('OggS') } = differences;
  const key: Key | undefined = 'key' in differences ? differences.key : { tonic: 'C', scale: 'major' };
  const timeSignature = { numerator: 4, denominator: 4 };
  return {
    request: {
      notes: 1,
      temperature: 1,
      tempo: 1,
      quantise: 'none',
      voices: 'poly',
      sampling: 'spread',
      seed: 42,
      model: 'lstm',
      opening: { title: 'Bach: Prelude in C', notes: opening, tempoBpm: 120, timeSignature },
    },
    piece: {
      title,
      notes,
      tempoBpm: 120,
      timeSignature,
      ...(key !== undefined && { key }),
      program: 0,
      givenNotes: 1,
      metrical: false,
    },
    durationSeconds: 64.2,
    model: 'lstm@1a2b3c4d',
    midi: {
      name: 'composition.mid',
      contentType: 'audio/midi',
      bytes: Buffer.from('MThd'),
      description: 'MIDI file: 2 notes in C major, 1:04',
    },
    audio: {
      name: 'composition.ogg',
      contentType: 'audio/ogg',
      bytes: audio,
      description: 'Piano: 2 notes in C major, 1:04',
    },
    ...(audioCutAtSeconds !== undefined && { audioCutAtSeconds }),
    image: {
      name: 'composition.png',
      contentType: 'image/png',
      bytes: Buffer.from('\x89PNG', 'latin1'),
      description: 'Piano roll: two notes, C4 and E4',
    },
    timingsMs: { compose: 1, midi: 1, audio: 1, image: 1, total: 4 },
  };
}
