import { parametersFrom, pitches, sizeOf, units, type Parameters } from '../architecture.js';
import type { Random } from '../../random.js';
import type { Sequence } from '../../sequence.js';

const gates = 4 * units;

/**
 * Keras' defaults: Glorot uniform kernels, an orthogonal recurrent kernel, zero biases and
 * a forget bias of 1.
 */
export function kerasInitialisation(random: Random): Parameters {
  return parametersFrom((name, shape) => {
    const [rows = 1, columns = 1] = shape;
    const values = new Float32Array(sizeOf(shape));
    if (name === 'lstm/recurrent_kernel') return orthogonal(rows, columns, random);
    if (name === 'lstm/bias') return values.fill(1, units, 2 * units);
    if (name.endsWith('bias')) return values;
    const limit = Math.sqrt(6 / (rows + columns));
    return values.map(() => (2 * random.uniform() - 1) * limit);
  });
}

/**
 * Standard deviations of the input weights of {@link tiledInitialisation}: for pitch / 128,
 * step in seconds and duration in seconds.
 */
const tileScales = [32, 10, 5] as const;

/** Factor for a gate's weights on its other inputs. */
const otherInputs = 0.1;

/**
 * An initialisation with high resolution from the start. Pitch is a single input: with small weights all 128
 * units respond almost equally to neighbouring keys, and training spends most of its time on making them
 * steeper. Here every gate is assigned to one of the three inputs, with a steep slope w ~ N(0, scale²) on it
 * and gentle slopes on the others, centred (bias −w·x₀) on values x₀ from the music: the gates tile the
 * keyboard and the common lengths. The heads start at the statistics of the music: log frequencies of the
 * pitches, mean step, mean duration. The rest is as in Keras.
 */
export function tiledInitialisation(sequences: readonly Sequence[], random: Random): Parameters {
  const parameters = kerasInitialisation(random);
  const kernel = parameters['lstm/kernel'];
  const bias = parameters['lstm/bias'];
  const occurring = (): number[] => {
    const { pitch, step, duration } = sequences[random.below(sequences.length)]!;
    const i = random.below(pitch.length);
    return [(pitch[i]! + random.uniform() - 0.5) / 128, step[i]!, duration[i]!];
  };
  for (let gate = 0; gate < gates; gate++) {
    const own = random.below(tileScales.length);
    tileScales.forEach((scale, feature) => {
      const weight = scale * random.normal() * (feature === own ? 1 : otherInputs);
      kernel[feature * gates + gate] = weight;
      bias[gate]! -= weight * occurring()[feature]!;
    });
  }

  const counts = new Float64Array(pitches).fill(0.5);
  let notes = 0;
  let steps = 0;
  let durations = 0;
  for (const { pitch, step, duration } of sequences) {
    notes += pitch.length;
    for (let i = 0; i < pitch.length; i++) {
      counts[pitch[i]!]! += 1;
      steps += step[i]!;
      durations += duration[i]!;
    }
  }
  parameters['pitch/bias'].set(counts.map((count) => Math.log(count / notes)));
  parameters['step/bias'][0] = steps / notes;
  parameters['duration/bias'][0] = durations / notes;
  return parameters;
}

/** Orthonormal rows (Gram–Schmidt on normal vectors). */
function orthogonal(rows: number, columns: number, random: Random): Float32Array {
  const basis: Float64Array[] = [];
  while (basis.length < rows) {
    const vector = Float64Array.from({ length: columns }, () => random.normal());
    for (const other of basis) {
      const overlap = dot(vector, other);
      for (let i = 0; i < columns; i++) vector[i]! -= overlap * other[i]!;
    }
    const length = Math.sqrt(dot(vector, vector));
    basis.push(vector.map((value) => value / length));
  }
  return Float32Array.from(basis.flatMap((vector) => [...vector]));
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
