import { createHash } from 'node:crypto';
import type { CurvePoint, Losses } from './losses.js';
import type { DataFile, TrainingOptions } from './trainer.js';

/**
 * How a model was made, in `manifest.json`: enough to document the origin of its weights without the training
 * music, and to verify its files.
 */
export interface ModelManifest {
  readonly version: 1;
  readonly name: string;
  /** The model whose weights it started from, e.g. `lstm@1a2b3c4d`. */
  readonly parent?: string;
  /** ISO 8601. */
  readonly trainedAt: string;
  /** The training files, if their bytes are known. */
  readonly data?: readonly DataFile[];
  readonly options: TrainingOptions;
  readonly engine: string;
  readonly ended: string;
  readonly steps: number;
  readonly trainingWindows: number;
  readonly validationWindows: number;
  /** Losses of the model and of its parent, over all held-out windows. */
  readonly losses: Losses;
  readonly parentLosses?: Losses;
  readonly curve: readonly CurvePoint[];
  /** SHA-256 of every other file in the folder, by name. */
  readonly sha256: Readonly<Record<string, string>>;
}

export const manifestFile = 'manifest.json';

/** @param files every other file in the folder, by name. */
export function encodeManifest(
  facts: Omit<ModelManifest, 'version' | 'sha256'>,
  files: Readonly<Record<string, Uint8Array>>,
): Uint8Array {
  const digests = Object.entries(files).map(([name, bytes]) => [name, sha256(bytes)] as const);
  const manifest: ModelManifest = { version: 1, ...facts, sha256: Object.fromEntries(digests) };
  return Buffer.from(`${JSON.stringify(manifest, undefined, 1)}\n`);
}

/** @throws Error when the text is not a valid manifest. */
export function decodeManifest(text: string): ModelManifest {
  const json = JSON.parse(text) as Partial<ModelManifest> | null;
  if (json?.version !== 1 || typeof json.sha256 !== 'object')
    throw new Error('not a manifest of this version');
  return json as ModelManifest;
}

/** In lower-case hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
