import { UserError } from '../../../src/errors/user-error.js';
import type { ModelDetails, ModelLibrary, ModelSummary } from '../../../src/model/model-library.js';
import { fakeDetails } from './fake-trainings.js';

/** Models in memory: `lstm`, and those that a test adds. */
export class FakeLibrary implements ModelLibrary {
  readonly #models = new Map<string, ModelDetails>();
  /** Models that each server has used, oldest first. */
  readonly #used = new Map<string, string[]>();

  add(server: string, name: string, differences: Partial<ModelDetails> = {}): void {
    this.#models.set(`${server}/${name}`, fakeDetails(name, differences));
  }

  list(server?: string): Promise<readonly ModelSummary[]> {
    const own = [...this.#models].flatMap(([key, model]) =>
      key === `${server}/${model.name}` ? [model] : [],
    );
    return Promise.resolve(
      [fakeDetails('lstm', { origin: 'shipped' }), ...own].map((model) => this.#describe(server, model)),
    );
  }

  async show(server: string | undefined, name: string): Promise<ModelDetails> {
    const found = (await this.list(server)).find((model) => model.name === name);
    if (found === undefined) throw new UserError('model.unknown', { name, names: [] });
    return found as ModelDetails;
  }

  async id(server: string | undefined, name: string): Promise<string> {
    return (await this.show(server, name)).id;
  }

  current(server?: string): Promise<string> {
    return Promise.resolve(this.#used.get(server ?? '')?.at(-1) ?? 'lstm');
  }

  async use(server: string, name: string): Promise<ModelDetails> {
    await this.show(server, name);
    const used = this.#used.get(server) ?? ['lstm'];
    if (used.at(-1) !== name) this.#used.set(server, [...used, name]);
    return this.show(server, name);
  }

  rollback(server: string): Promise<ModelDetails> {
    const used = this.#used.get(server) ?? [];
    if (used.length < 2) {
      return Promise.reject(new UserError('model.no-previous', { name: 'lstm' }));
    }
    used.pop();
    return this.show(server, used.at(-1)!);
  }

  async remove(server: string, name: string): Promise<void> {
    const { origin, current } = await this.show(server, name);
    if (origin !== 'server' || current) {
      throw new UserError('model.in-use', { name });
    }
    this.#models.delete(`${server}/${name}`);
  }

  forget(server: string): Promise<void> {
    for (const key of this.#models.keys()) if (key.startsWith(`${server}/`)) this.#models.delete(key);
    this.#used.delete(server);
    return Promise.resolve();
  }

  #describe(server: string | undefined, model: ModelDetails): ModelDetails {
    return { ...model, current: (this.#used.get(server ?? '')?.at(-1) ?? 'lstm') === model.name };
  }
}
