import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ModelKind, networks } from '../request/networks.js';
import { UserError } from '../errors/user-error.js';
import { modelFile, ModelFileError, weightsFile } from './model-files.js';
import type { Model } from './model.js';
import { kindOf, readerOf } from './registry.js';
import { decodeManifest, manifestFile, sha256, type ModelManifest } from './model-manifest.js';

/** The built-in models. */
export const shippedModels = fileURLToPath(new URL('../../assets/models/', import.meta.url));

/** The folders that contain models, each in its own folder. */
export interface ModelFolders {
  /** For everyone; the first one with a model of a given name wins. */
  readonly shared: readonly string[];
  /** Contains a folder for each server, with its own models in `models`; these take precedence. */
  readonly servers?: string;
}

/** Location of a model's files, not yet read. */
export interface ModelLocation {
  readonly name: string;
  readonly path: string;
  /** Changes whenever the files change. */
  readonly stamp: string;
}

/**
 * A model's name is a plain file name, valid also on Windows, and different from temporary names of
 * interrupted changes.
 */
export function isModelName(name: string): boolean {
  return /^\w([\w.-]{0,62}\w)?$/.test(name) && !/\.(partial|replaced|removed)$/.test(name);
}

/** @throws RangeError for IDs with anything but digits: nothing else may become part of a path. */
export function serverFolder(servers: string, server: string): string {
  if (!/^\d{1,20}$/.test(server)) throw new RangeError('The id of a server has digits only.');
  return join(servers, server);
}

/** The folders in which a server's models are searched for, in order. */
export function foldersFor({ shared, servers }: ModelFolders, server?: string): readonly string[] {
  if (servers === undefined || server === undefined) return shared;
  return [join(serverFolder(servers, server), 'models'), ...shared];
}

/** Names of the models in these folders. */
export async function listModels(folders: readonly string[]): Promise<string[]> {
  const names = new Set<string>();
  for (const folder of folders) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if (entry.isDirectory() && isModelName(entry.name)) names.add(entry.name);
    }
  }
  return [...names].sort();
}

/** Limit on the name of a new model. */
export const longestModelName = 32;

/**
 * Finds a model by name, ignoring case, in the first folder that has it.
 * @throws UserError `model.unknown`
 */
export async function findModel(folders: readonly string[], name: string): Promise<ModelLocation> {
  for (const folder of isModelName(name) ? folders : []) {
    const path = join(folder, name);
    const stamps = await Promise.all([stampOf(join(path, modelFile)), stampOf(join(path, weightsFile))]);
    if (stamps[0] !== undefined) return { name, path, stamp: stamps.join() };
  }
  const names = await listModels(folders);
  const other = sameName(names, name);
  if (other !== undefined && other !== name) return findModel(folders, other);
  throw new UserError('model.unknown', { name, names });
}

/** The matching name: exact, or with different case. */
export function sameName(names: readonly string[], written: string): string | undefined {
  const lower = written.toLowerCase();
  return names.find((name) => name === written) ?? names.find((name) => name.toLowerCase() === lower);
}

/**
 * Reads a model and verifies its checksums, if it has a manifest.
 * @throws UserError `model.damaged`
 */
export async function readModel({ name, path }: ModelLocation): Promise<Model> {
  try {
    const [model, weights, manifest] = await Promise.all([
      readFile(join(path, modelFile)),
      readFile(join(path, weightsFile)).catch(ignoreMissing),
      readManifest(path),
    ]);
    const json = model.toString('utf8');
    const kind = kindOf(json);
    if (weights === undefined && networks[kind].isWeightless !== true) {
      throw new ModelFileError('It has no weights.');
    }
    const digest = sha256(weights ?? model);
    if (manifest !== undefined) {
      const { [modelFile]: modelDigest, [weightsFile]: weightsDigest } = manifest.sha256;
      if (modelDigest !== sha256(model) || weightsDigest !== digest) {
        throw new ModelFileError('Its files are not as they were written.');
      }
    }
    const read = await readerOf(kind);
    const other = (file: string): Promise<Buffer | undefined> =>
      readFile(join(path, file)).catch(ignoreMissing);
    return await read(
      { kind, id: idOf(name, digest), manifest },
      {
        json,
        weights: weights ?? new Uint8Array(),
        other,
      },
    );
  } catch (error) {
    const reason = error instanceof ModelFileError ? error.message : 'unreadable';
    throw new UserError('model.damaged', { name, reason, cause: error });
  }
}

/** The ID that {@link readModel} gives it. Reads the files in chunks and keeps nothing of them. */
export async function modelId({ name, path }: ModelLocation): Promise<string> {
  const hasWeights = (await stampOf(join(path, weightsFile))) !== undefined;
  const hash = createHash('sha256');
  const file = join(path, hasWeights ? weightsFile : modelFile);
  for await (const part of createReadStream(file)) hash.update(part as Uint8Array);
  return idOf(name, hash.digest('hex'));
}

/** @param digest SHA-256 in hex digits, of the weights, or of the model's content if it has no weights */
function idOf(name: string, digest: string): string {
  return `${name}@${digest.slice(0, 8)}`;
}

/** The kind of a model, read without its weights; undefined if it cannot be determined. */
export async function modelKind({ path }: Pick<ModelLocation, 'path'>): Promise<ModelKind | undefined> {
  try {
    return kindOf(await readFile(join(path, modelFile), 'utf8'));
  } catch {
    return undefined;
  }
}

async function readManifest(path: string): Promise<ModelManifest | undefined> {
  const text = await readFile(join(path, manifestFile), 'utf8').catch(ignoreMissing);
  return text === undefined ? undefined : decodeManifest(text);
}

/** @throws UserError `model.unknown`, `model.damaged` */
export async function loadModel(folders: readonly string[], name: string): Promise<Model> {
  return readModel(await findModel(folders, name));
}

async function stampOf(path: string): Promise<string | undefined> {
  const file = await stat(path).catch(() => undefined);
  return file && `${file.ino} ${file.size} ${file.mtimeMs}`;
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
