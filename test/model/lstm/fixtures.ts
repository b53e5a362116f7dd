/** Seeded weights, music and batches for the tests of the networks. */
import { createHash } from 'node:crypto';
import {
  parametersFrom,
  tensors,
  windowLength,
  type Parameters,
} from '../../../src/model/lstm/architecture.js';
import { kerasInitialisation, tiledInitialisation } from '../../../src/model/lstm/training/initialisation.js';
import { Random } from '../../../src/model/random.js';
import type { WindowBatch } from '../../../src/model/lstm/training/training-engine.js';
import { toSequence, type Sequence } from '../../../src/model/sequence.js';
import type { Note } from '../../../src/music/note.js';
import type { CompositionRequest, Opening } from '../../../src/request/request.js';
import { startFrom } from '../../compose/tasks.js';

/** A random-walk melody with occasional chords, for piano. */
export function melody(seed: number, notes: number): Note[] {
  const random = new Random(seed);
  let pitch = 60;
  let onsetSeconds = 0;
  return Array.from({ length: notes }, (_, i) => {
    pitch = Math.min(Math.max(pitch + random.below(11) - 5, 30), 100);
    if (i > 0 && random.uniform() < 0.8) onsetSeconds += 0.05 + 0.3 * random.uniform();
    return { pitch, onsetSeconds, durationSeconds: 0.1 + 0.4 * random.uniform(), velocity: 64 };
  });
}

export function sequence(seed: number, notes: number): Sequence {
  return toSequence(melody(seed, notes));
}

/** Caches weights: generating orthogonal vectors is slow. */
const made = new Map<string, Parameters>();

function once(name: string, make: () => Parameters): Parameters {
  const parameters = made.get(name) ?? make();
  made.set(name, parameters);
  return parameters;
}

/** Keras' initialisation, with all biases changed slightly, so that no tensor is special. */
export function kerasLike(seed: number): Parameters {
  return once(`keras ${seed}`, () => {
    const random = new Random(seed);
    const parameters = kerasInitialisation(random);
    return parametersFrom((name) =>
      parameters[name].map((value) => value + (name.endsWith('bias') ? 0.2 * random.normal() : 0)),
    );
  });
}

/** Steep input weights, as in this project's initialisation. */
export function tiled(seed: number): Parameters {
  return once(`tiled ${seed}`, () => tiledInitialisation([sequence(seed, 300)], new Random(seed)));
}

/** The parameters with other biases. */
export function withBiases(
  parameters: Parameters,
  biases: { readonly step?: number; readonly duration?: number; readonly headWeights?: 0 },
): Parameters {
  const { step, duration, headWeights } = biases;
  return parametersFrom((name) => {
    const values = parameters[name].slice();
    if (name === 'step/bias' && step !== undefined) values.fill(step);
    if (name === 'duration/bias' && duration !== undefined) values.fill(duration);
    if (/^(step|duration)\/kernel$/.test(name) && headWeights !== undefined) values.fill(headWeights);
    return values;
  });
}

/** Equal exactly if all values are bit-identical; comparing the arrays takes vitest seconds. */
export function fingerprint(parameters: Parameters): string {
  const hash = createHash('sha256');
  for (const { name } of tensors) hash.update(parameters[name]);
  return hash.digest('hex');
}

export function randomBatch(seed: number, rows: number): WindowBatch {
  const random = new Random(seed);
  const note = (pitchUnit: number): number[] => [
    (21 + random.below(88)) / pitchUnit,
    random.uniform(),
    2 * random.uniform(),
  ];
  const notes = (count: number, pitchUnit: number): Float32Array =>
    Float32Array.from(Array.from({ length: count }, () => note(pitchUnit)).flat());
  return { rows, inputs: notes(rows * windowLength, 128), targets: notes(rows, 1) };
}

export function openingOf(notes: number, seed = 1): Opening {
  return {
    title: 'a test',
    notes: melody(seed, notes),
    tempoBpm: 100,
    timeSignature: { numerator: 4, denominator: 4 },
  };
}

export function request(changes: Partial<CompositionRequest> = {}): CompositionRequest {
  return {
    notes: 30,
    temperature: 1,
    tempo: 1,
    quantise: 'none',
    voices: 'poly',
    sampling: 'spread',
    seed: 1,
    model: 'test',
    task: startFrom(openingOf(30)),
    ...changes,
  };
}
