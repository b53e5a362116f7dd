import type { BaseInteraction } from 'discord.js';
import { UserError } from '../../errors/user-error.js';
import { managesServer, serverOf } from './manager.js';
import type { Precondition } from './preconditions.js';
import type { ServerSettingsStore } from './server-settings.js';

/** Decides who can train and choose the models of a server. */
export class TrainerGate {
  readonly #operators: readonly string[];
  readonly #settings: ServerSettingsStore;

  /** @param operators IDs of users who can do so in every server */
  constructor(operators: readonly string[], settings: ServerSettingsStore) {
    this.#operators = operators;
    this.#settings = settings;
  }

  /** Accepts server managers, and people listed by the server or the operator. */
  readonly trainers: Precondition = (interaction) => this.#require(interaction);

  /** @throws UserError in direct messages, and for everyone else */
  async #require(interaction: BaseInteraction): Promise<void> {
    const server = serverOf(interaction);
    if (managesServer(interaction) || this.#operators.includes(interaction.user.id)) return;
    const { roles, users } = (await this.#settings.read(server)).trainers;
    const isNamed =
      users.includes(interaction.user.id) || rolesOf(interaction).some((role) => roles.includes(role));
    if (isNamed) return;
    throw new UserError('settings.only-trainers');
  }
}

/** Role IDs, from the raw payload of Discord or from the cache of discord.js. */
export function rolesOf({ member }: BaseInteraction): readonly string[] {
  if (member === null) return [];
  return Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
}
