import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  findModel,
  foldersFor,
  isModelName,
  longestModelName,
  listModels,
  modelId,
  modelKind,
  readModel,
  sameName,
  serverFolder,
  type ModelFolders,
} from './model-store.js';
import { modelFile, weightsFile, type ModelFiles } from './model-files.js';
import type { Model } from './model.js';
import { UserError } from '../errors/user-error.js';
import { diskFailure } from '../storage/disk-failure.js';
import { defaultModel } from '../request/options.js';
import { type ModelKind, keyboardKinds } from '../request/networks.js';
import { StoredJson } from '../storage/stored-json.js';
import type { CurvePoint, Losses } from './losses.js';

/** A model that a server can use. */
export interface ModelSummary {
  readonly name: string;
  /** Its origin: built in, added by the operator, or trained by this server. */
  readonly origin: 'shipped' | 'operator' | 'server';
  /** Undefined if its files do not say. */
  readonly kind: ModelKind | undefined;
  /** Whether it is the server's default. */
  readonly current: boolean;
}

export interface ModelDetails extends ModelSummary {
  readonly kind: ModelKind;
  /** Name and the first digits of the weights' SHA-256: `lstm@1a2b3c4d`. */
  readonly id: string;
  readonly parent?: string;
  /** ISO 8601. */
  readonly trainedAt?: string;
  readonly epochs?: number;
  readonly rate?: number;
  /** SHA-256 of its training files, by name. */
  readonly data?: readonly { readonly name: string; readonly sha256: string }[];
  readonly trainingWindows?: number;
  /** On held-out windows of its own training. */
  readonly losses?: Losses;
  readonly parentLosses?: Losses;
  readonly curve?: readonly CurvePoint[];
}

/** The models of all servers, isolated from each other. */
export interface ModelLibrary {
  /** Sorted by name. */
  list(server?: string): Promise<readonly ModelSummary[]>;
  /** @throws UserError when there is no such model, or its files are damaged. */
  show(server: string | undefined, name: string): Promise<ModelDetails>;
  /** The model that the server uses by default; of this kind, if there is one. */
  current(server?: string, kind?: ModelKind): Promise<string>;
  /**
   * Name and the first digits of the weights' SHA-256; reads nothing else.
   * @throws Error when there is no such model, or its weights cannot be read
   */
  id(server: string | undefined, name: string): Promise<string>;
  /** @throws UserError when there is no such model, or its files are damaged. */
  use(server: string, name: string): Promise<ModelDetails>;
  /**
   * Goes back to the model that was used before.
   * @throws UserError when there was none.
   */
  rollback(server: string): Promise<ModelDetails>;
  /** @throws UserError when it is not the server's own, or is in use. */
  remove(server: string, name: string): Promise<void>;
  /** Deletes a server's own models and its choice. */
  forget(server: string): Promise<void>;
}

export interface LibraryFolders extends Required<ModelFolders> {
  /** The built-in folder in `shared`; the others are the operator's. */
  readonly shipped: string;
}

/** The models that a server chose; the last one is in use. If empty, the server uses the default. */
interface Choices {
  readonly version: 1;
  readonly history: readonly string[];
}

interface SharedModel {
  readonly origin: 'operator' | 'shipped';
  /** Undefined if its files do not say. */
  readonly kind: ModelKind | undefined;
}

const noChoices: Choices = { version: 1, history: [] };
const choicesSchema = z.object({ version: z.literal(1), history: z.array(z.string().refine(isModelName)) });
const keptChoices = 20;

interface Server {
  /** The server's own models, sorted by name; the kind is undefined if their files do not say. */
  models: ReadonlyMap<string, ModelKind | undefined>;
  choices: Choices;
  readonly stored: StoredJson<Choices>;
}

/**
 * The models of all servers. The list of models and the choices are cached in memory; every change is written
 * to disk before it takes effect, one at a time.
 */
export class StoredLibrary implements ModelLibrary {
  readonly #folders: LibraryFolders;
  /** By name. */
  readonly #shared: ReadonlyMap<string, SharedModel>;
  readonly #default: string;
  readonly #servers: Map<string, Server>;
  #changes: Promise<unknown> = Promise.resolve();

  private constructor(
    folders: LibraryFolders,
    shared: ReadonlyMap<string, SharedModel>,
    servers: Map<string, Server>,
    standard: string,
  ) {
    this.#folders = folders;
    this.#shared = shared;
    this.#servers = servers;
    this.#default = standard;
  }

  /**
   * Reads the models, and cleans up after interrupted changes.
   * @param standard name of the model for servers that chose none
   */
  static async open(folders: LibraryFolders, standard: string = defaultModel): Promise<StoredLibrary> {
    const shared = new Map<string, SharedModel>();
    for (const folder of folders.shared) {
      for (const name of await listModels([folder])) {
        if (shared.has(name)) continue;
        const origin = folder === folders.shipped ? 'shipped' : 'operator';
        shared.set(name, { origin, kind: await modelKind({ path: join(folder, name) }) });
      }
    }
    const ids = (await readdir(folders.servers).catch(() => [])).filter((id) => /^\d{1,20}$/.test(id));
    const servers = await Promise.all(
      ids.map(async (id) => [id, await openServer(serverFolder(folders.servers, id))] as const),
    );
    return new StoredLibrary(folders, shared, new Map(servers), standard);
  }

  /** Names of the models that a server can use, sorted. */
  names(server?: string): readonly string[] {
    const own = this.#servers.get(server ?? '')?.models.keys() ?? [];
    return [...new Set([...own, ...this.#shared.keys()])].sort();
  }

  /**
   * The candidate models by default: the one in use, then previous ones, the latest first, in case its files
   * are damaged.
   */
  candidates(server?: string): readonly [string, ...string[]] {
    const names = this.names(server);
    const chosen = this.#servers.get(server ?? '')?.choices.history ?? [];
    const standard = this.#default;
    const [current = standard, ...others] = new Set(
      [...chosen].reverse().filter((name) => names.includes(name)),
    );
    return [
      current,
      ...others.filter((name) => name !== standard),
      ...(current === standard ? [] : [standard]),
    ];
  }

  /**
   * The candidate models of some kinds: those that the server chose, then all others, in the order of the
   * kinds.
   */
  candidatesOf(server: string | undefined, kinds: readonly ModelKind[]): readonly string[] {
    const place = (name: string): number => {
      const kind = this.kind(server, name);
      if (kind !== undefined) return kinds.indexOf(kind);
      // A model of unknown kind is a candidate if any kind is allowed; reading it then reports the damage.
      return keyboardKinds.every((each) => kinds.includes(each)) ? 0 : -1;
    };
    const chosen = this.candidates(server).filter((name) => place(name) >= 0);
    if (chosen.length > 0 && kinds.length > 1) return chosen;
    const others = [...this.#shared.keys()].filter((name) => place(name) >= 0 && !chosen.includes(name));
    return [...chosen, ...others.sort((a, b) => place(a) - place(b))];
  }

  /** The kind of a model; undefined if there is none, or its files do not say. */
  kind(server: string | undefined, name: string): ModelKind | undefined {
    const own = this.#servers.get(server ?? '')?.models;
    return own?.has(name) === true ? own.get(name) : this.#shared.get(name)?.kind;
  }

  /** The folder for a model of this name that the server trains. */
  folderFor(server: string, name: string): string {
    return join(serverFolder(this.#folders.servers, server), 'models', name);
  }

  /**
   * @throws UserError when the name is not a valid file name, or is taken by a shared model or one of the
   *   server's.
   */
  checkNew(server: string, name: string): void {
    if (!isModelName(name) || name.length > longestModelName) {
      throw new UserError('model.name');
    }
    // Compared without case: some file systems are case-insensitive.
    const taken = sameName(this.names(server), name);
    if (taken !== undefined) {
      throw new UserError('model.taken', {
        name: taken,
      });
    }
  }

  /** @throws UserError when there is no such model, or its files are damaged. */
  async load(server: string | undefined, name: string): Promise<Model> {
    return readModel(await findModel(foldersFor(this.#folders, server), name));
  }

  /** The files of a model that has weights, without checking them. */
  async files(server: string | undefined, name: string): Promise<Pick<ModelFiles, 'json' | 'weights'>> {
    const { path } = await findModel(foldersFor(this.#folders, server), name);
    const [json, weights] = await Promise.all([
      readFile(join(path, modelFile), 'utf8'),
      readFile(join(path, weightsFile)),
    ]);
    return { json, weights };
  }

  /** Registers a model that was written to {@link folderFor}. */
  async add(server: string): Promise<void> {
    await this.#inTurn(async () => {
      this.#servers.set(server, await openServer(serverFolder(this.#folders.servers, server)));
    });
  }

  list(server?: string): Promise<readonly ModelSummary[]> {
    return Promise.resolve(this.names(server).map((name) => this.#summary(server, name)));
  }

  async show(server: string | undefined, written: string): Promise<ModelDetails> {
    const name = this.#named(server, written);
    const { id, kind, manifest } = await this.load(server, name);
    const summary = { ...this.#summary(server, name), id, kind };
    if (manifest === undefined) return summary;
    const { parent, trainedAt, options, data, trainingWindows, losses, parentLosses, curve } = manifest;
    return {
      ...summary,
      ...(parent !== undefined && { parent }),
      trainedAt,
      epochs: options.epochs,
      rate: options.rate,
      ...(data && { data }),
      trainingWindows,
      losses,
      ...(parentLosses && { parentLosses }),
      curve,
    };
  }

  current(server?: string, kind?: ModelKind): Promise<string> {
    const [standard] = this.candidates(server);
    return Promise.resolve(
      kind === undefined ? standard : (this.candidatesOf(server, [kind])[0] ?? standard),
    );
  }

  async id(server: string | undefined, name: string): Promise<string> {
    return modelId(await findModel(foldersFor(this.#folders, server), name));
  }

  async use(server: string, written: string): Promise<ModelDetails> {
    const name = this.#named(server, written);
    await this.#inTurn(async () => {
      await this.load(server, name);
      if (this.candidates(server)[0] === name) return;
      await this.#choose(server, ({ history }) => [...history, name].slice(-keptChoices));
    });
    return this.show(server, name);
  }

  async rollback(server: string): Promise<ModelDetails> {
    const name = await this.#inTurn(async () => {
      const [current, previous] = this.candidates(server);
      if (previous === undefined) {
        throw new UserError('model.no-previous', {
          name: current,
        });
      }
      await this.load(server, previous);
      await this.#choose(server, ({ history }) => history.slice(0, history.lastIndexOf(previous) + 1));
      return previous;
    });
    return this.show(server, name);
  }

  async remove(server: string, written: string): Promise<void> {
    const name = this.#named(server, written);
    await this.#inTurn(async () => {
      const own = this.#servers.get(server);
      if (own?.models.has(name) !== true) {
        throw new UserError('model.not-own', { name, isShared: this.#shared.has(name) });
      }
      if (this.candidates(server)[0] === name) {
        throw new UserError('model.in-use', { name });
      }
      const path = this.folderFor(server, name);
      await rename(path, `${path}.removed`).catch(diskFailure); // atomic; the deletion that follows may be interrupted
      own.models = new Map([...own.models].filter(([other]) => other !== name));
      await rm(`${path}.removed`, { recursive: true, force: true }).catch(diskFailure);
    });
  }

  async forget(server: string): Promise<void> {
    const folder = serverFolder(this.#folders.servers, server);
    await this.#inTurn(async () => {
      this.#servers.delete(server);
      await rm(folder, { recursive: true, force: true }).catch(diskFailure);
    });
  }

  /** The name in its stored case. */
  #named(server: string | undefined, written: string): string {
    return sameName(this.names(server), written) ?? written;
  }

  #summary(server: string | undefined, name: string): ModelSummary {
    const own = this.#servers.get(server ?? '')?.models.has(name) === true;
    return {
      name,
      origin: own ? 'server' : (this.#shared.get(name)?.origin ?? 'operator'),
      kind: this.kind(server, name),
      current: this.candidates(server)[0] === name,
    };
  }

  async #choose(server: string, next: (choices: Choices) => readonly string[]): Promise<void> {
    let known = this.#servers.get(server);
    if (known === undefined) {
      known = await openServer(serverFolder(this.#folders.servers, server));
      this.#servers.set(server, known);
    }
    known.choices = await known.stored
      .update((choices) => ({ version: 1, history: next(choices) }))
      .catch(diskFailure);
  }

  /** Serialises all changes. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const result = this.#changes.then(change);
    this.#changes = result.catch(() => undefined);
    return result;
  }
}

async function openServer(folder: string): Promise<Server> {
  const models = join(folder, 'models');
  for (const name of await readdir(models).catch(() => [])) {
    if (/\.(removed|partial)$/.test(name)) await rm(join(models, name), { recursive: true, force: true });
  }
  const stored = new StoredJson(join(folder, 'models.json'), (json) => choicesSchema.parse(json), noChoices);
  const kinds = (await listModels([models])).map(
    async (name) => [name, await modelKind({ path: join(models, name) })] as const,
  );
  return { models: new Map(await Promise.all(kinds)), choices: await stored.read(), stored };
}
