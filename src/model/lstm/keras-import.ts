import { Dataset, File, Group, ready } from 'h5wasm/node';
import { parametersFrom, sizeOf, type Parameters, type TensorName } from './architecture.js';
import { ModelFileError } from './layers-model.js';

/** How the path of each tensor ends in a Keras file: 2 writes `kernel:0`, 3 `kernel`. */
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
 * The weights of this network from a Keras `.h5` file, a whole model or its weights alone,
 * as the student notebook and TensorFlow's tutorial save them.
 * @throws ModelFileError when the file is not HDF5, or a tensor is missing or of another shape.
 */
export async function readKerasFile(path: string): Promise<Parameters> {
  const hdf5 = await ready;
  hdf5.activate_throwing_error_handler(); // else it prints its errors and goes on with invalid handles
  let file: File;
  try {
    file = new File(path, 'r');
  } catch {
    throw new ModelFileError(`${path} is not an HDF5 file, or damaged.`);
  }
  try {
    const datasets = weightsIn(file);
    return parametersFrom((name, shape) => {
      const found = [...datasets].find(([at]) => paths[name].test(at))?.[1];
      const values = found?.value;
      if (!(values instanceof Float32Array) || found?.shape?.join() !== shape.join()) {
        throw new ModelFileError(
          `${path} has no tensor ${name} of ${sizeOf(shape)} float32 values [${shape.join(', ')}].`,
        );
      }
      return values.slice();
    });
  } finally {
    file.close();
  }
}

/** Datasets by path; those of the optimiser are left out. */
function weightsIn(group: Group, path = '', found = new Map<string, Dataset>()): typeof found {
  for (const key of group.keys()) {
    if (key === 'optimizer_weights') continue;
    const child = group.get(key);
    if (child instanceof Dataset) found.set(`${path}/${key}`, child);
    else if (child instanceof Group) weightsIn(child, `${path}/${key}`, found);
  }
  return found;
}
