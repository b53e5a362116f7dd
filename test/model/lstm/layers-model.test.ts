import { beforeAll, describe, expect, it } from 'vitest';
import { parametersFrom, tensors } from '../../../src/model/lstm/architecture.js';
import {
  decodeLayersModel,
  encodeLayersModel,
  networkTopology,
  type LayersModelFiles,
} from '../../../src/model/lstm/layers-model.js';
import { ModelFileError } from '../../../src/model/model-files.js';
import { loadTensorFlow } from '../../../src/model/lstm/tensorflow/tensorflow.js';
import { fingerprint, randomBatch, tiled } from './fixtures.js';
import { PlainNetwork } from './plain-network.js';

const parameters = tiled(41);
let topology: unknown;
let files: LayersModelFiles;

beforeAll(async () => {
  topology = await networkTopology();
  files = encodeLayersModel(parameters, topology, { name: 'test', loss: 0.5 });
});

describe('LayersModel files', () => {
  it('hold the weights, the network and its metadata', () => {
    expect(files.weights).toHaveLength(4 * 84_354);
    const decoded = decodeLayersModel(files);
    expect(fingerprint(decoded.parameters)).toBe(fingerprint(parameters));
    expect(decoded.topology).toEqual(JSON.parse(JSON.stringify(topology)));
    expect(decoded.metadata).toEqual({ name: 'test', loss: 0.5 });
  });

  it('decode from bytes at any offset in memory', () => {
    const shifted = Buffer.concat([new Uint8Array(3), files.weights]).subarray(3);
    const decoded = decodeLayersModel({ ...files, weights: shifted });
    expect(fingerprint(decoded.parameters)).toBe(fingerprint(parameters));
  });

  it('open in TensorFlow.js, with the same output as the kernel', async () => {
    const { tf } = await loadTensorFlow();
    const { modelTopology, weightsManifest } = JSON.parse(files.model) as {
      modelTopology: object;
      weightsManifest: { weights: { name: string; shape: number[]; dtype: 'float32' }[] }[];
    };
    const network = await tf.loadLayersModel({
      load: () =>
        Promise.resolve({
          modelTopology,
          weightSpecs: weightsManifest.flatMap((group) => group.weights),
          weightData: Uint8Array.from(files.weights).buffer,
        }),
    });
    const { inputs } = randomBatch(1, 4);
    const answers = network.predict(tf.tensor3d(inputs, [4, 25, 3])) as { dataSync(): Float32Array }[];
    const [logits, step, duration] = answers.map((answer) => answer.dataSync());
    const plain = new PlainNetwork(parameters);
    for (let row = 0; row < 4; row++) {
      const window = Array.from({ length: 25 }, (_, i) => {
        const [pitch = NaN, stepSeconds = NaN, durationSeconds = NaN] = inputs.subarray((row * 25 + i) * 3);
        return { pitch: pitch * 128, stepSeconds, durationSeconds };
      });
      const theirs = [...logits!.subarray(row * 128, (row + 1) * 128), step![row]!, duration![row]!];
      plain.answer(window).forEach((value, i) => {
        expect(Math.abs(value - theirs[i]!)).toBeLessThan(1e-5);
      });
    }
    network.dispose();
  });
});

describe('damaged LayersModel files', () => {
  const withModel = (change: (json: Record<string, unknown>) => unknown): LayersModelFiles => ({
    ...files,
    model: JSON.stringify(change(JSON.parse(files.model) as Record<string, unknown>)),
  });
  const spec = tensors.map(({ name, shape }) => ({ name, shape, dtype: 'float32' }));
  const manifest = (weights: unknown): unknown => [{ paths: ['weights.bin'], weights }];

  it.each<[string, () => LayersModelFiles]>([
    ['no JSON', () => ({ ...files, model: 'model' })],
    ['empty', () => ({ ...files, model: '' })],
    ['null', () => ({ ...files, model: 'null' })],
    ['cut off', () => ({ ...files, model: files.model.slice(0, -30) })],
    ['no topology', () => withModel((json) => ({ ...json, modelTopology: undefined }))],
    ['no manifest', () => withModel((json) => ({ ...json, weightsManifest: {} }))],
    ['an empty group', () => withModel((json) => ({ ...json, weightsManifest: [{}] }))],
    ['a group of null', () => withModel((json) => ({ ...json, weightsManifest: [null] }))],
    ['a tensor of null', () => withModel((json) => ({ ...json, weightsManifest: manifest([null]) }))],
    [
      'a tensor without a shape',
      () =>
        withModel((json) => ({
          ...json,
          weightsManifest: manifest([{ name: 'lstm/kernel', dtype: 'float32' }]),
        })),
    ],
    [
      'a negative shape',
      () =>
        withModel((json) => ({
          ...json,
          weightsManifest: manifest([{ name: 'a', shape: [-4], dtype: 'float32' }, ...spec]),
        })),
    ],
    [
      'another type of number',
      () =>
        withModel((json) => ({
          ...json,
          weightsManifest: manifest(spec.map((tensor) => ({ ...tensor, dtype: 'uint8' }))),
        })),
    ],
    [
      'a missing tensor',
      () => withModel((json) => ({ ...json, weightsManifest: manifest(spec.slice(0, 8)) })),
    ],
    [
      'a tensor of another shape',
      () =>
        withModel((json) => ({
          ...json,
          weightsManifest: manifest([{ ...spec[0]!, shape: [512, 3] }, ...spec.slice(1)]),
        })),
    ],
    ['weights that end early', () => ({ ...files, weights: files.weights.subarray(0, -1) })],
    ['no weights', () => ({ ...files, weights: new Uint8Array() })],
    [
      'a weight that is not finite',
      () =>
        encodeLayersModel(
          parametersFrom((name) => (name === 'step/bias' ? Float32Array.of(NaN) : parameters[name])),
          topology,
          {},
        ),
    ],
  ])('are refused: %s', (_, damaged) => {
    expect(() => decodeLayersModel(damaged())).toThrow(ModelFileError);
  });
});
