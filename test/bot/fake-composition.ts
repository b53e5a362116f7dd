import type { Key } from '../../src/music/theory/key.js';
import { writeMidi } from '../../src/music/midi/write.js';
import { keyboardPiece } from '../../src/music/keyboard.js';
import { formatRecord } from '../../src/request/record.js';
import type { CompositionRequest } from '../../src/request/request.js';
import type { Title } from '../../src/music/title.js';
import { eachOutput, type Composition } from '../../src/compose/composition.js';
import { startFrom } from '../compose/tasks.js';

interface Differences {
  readonly request?: CompositionRequest;
  readonly named?: Title;
  readonly key?: Key | undefined;
  readonly hasBars?: boolean;
  readonly audioCutAtSeconds?: number;
  readonly audio?: Uint8Array;
}

const opening = [{ pitch: 60, onsetSeconds: 0, durationSeconds: 0.5, velocity: 80 }];
const composed = { pitch: 64, onsetSeconds: 63, durationSeconds: 1, velocity: 70 };

const timeSignature = { numerator: 4, denominator: 4 };
const usual: CompositionRequest = {
  notes: 1,
  temperature: 1,
  tempo: 1,
  quantise: 'none',
  voices: 'poly',
  sampling: 'spread',
  seed: 42,
  model: 'lstm',
  task: startFrom({ title: 'Bach: Prelude in C', notes: opening, tempoBpm: 120, timeSignature }),
};

/** A composition as delivered: a real MIDI file, and a preview and a picture of a few bytes. */
export function fakeComposition(differences: Differences = {}): Composition {
  const { named = { title: 'Bach: Prelude in C', namedAfter: true } } = differences;
  const { audioCutAtSeconds, audio = Buffer.from('OggS') } = differences;
  const { request = usual } = differences;
  const key: Key | undefined = 'key' in differences ? differences.key : { tonic: 'C', scale: 'major' };
  const model = `${request.model}@1a2b3c4d`;
  const { task } = request;
  const isNew = task.kind === 'start';
  if (task.kind === 'song') throw new RangeError('No song here.');
  const given = isNew ? opening : task.piece.notes;
  const end = isNew ? 0 : given.at(-1)!.onsetSeconds;
  const piece = keyboardPiece({
    ...named,
    notes: [
      ...given.map((note) => ({ ...note, isGiven: true })),
      { ...composed, onsetSeconds: end + composed.onsetSeconds },
    ],
    tempoBpm: isNew ? 120 : task.piece.tempoBpm,
    timeSignature,
    key,
    hasBars: differences.hasBars ?? false,
  });
  return {
    request,
    piece,
    durationSeconds: 64.2,
    model,
    outputs: [
      {
        role: 'midi',
        extension: '.mid',
        contentType: 'audio/midi',
        withTakes: true,
        isLarge: false,
        bytes: writeMidi(piece, [formatRecord(request, piece, model)]),
      },
      {
        role: 'audio',
        extension: '.ogg',
        contentType: 'audio/ogg',
        withTakes: true,
        isLarge: true,
        bytes: audio,
        preview: {
          seconds: audioCutAtSeconds ?? 64.2,
          waveform: Uint8Array.of(10, 255, 80),
          ...(audioCutAtSeconds !== undefined && { cutAtSeconds: audioCutAtSeconds }),
        },
      },
      {
        role: 'image',
        extension: '.png',
        contentType: 'image/png',
        withTakes: false,
        isLarge: false,
        bytes: Buffer.from('\x89PNG', 'latin1'),
      },
    ],
    timingsMs: { compose: 1, ...eachOutput(() => 1), total: 4 },
  };
}
