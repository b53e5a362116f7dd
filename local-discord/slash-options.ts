import {
  ApplicationCommandOptionType as OptionType,
  ComponentType,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type APIInteractionDataResolved,
  type APISelectMenuComponent,
  type APIStringSelectComponent,
} from 'discord-api-types/v10';
import { passesFileTypes } from './file-types.js';
import { describeChannel, everyone, type Channel, type Role } from './places.js';
import { ClientRefusal } from './refusal.js';
import type { World } from './world.js';

/** A file to upload. */
export interface Upload {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** By default determined from the extension. */
  readonly contentType?: string;
}

/** A user's input for an option; users, roles and channels can be given as anything with their ID. */
export type OptionValue = string | number | boolean | Upload | { readonly id: string };
export type OptionValues = Readonly<Record<string, OptionValue>>;

/** One entry of `data.options`, as sent to the bot. */
export interface FilledOption {
  readonly name: string;
  readonly type: OptionType;
  readonly value?: string | number | boolean;
  readonly focused?: true;
  readonly options?: readonly FilledOption[];
}

export interface FilledCommand {
  readonly options: readonly FilledOption[];
  readonly resolved: APIInteractionDataResolved;
  /** The option that is being typed, for autocomplete. */
  readonly focusedType?: OptionType;
}

/** Fills in the options of slash commands as Discord's client does, and refuses invalid input like it. */
export class OptionFiller {
  readonly #world: World;
  readonly #channel: Channel;
  /** For autocompletion: the option that is being typed; then nothing is validated yet. */
  readonly #focused: string | undefined;
  readonly #resolved: APIInteractionDataResolved = {};

  constructor(world: World, channel: Channel, focused?: string) {
    this.#world = world;
    this.#channel = channel;
    this.#focused = focused;
  }

  /**
   * @param path names of the sub-command group and sub-command, if the command has any
   * @throws ClientRefusal
   */
  fill(
    definitions: readonly APIApplicationCommandOption[],
    path: readonly string[],
    values: OptionValues,
  ): FilledCommand {
    const [next, ...rest] = path;
    if (next !== undefined) {
      const nested = definitions.find(({ name }) => name === next);
      if (nested?.type !== OptionType.Subcommand && nested?.type !== OptionType.SubcommandGroup) {
        throw new ClientRefusal(`There is no sub-command ${next}`);
      }
      const filled = this.fill(nested.options ?? [], rest, values);
      return { ...filled, options: [{ name: next, type: nested.type, options: filled.options }] };
    }
    const basic = definitions.filter(isBasic);
    if (basic.length < definitions.length) throw new ClientRefusal('Choose one of the sub-commands');
    const unknown = Object.keys(values).find((name) => !basic.some((option) => option.name === name));
    if (unknown !== undefined) throw new ClientRefusal(`There is no option ${unknown}`);

    const options = basic.flatMap((option) => this.#fillOne(option, values[option.name]) ?? []);
    const focusedType = basic.find(({ name }) => name === this.#focused)?.type;
    return { options, resolved: this.#resolved, ...(focusedType === undefined ? {} : { focusedType }) };
  }

  #fillOne(
    option: APIApplicationCommandBasicOption,
    value: OptionValue | undefined,
  ): FilledOption | undefined {
    const { name, type } = option;
    if (name === this.#focused) {
      if (!('autocomplete' in option && option.autocomplete))
        throw new ClientRefusal(`${name} has no autocomplete`);
      return { name, type, value: typeof value === 'object' ? '' : String(value ?? ''), focused: true };
    }
    if (value === undefined) {
      if (option.required && this.#focused === undefined) throw new ClientRefusal(`${name} is required`);
      return undefined;
    }
    return { name, type, value: this.#check(option, value) };
  }

  /** The value as sent to the bot. */
  #check(option: APIApplicationCommandBasicOption, value: OptionValue): string | number | boolean {
    const { name } = option;
    const wrong = (need: string): ClientRefusal => new ClientRefusal(`${name} must be ${need}`);
    switch (option.type) {
      case OptionType.String: {
        if (typeof value !== 'string') throw wrong('a text');
        const chosen = chosenValue(option.choices, value);
        if (option.choices?.length && chosen === undefined) throw wrong('one of its choices');
        const { min_length: min = 0, max_length: max = 6000 } = option;
        if (value.length < min || value.length > max) throw wrong(`${min} to ${max} characters long`);
        return chosen ?? value;
      }
      case OptionType.Integer:
      case OptionType.Number: {
        const chosen = chosenValue<number>(option.choices, value);
        if (option.choices?.length && chosen === undefined) throw wrong('one of its choices');
        const number = chosen ?? value;
        if (typeof number !== 'number' || !Number.isFinite(number)) throw wrong('a number');
        if (option.type === OptionType.Integer && !Number.isInteger(number)) throw wrong('a whole number');
        const { min_value: min = -(2 ** 53), max_value: max = 2 ** 53 } = option;
        if (number < min || number > max) throw wrong(`between ${min} and ${max}`);
        return number;
      }
      case OptionType.Boolean:
        if (typeof value !== 'boolean') throw wrong('true or false');
        return value;
      case OptionType.Attachment:
        if (!isUpload(value)) throw wrong('a file');
        return this.upload(name, value, option.file_types);
      case OptionType.Channel:
        return this.#channelId(option.channel_types, value, wrong);
      case OptionType.User:
        return this.#userId(value, wrong);
      case OptionType.Role:
        return this.#roleId(value, wrong);
      case OptionType.Mentionable:
        return this.#findRole(value) ? this.#roleId(value, wrong) : this.#userId(value, wrong);
    }
  }

  /**
   * Checks and uploads one file.
   * @returns its attachment ID
   */
  upload(
    field: string,
    { name, bytes, contentType }: Upload,
    fileTypes: readonly string[] | undefined,
  ): string {
    const { cdn, settings } = this.#world;
    if (fileTypes?.length && !passesFileTypes(name, fileTypes)) {
      throw new ClientRefusal(`${field} must be one of ${fileTypes.join(', ')}, not ${name}`);
    }
    if (bytes.length > settings.attachmentSizeLimit) {
      throw new ClientRefusal(`${name} is larger than ${settings.attachmentSizeLimit} bytes`);
    }
    const file = cdn.store(this.#channel.id, name, bytes, contentType);
    this.#resolved.attachments = {
      ...this.#resolved.attachments,
      [file.id]: { ...cdn.describe(file), ephemeral: true },
    };
    return file.id;
  }

  /**
   * Chooses people, roles or channels from a menu.
   * @param ids of the chosen ones
   */
  choose(
    name: string,
    menu: Exclude<APISelectMenuComponent, APIStringSelectComponent>,
    ids: readonly string[],
  ): string[] {
    const wrong = (need: string): ClientRefusal => new ClientRefusal(`${name} takes ${need}`);
    return ids.map((id) => {
      switch (menu.type) {
        case ComponentType.ChannelSelect:
          return this.#channelId(menu.channel_types, { id }, wrong);
        case ComponentType.UserSelect:
          return this.#userId({ id }, wrong);
        case ComponentType.RoleSelect:
          return this.#roleId({ id }, wrong);
        case ComponentType.MentionableSelect:
          return this.#findRole({ id }) ? this.#roleId({ id }, wrong) : this.#userId({ id }, wrong);
      }
    });
  }

  /** The objects behind the IDs among the values. */
  get resolved(): APIInteractionDataResolved {
    return this.#resolved;
  }

  #userId(value: OptionValue, wrong: (need: string) => ClientRefusal): string {
    const user = isThing(value) ? this.#world.findUser(value.id) : undefined;
    if (user === undefined) throw wrong('a user');
    this.#resolved.users = { ...this.#resolved.users, [user.id]: user };
    const { guild } = this.#channel;
    if (guild) {
      this.#resolved.members = {
        ...this.#resolved.members,
        [user.id]: { ...this.#world.describeMembership(user, guild), permissions: String(everyone) },
      };
    }
    return user.id;
  }

  /** A role of the server they are in. */
  #findRole(value: OptionValue): Role | undefined {
    const { guild } = this.#channel;
    if (guild === undefined || !isThing(value)) return undefined;
    return this.#world.rolesOf(guild).find(({ id }) => id === value.id);
  }

  #roleId(value: OptionValue, wrong: (need: string) => ClientRefusal): string {
    const role = this.#findRole(value);
    if (role === undefined) throw wrong('a role of this server');
    this.#resolved.roles = { ...this.#resolved.roles, [role.id]: this.#world.describeRole(role) };
    return role.id;
  }

  #channelId(
    types: readonly number[] | undefined,
    value: OptionValue,
    wrong: (need: string) => ClientRefusal,
  ): string {
    const channel = isThing(value) ? this.#world.findChannel(value.id) : undefined;
    if (channel?.guild === undefined || channel.guild !== this.#channel.guild) throw wrong('a channel here');
    const described = describeChannel(channel);
    if (types?.length && !types.includes(described.type)) throw wrong('a channel of another type');
    this.#resolved.channels = {
      ...this.#resolved.channels,
      [channel.id]: { ...described, name: channel.name, permissions: String(everyone) },
    };
    return channel.id;
  }
}

export function isUpload(value: unknown): value is Upload {
  return typeof value === 'object' && value !== null && 'bytes' in value;
}

function isThing(value: OptionValue): value is { readonly id: string } {
  return typeof value === 'object' && 'id' in value;
}

/** Users choose by name; tests can also use the value. */
function chosenValue<T extends string | number>(
  choices: readonly { readonly name: string; readonly value: T }[] | undefined,
  value: OptionValue,
): T | undefined {
  return choices?.find((choice) => choice.value === value || choice.name === value)?.value;
}

function isBasic(option: APIApplicationCommandOption): option is APIApplicationCommandBasicOption {
  return option.type !== OptionType.Subcommand && option.type !== OptionType.SubcommandGroup;
}
