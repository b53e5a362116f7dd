import { modelKinds, networks, type ModelKind, type TrainableKind } from '../request/networks.js';
import { ModelFileError } from './model-files.js';
import type { ReadModel } from './model.js';
import type { Trainer } from './trainer.js';

/** Loads the code that reads models of a kind, `read` in its folder's `model.ts`, but not that of other kinds. */
export async function readerOf(kind: ModelKind): Promise<ReadModel> {
  const file = `./${kind}/model.js`;
  const { read } = (await import(file)) as { readonly read: ReadModel };
  return read;
}

/** Loads what trains models of a kind, `trainer` in its folder's `trainer.ts`. */
export async function trainerOf(kind: TrainableKind): Promise<Trainer> {
  const file = `./${kind}/trainer.js`;
  const { trainer } = (await import(file)) as { readonly trainer: Trainer };
  return trainer;
}

/**
 * The kind of network in a `model.json`.
 * @throws ModelFileError when it names no format, or an unsupported one
 */
export function kindOf(json: string): ModelKind {
  const { format, version = 1 } = headOf(json);
  const kind = modelKinds.find((each) => networks[each].format === format);
  if (kind === undefined) {
    throw new ModelFileError(
      typeof format === 'string'
        ? `Its format "${format.slice(0, 40)}" is not known here.`
        : 'Its model.json does not say what format it has.',
    );
  }
  const { versions } = networks[kind];
  if (!versions.some((each) => each === version)) {
    throw new ModelFileError(
      `It has version ${String(version).slice(0, 20)} of its format, and version ${versions.join(' or ')} is read here.`,
    );
  }
  return kind;
}

function headOf(json: string): { readonly format?: unknown; readonly version?: unknown } {
  try {
    return (JSON.parse(json) ?? {}) as object;
  } catch {
    throw new ModelFileError('Its model.json is damaged.');
  }
}
