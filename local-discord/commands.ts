import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type LocalizationMap,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { unknownCommand } from './api-error.js';
import type { Feed } from './feed.js';
import type { Channel } from './places.js';
import type { Profile } from './profile.js';
import { checkCommand, checkCommands } from './rules/command-rules.js';
import { snowflake } from './snowflake.js';

/** Where commands are registered: one guild, or globally if undefined. */
export type Scope = string | undefined;

/** Every registered command, global ones and those of single guilds. */
export class CommandRegistry {
  #commands: readonly APIApplicationCommand[] = [];
  /** `command name, user id` of users whom a server admin exempts from `default_member_permissions`. */
  readonly #allowed = new Set<string>();

  constructor(
    private readonly applicationId: string,
    private readonly feed: Feed,
  ) {}

  list(scope: Scope): readonly APIApplicationCommand[] {
    return this.#commands.filter((command) => command.guild_id === scope);
  }

  /** @throws ApiError 10063 */
  get(scope: Scope, id: string): APIApplicationCommand {
    const command = this.list(scope).find((candidate) => candidate.id === id);
    if (command === undefined) throw unknownCommand();
    return command;
  }

  /**
   * Bulk overwrite.
   * @throws ApiError 50035, 30032
   */
  replaceAll(scope: Scope, body: unknown): readonly APIApplicationCommand[] {
    const commands = checkCommands(body).map((definition) => this.#complete(scope, definition));
    this.#keep([...this.#commands.filter((command) => command.guild_id !== scope), ...commands]);
    return commands;
  }

  /**
   * Creates a command, or replaces the one with the same name and type.
   * @throws ApiError 50035
   */
  upsert(scope: Scope, body: unknown): { readonly command: APIApplicationCommand; readonly isNew: boolean } {
    const definition = checkCommand(body);
    const existing = this.#find(scope, definition);
    const command = this.#complete(scope, definition);
    this.#keep([...this.#commands.filter((other) => other !== existing), command]);
    return { command, isNew: existing === undefined };
  }

  /** @throws ApiError 10063, 50035 */
  edit(scope: Scope, id: string, changes: unknown): APIApplicationCommand {
    const current = this.get(scope, id);
    const merged = { ...current, ...(changes as Partial<APIApplicationCommand>) };
    const command = { ...this.#complete(scope, checkCommand(merged)), id };
    this.#keep(this.#commands.map((other) => (other === current ? command : other)));
    return command;
  }

  /** @throws ApiError 10063 */
  delete(scope: Scope, id: string): void {
    const command = this.get(scope, id);
    this.#keep(this.#commands.filter((other) => other !== command));
  }

  /** Lets a user run a command regardless of `default_member_permissions`, as a server admin can. */
  allow(name: string, userId: string): void {
    this.#allowed.add(`${name}, ${userId}`);
  }

  /** The commands that Discord's client shows a user in a channel; a guild's own come first. */
  visibleTo(profile: Profile, channel: Channel): readonly APIApplicationCommand[] {
    const local = channel.guild ? this.list(channel.guild.id) : [];
    return [...local, ...this.list(undefined)].filter((command) =>
      this.#isVisible(command, profile, channel),
    );
  }

  #isVisible(command: APIApplicationCommand, profile: Profile, channel: Channel): boolean {
    const context = contextOf(channel);
    if (command.contexts && !command.contexts.includes(context)) return false;
    const installs = command.integration_types ?? [];
    const byGuild = installs.includes(ApplicationIntegrationType.GuildInstall) && isBotIn(channel);
    const byUser = installs.includes(ApplicationIntegrationType.UserInstall) && profile.hasInstalledApp;
    if (!byGuild && !byUser) return false;
    if (!channel.guild || command.default_member_permissions === null) return true;
    if (this.#allowed.has(`${command.name}, ${profile.user.id}`)) return true;
    const needed = BigInt(command.default_member_permissions);
    if ((profile.permissions & PermissionFlagsBits.Administrator) !== 0n) return true;
    return needed !== 0n && (profile.permissions & needed) === needed;
  }

  #find(scope: Scope, definition: RESTPostAPIApplicationCommandsJSONBody): APIApplicationCommand | undefined {
    const type = definition.type ?? ApplicationCommandType.ChatInput;
    return this.list(scope).find((command) => command.name === definition.name && command.type === type);
  }

  /** Adds the fields that Discord adds, and omits those that it omits from its responses. */
  #complete(scope: Scope, definition: RESTPostAPIApplicationCommandsJSONBody): APIApplicationCommand {
    const type = definition.type ?? ApplicationCommandType.ChatInput;
    const options = 'options' in definition ? definition.options : undefined;
    return {
      id: this.#find(scope, definition)?.id ?? snowflake(),
      application_id: this.applicationId,
      version: snowflake(),
      type,
      name: definition.name,
      name_localizations: localizations(definition.name_localizations),
      description: ('description' in definition ? definition.description : undefined) ?? '',
      description_localizations: localizations(
        'description_localizations' in definition ? definition.description_localizations : null,
      ),
      default_member_permissions: definition.default_member_permissions ?? null,
      nsfw: definition.nsfw ?? false,
      ...(options && options.length > 0 ? { options: options.map(withoutDefaults) } : {}),
      ...(scope === undefined
        ? {
            contexts: definition.contexts ?? null,
            integration_types: definition.integration_types ?? [ApplicationIntegrationType.GuildInstall],
          }
        : { guild_id: scope, integration_types: [ApplicationIntegrationType.GuildInstall], contexts: null }),
    };
  }

  #keep(commands: readonly APIApplicationCommand[]): void {
    this.#commands = commands;
    this.feed.publish({ kind: 'commands', commands });
  }
}

/** The context of an interaction, in Discord's terms. */
export function contextOf(channel: Channel): InteractionContextType {
  if (channel.guild) return InteractionContextType.Guild;
  return channel.recipients.length > 1 ? InteractionContextType.PrivateChannel : InteractionContextType.BotDM;
}

/** Whether the bot is a member of the channel's server. */
export function isBotIn(channel: Channel): boolean {
  return channel.guild ? channel.guild.hasBot : channel.recipients.length === 1;
}

/** A command as returned by `GET` without `with_localizations=true`. */
export function withoutLocalizations(command: APIApplicationCommand): unknown {
  return JSON.parse(JSON.stringify(command), (key, value: unknown) =>
    key === 'name_localizations' || key === 'description_localizations' ? undefined : value,
  );
}

function localizations(map: object | null | undefined): LocalizationMap | null {
  return map ?? null;
}

/** Discord's responses omit fields that are false or empty. */
function withoutDefaults(option: APIApplicationCommandOption): APIApplicationCommandOption {
  return JSON.parse(JSON.stringify(option), (_key, value: unknown) =>
    value === false || (Array.isArray(value) && value.length === 0) ? undefined : value,
  ) as APIApplicationCommandOption;
}
