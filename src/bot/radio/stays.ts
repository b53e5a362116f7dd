import type { ServerSettings, ServerSettingsStore } from '../access/server-settings.js';

/** A radio that goes on after a restart. */
export type Stay = NonNullable<NonNullable<ServerSettings['radio']>['stay']>;

/** The radios that stay, kept in the settings of their servers. */
export class Stays {
  readonly #settings: ServerSettingsStore;

  constructor(settings: ServerSettingsStore) {
    this.#settings = settings;
  }

  async of(server: string): Promise<Stay | undefined> {
    return (await this.#settings.read(server)).radio?.stay;
  }

  /** @throws UserError when the disk is full */
  async keep(server: string, stay: Stay): Promise<void> {
    await this.#settings.update(server, (before) => ({ ...before, radio: { ...before.radio, stay } }));
  }

  /** The radio was moved to another channel. */
  async move(server: string, channel: string): Promise<void> {
    const stay = await this.of(server);
    if (stay !== undefined) await this.keep(server, { ...stay, channel });
  }

  async forget(server: string): Promise<void> {
    if ((await this.of(server)) === undefined) return;
    await this.#settings.update(server, (before) => {
      const { stay: _, ...others } = before.radio ?? {};
      return { ...before, radio: others };
    });
  }
}
