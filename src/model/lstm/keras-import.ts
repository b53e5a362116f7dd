import { basename } from 'node:path';
import type * as h5wasm from 'h5wasm/node';
import { UserError } from '../../errors/user-error.js';
import { modelFile, weightsFile } from '../model-files.js';
import { parametersFrom, type Parameters, type TensorName } from './architecture.js';
import { encodeLayersModel, networkTopology } from './layers-model.js';

/** The suffix of each tensor's path in a Keras file: version 2 writes `kernel:0`, version 3 `kernel`. */
const paths: { readonly [name in TensorName]: RegExp } = {
  'lstm/kernel': /\/lstm_cell[^/]*\/kernel(:0)?$/,
  'lstm/recurrent_kernel': /\/lstm_cell[^/]*\/recurrent_kernel(:0)?$/,
  'lstm/bias': /\/lstm_cell[^/]*\/bias(:0)?$/,
  'pitch/kernel': /\/pitch\/kernel(:0)?$/,
  'pitch/bias': /\/pitch\/bias(:0)?$/,
  'step/kernel': /\/step\/kernel(:0)?$/,
  'step/bias': /\/step\/bias(:0)?$/,
  'duration/kernel': /\/duration\/kernel(:0)?$/,
  'duration/bias': /\/duration\/bias(:0)?$/,
};

/**
 * The files of a model with the weights of a Keras file, by name.
 * @throws UserError as {@link readKerasFile}
 */
export async function importKeras(path: string, name: string): Promise<Readonly<Record<string, Uint8Array>>> {
  const { model, weights } = encodeLayersModel(await readKerasFile(path), await networkTopology(), {
    name,
    importedFrom: basename(path),
  });
  return { [modelFile]: Buffer.from(model), [weightsFile]: weights };
}

/**
 * The weights of this network from a Keras `.h5` file, a whole model or only its weights, as saved by the
 * student notebook and TensorFlow's tutorial.
 * @throws UserError when the optional package that reads HDF5 is not installed, when the file is not HDF5, or
 *   when a tensor is missing or has another shape.
 */
export async function readKerasFile(path: string): Promise<Parameters> {
  const hdf5 = await loadHdf5();
  // Otherwise it prints its errors and continues with invalid handles.
  (await hdf5.ready).activate_throwing_error_handler();
  let file: h5wasm.File;
  try {
    file = new hdf5.File(path, 'r');
  } catch {
    throw new UserError('import.not-hdf5', { file: path });
  }
  try {
    const datasets = weightsIn(hdf5, file);
    return parametersFrom((name, shape) => {
      const found = [...datasets].find(([at]) => paths[name].test(at))?.[1];
      const values = found?.value;
      if (!(values instanceof Float32Array) || found?.shape?.join() !== shape.join()) {
        throw new UserError('import.tensor', { file: path, tensor: name, shape });
      }
      return values.slice();
    });
  } finally {
    file.close();
  }
}

async function loadHdf5(): Promise<typeof h5wasm> {
  try {
    return await import('h5wasm/node');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UserError('import.package');
  }
}

/** Datasets by path; skips those of the optimiser. */
function weightsIn(
  hdf5: typeof h5wasm,
  group: h5wasm.Group,
  path = '',
  found = new Map<string, h5wasm.Dataset>(),
): typeof found {
  for (const key of group.keys()) {
    if (key === 'optimizer_weights') continue;
    const child = group.get(key);
    if (child instanceof hdf5.Dataset) found.set(`${path}/${key}`, child);
    else if (child instanceof hdf5.Group) weightsIn(hdf5, child, `${path}/${key}`, found);
  }
  return found;
}
