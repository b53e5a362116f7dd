import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as h5wasm from 'h5wasm/node';
import { afterAll, describe, expect, it } from 'vitest';
import { tensors, type TensorName } from '../../../src/model/lstm/architecture.js';
import { readKerasFile } from '../../../src/model/lstm/keras-import.js';
import { fingerprint, kerasLike } from './fixtures.js';

const folder = mkdtempSync(join(tmpdir(), 'keras-'));
afterAll(() => rmSync(folder, { recursive: true }));

const parameters = kerasLike(51);

interface Written {
  readonly values: Float32Array | Float64Array;
  readonly shape: readonly number[];
}

/** Writes an HDF5 file with datasets at the paths that `place` returns. */
async function write(
  file: string,
  place: (name: TensorName) => string,
  change: (name: TensorName, written: Written) => Written | undefined = (_, written) => written,
): Promise<string> {
  await h5wasm.ready;
  const path = join(folder, file);
  const h5 = new h5wasm.File(path, 'w');
  const put = (at: string, { values, shape }: Written): void => {
    const names = at.split('/');
    let group: h5wasm.Group = h5;
    for (const name of names.slice(0, -1)) {
      group = group.keys().includes(name) ? (group.get(name) as h5wasm.Group) : group.create_group(name);
    }
    group.create_dataset({ name: names.at(-1)!, data: values, shape: [...shape] });
  };
  for (const { name, shape } of tensors) {
    // The optimiser's moments have the same names and shapes.
    put(`optimizer_weights/Adam/${place(name)}`, {
      values: new Float32Array(parameters[name].length),
      shape,
    });
    const written = change(name, { values: parameters[name], shape });
    if (written !== undefined) put(place(name), written);
  }
  h5.close();
  return path;
}

const keras2 = (name: TensorName): string => {
  const [layer, tensor] = name.split('/') as [string, string];
  return `model_weights/${layer}/${layer}/${layer === 'lstm' ? 'lstm_cell/' : ''}${tensor}:0`;
};
const keras3 = (name: TensorName): string => {
  const [layer, tensor] = name.split('/') as [string, string];
  return `model_weights/${layer}/functional_1/${layer}/${layer === 'lstm' ? 'lstm_cell/' : ''}${tensor}`;
};

describe('a Keras file', () => {
  it.each([
    ['Keras 2', keras2],
    ['Keras 3', keras3],
    ['weights alone', (name: TensorName) => keras2(name).replace('model_weights/', '')],
    ['a numbered cell', (name: TensorName) => keras2(name).replace('lstm_cell', 'lstm_cell_3')],
  ])('gives its weights: %s', async (name, place) => {
    const read = await readKerasFile(await write(`${name}.h5`, place));
    expect(fingerprint(read)).toBe(fingerprint(parameters));
  });
});

describe('another file', () => {
  it('is refused when it is not HDF5', async () => {
    for (const bytes of ['', 'not HDF5 at all', '\x89HDF\r\n\x1a\n and then nothing']) {
      const path = join(folder, 'other.h5');
      writeFileSync(path, bytes, 'latin1');
      await expect(readKerasFile(path)).rejects.toMatchObject({ code: 'import.not-hdf5' });
    }
    const whole = readFileSync(await write('whole.h5', keras2));
    writeFileSync(join(folder, 'half.h5'), whole.subarray(0, whole.length / 2));
    await expect(readKerasFile(join(folder, 'half.h5'))).rejects.toMatchObject({ code: 'import.not-hdf5' });
    await expect(readKerasFile(join(folder, 'missing.h5'))).rejects.toMatchObject({
      code: 'import.not-hdf5',
    });
  });

  it('is refused when a tensor is missing', async () => {
    const path = await write('missing tensor.h5', keras2, (name, written) =>
      name === 'step/bias' ? undefined : written,
    );
    await expect(readKerasFile(path)).rejects.toMatchObject({
      code: 'import.tensor',
      details: { file: path, tensor: 'step/bias', shape: [1] },
    });
  });

  it('is refused when a tensor has another shape', async () => {
    const path = await write('shape.h5', keras2, (name, written) =>
      name === 'lstm/kernel' ? { ...written, shape: [512, 3] } : written,
    );
    await expect(readKerasFile(path)).rejects.toMatchObject({ code: 'import.tensor' });
  });

  it('is refused when its numbers are not float32', async () => {
    const path = await write('float64.h5', keras2, (name, written) =>
      name === 'pitch/bias' ? { ...written, values: Float64Array.from(written.values) } : written,
    );
    await expect(readKerasFile(path)).rejects.toMatchObject({ code: 'import.tensor' });
  });
});
