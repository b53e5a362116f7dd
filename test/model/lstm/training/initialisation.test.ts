import { describe, expect, it } from 'vitest';
import {
  kerasInitialisation,
  tiledInitialisation,
} from '../../../../src/model/lstm/training/initialisation.js';
import { Random } from '../../../../src/model/random.js';
import { parametersFrom } from '../../../../src/model/lstm/architecture.js';
import { fingerprint, sequence } from '../fixtures.js';

function row(values: Float32Array, index: number, columns: number): Float32Array {
  return values.subarray(index * columns, (index + 1) * columns);
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const largest = (values: Float32Array): number =>
  values.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);

describe('the initialisation of Keras', () => {
  const parameters = kerasInitialisation(new Random(1));

  it('has an orthogonal recurrent kernel', () => {
    const recurrent = parameters['lstm/recurrent_kernel'];
    for (const i of [0, 1, 64, 127]) {
      for (let j = 0; j < 128; j++) {
        expect(dot(row(recurrent, i, 512), row(recurrent, j, 512))).toBeCloseTo(i === j ? 1 : 0, 5);
      }
    }
  });

  it('has a forget bias of 1 and no other', () => {
    const bias = parameters['lstm/bias'];
    expect([...bias].map((value, i) => value === (i >= 128 && i < 256 ? 1 : 0))).not.toContain(false);
    for (const name of ['pitch/bias', 'step/bias', 'duration/bias'] as const) {
      expect(largest(parameters[name])).toBe(0);
    }
  });

  it.each([
    ['lstm/kernel', 3 + 512],
    ['pitch/kernel', 128 + 128],
    ['step/kernel', 128 + 1],
  ] as const)('has a Glorot uniform %s', (name, fans) => {
    const limit = Math.sqrt(6 / fans);
    const values = parameters[name];
    expect(largest(values)).toBeLessThanOrEqual(limit);
    expect(largest(values)).toBeGreaterThan(0.9 * limit);
    const square = dot(values, values) / values.length;
    expect(square / (limit ** 2 / 3)).toBeGreaterThan(0.7);
    expect(square / (limit ** 2 / 3)).toBeLessThan(1.3);
  });

  it('follows from its seed', () => {
    expect(fingerprint(kerasInitialisation(new Random(1)))).toBe(fingerprint(parameters));
    expect(fingerprint(kerasInitialisation(new Random(2)))).not.toBe(fingerprint(parameters));
  });
});

describe('the tiled initialisation', () => {
  const sequences = [sequence(1, 200), sequence(2, 100)];
  const parameters = tiledInitialisation(sequences, new Random(1));
  const slopes = (gate: number): number[] =>
    [32, 10, 5].map((scale, feature) => parameters['lstm/kernel'][feature * 512 + gate]! / scale);

  it('gives each gate a steep slope on one input, every input to about a third of them', () => {
    const own = [0, 0, 0];
    let steep = 0;
    for (let gate = 0; gate < 512; gate++) {
      const sizes = slopes(gate).map(Math.abs);
      const feature = sizes.indexOf(Math.max(...sizes));
      own[feature]! += 1;
      steep += sizes[feature]! ** 2;
    }
    for (const count of own) expect(Math.abs(count - 512 / 3)).toBeLessThan(60);
    expect(steep / 512).toBeGreaterThan(0.7);
    expect(steep / 512).toBeLessThan(1.4);
  });

  it('centres the slopes on what occurs', () => {
    const [pitch, step, duration] = [60, 0.5, 0.25];
    const always = (value: number): number[] => new Array<number>(30).fill(value);
    const { 'lstm/kernel': kernel, 'lstm/bias': bias } = tiledInitialisation(
      [
        {
          pitch: Uint8Array.from(always(pitch)),
          step: Float32Array.from(always(step)),
          duration: Float32Array.from(always(duration)),
        },
      ],
      new Random(2),
    );
    for (let gate = 0; gate < 512; gate++) {
      const [onPitch, onStep, onDuration] = [kernel[gate]!, kernel[512 + gate]!, kernel[1024 + gate]!];
      const forget = gate >= 128 && gate < 256 ? 1 : 0;
      const centre = (pitch / 128) * onPitch + step * onStep + duration * onDuration;
      // A pitch is spread over its semitone.
      const semitone = Math.abs(onPitch) / 128;
      expect(Math.abs(bias[gate]! - forget + centre)).toBeLessThan(0.5 * semitone + 1e-5);
    }
  });

  it('starts the heads at the statistics of the music', () => {
    const pitches = sequences.flatMap(({ pitch }) => [...pitch]);
    const steps = sequences.flatMap(({ step }) => [...step]);
    const durations = sequences.flatMap(({ duration }) => [...duration]);
    const mean = (values: number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
    expect(parameters['step/bias'][0]).toBeCloseTo(mean(steps), 5);
    expect(parameters['duration/bias'][0]).toBeCloseTo(mean(durations), 5);
    for (const pitch of [20, 60, pitches[0]!]) {
      const count = pitches.filter((other) => other === pitch).length;
      expect(parameters['pitch/bias'][pitch]).toBeCloseTo(Math.log((count + 0.5) / pitches.length), 4);
    }
  });

  it('is otherwise like Keras', () => {
    const keras = kerasInitialisation(new Random(1));
    const restored = parametersFrom((name) =>
      /^lstm.(kernel|bias)|bias$/.test(name) ? keras[name] : parameters[name],
    );
    expect(fingerprint(restored)).toBe(fingerprint(keras));
  });
});
