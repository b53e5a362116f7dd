import { readFile } from 'node:fs/promises';
import { modelFile, ModelFileError, weightsFile } from '../model-files.js';
import { parametersFrom, sizeOf, tensors, type Parameters } from './architecture.js';

/**
 * The network in TensorFlow.js' LayersModel format, `model.json` and `weights.bin`, which any TensorFlow.js
 * program can open. Read and written here without TensorFlow.js, which takes most of a second to load.
 */
export interface LayersModelFiles {
  /** Text of `model.json`. */
  readonly model: string;
  /** Bytes of `weights.bin`: the tensors in float32, little-endian. */
  readonly weights: Uint8Array;
}

interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
}

interface ModelJson {
  readonly modelTopology: unknown;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly WeightSpec[];
  }[];
  readonly userDefinedMetadata?: Readonly<Record<string, unknown>>;
}

/** @param topology from `LayersModel.toJSON`. */
export function encodeLayersModel(
  parameters: Parameters,
  topology: unknown,
  metadata: Readonly<Record<string, unknown>>,
): LayersModelFiles {
  const json: ModelJson & { format: string } = {
    format: 'layers-model',
    modelTopology: topology,
    weightsManifest: [
      {
        paths: [weightsFile],
        weights: tensors.map(({ name, shape }) => ({ name, shape, dtype: 'float32' })),
      },
    ],
    userDefinedMetadata: metadata,
  };
  const weights = Buffer.concat(
    tensors.map(({ name }) => {
      const { buffer, byteOffset, byteLength } = parameters[name];
      return new Uint8Array(buffer, byteOffset, byteLength);
    }),
  );
  return { model: `${JSON.stringify(json)}\n`, weights };
}

export interface DecodedModel {
  readonly parameters: Parameters;
  readonly topology: unknown;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * @throws ModelFileError when the files do not contain this network: a tensor is missing or has another
 *   shape, the weights are truncated, or a value is not finite.
 */
export function decodeLayersModel({ model, weights }: LayersModelFiles): DecodedModel {
  const { json, specs } = parse(model);
  const found = new Map<string, Float32Array>();
  let offset = 0;
  for (const { name, shape, dtype } of specs) {
    if (dtype !== 'float32') throw new ModelFileError(`Tensor ${name} is ${dtype}; only float32 is read.`);
    const bytes = 4 * sizeOf(shape);
    if (offset + bytes > weights.length)
      throw new ModelFileError(`${weightsFile} ends within tensor ${name}.`);
    // Copied: slicing a Buffer would return a view of the whole file.
    const { buffer } = Uint8Array.from(weights.subarray(offset, offset + bytes));
    found.set(`${name} [${shape.join(', ')}]`, new Float32Array(buffer));
    offset += bytes;
  }
  const parameters = parametersFrom((name, shape) => {
    const values = found.get(`${name} [${shape.join(', ')}]`);
    if (values === undefined) {
      throw new ModelFileError(`This model has no tensor ${name} of shape [${shape.join(', ')}].`);
    }
    if (!values.every(Number.isFinite))
      throw new ModelFileError(`Tensor ${name} holds values that are not finite.`);
    return values;
  });
  return { parameters, topology: json.modelTopology, metadata: json.userDefinedMetadata ?? {} };
}

function parse(text: string): { readonly json: ModelJson; readonly specs: readonly WeightSpec[] } {
  try {
    const json = JSON.parse(text) as Partial<ModelJson>;
    const specs = json.weightsManifest?.flatMap((group) => group.weights);
    if (json.modelTopology !== undefined && specs?.every(isWeightSpec) === true) {
      return { json: json as ModelJson, specs };
    }
  } catch {
    // Rejected below, like any other invalid JSON.
  }
  throw new ModelFileError(`${modelFile} is not a TensorFlow.js LayersModel.`);
}

function isWeightSpec({ name, shape, dtype }: Partial<WeightSpec>): boolean {
  const isSize = (size: unknown): boolean => Number.isInteger(size) && (size as number) >= 0;
  return typeof name === 'string' && typeof dtype === 'string' && shape?.every(isSize) === true;
}

/** The topology for `model.json`: that of the built-in model, as written by TensorFlow.js. */
export async function networkTopology(): Promise<unknown> {
  const shipped = new URL('../../../assets/models/lstm/model.json', import.meta.url);
  return (JSON.parse(await readFile(shipped, 'utf8')) as { modelTopology: unknown }).modelTopology;
}
