import {
  ApplicationCommandType,
  ButtonStyle,
  ComponentType,
  InteractionType,
  Locale,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  PermissionFlagsBits,
  type APIApplicationCommand,
  type APIApplicationCommandOptionChoice,
} from 'discord-api-types/v10';
import { bits } from './bits.js';
import { contentTypeOf } from './file-types.js';
import type { Act } from './interactions.js';
import { referenceTo } from './messages.js';
import { fillModal, type FieldValues } from './modal-fields.js';
import { everyone, makeUser, type Channel, type Role } from './places.js';
import type { Profile } from './profile.js';
import { ClientRefusal } from './refusal.js';
import { Reply } from './reply.js';
import type { ShownMessage } from './shown-message.js';
import { OptionFiller, type OptionValues, type Upload } from './slash-options.js';
import { snowflake } from './snowflake.js';
import type { Listener } from './voice/listener.js';
import type { World } from './world.js';

export interface UserOptions {
  readonly name?: string;
  /** Permission bits in addition to everyone's, e.g. `PermissionFlagsBits.ManageGuild`. */
  readonly permissions?: bigint;
  /** Permission bits of everyone that this user does not have. */
  readonly lacks?: bigint;
  /** Their roles in servers, in addition to everyone's. */
  readonly roles?: readonly Role[];
  /** Another bot, which uses nothing but voice. */
  readonly isBot?: boolean;
  /** The language of their client; American English by default. */
  readonly locale?: Locale;
  /** Whether they installed the application for themselves. */
  readonly hasInstalledApp?: boolean;
}

/** Anything with a message's id. */
export interface MessageLike {
  readonly id: string;
}

/**
 * A person using Discord's client, in one channel. Actions that the client does not allow throw a {@link
 * ClientRefusal} and never reach the bot.
 */
export class LocalUser {
  readonly #world: World;
  readonly #profile: Profile;
  readonly #channel: Channel;

  constructor(world: World, profile: Profile, channel: Channel) {
    this.#world = world;
    this.#profile = profile;
    this.#channel = channel;
  }

  get id(): string {
    return this.#profile.user.id;
  }

  get name(): string {
    return this.#profile.user.global_name ?? this.#profile.user.username;
  }

  /** The channel they are in. */
  get channel(): Channel {
    return this.#channel;
  }

  /** The same person with these permissions in addition to everyone's, and a client in this language. */
  as({
    permissions = 0n,
    locale = this.#profile.locale,
  }: Pick<UserOptions, 'permissions' | 'locale'>): LocalUser {
    const profile = { ...this.#profile, permissions: everyone | permissions, locale };
    return new LocalUser(this.#world, profile, this.#channel);
  }

  /** The same person in another channel. */
  in(channel: Channel): LocalUser {
    return new LocalUser(this.#world, this.#profile, channel);
  }

  /** The same person in direct messages with the bot. */
  dm(): LocalUser {
    return this.in(this.#world.directChannel(this.#profile.user));
  }

  /** Commands shown by the client after a slash or in context menus. */
  commands(): readonly APIApplicationCommand[] {
    return this.#world.commands.visibleTo(this.#profile, this.#channel);
  }

  /** The messages that this user sees here, oldest first. */
  messages(): readonly ShownMessage[] {
    return this.#world.messages.in(this.#channel, this.id);
  }

  /**
   * Sends a slash command and waits for its acknowledgement, or for the client's timeout.
   * @param path the command's name, followed by its sub-command's: `compose`, `config set`
   * @throws ClientRefusal
   */
  async slash(path: string, options: OptionValues = {}): Promise<Reply> {
    const [name = '', ...nested] = path.split(' ');
    const command = this.#command(name, ApplicationCommandType.ChatInput);
    const filler = new OptionFiller(this.#world, this.#channel);
    const filled = filler.fill(command.options ?? [], nested, options);
    return this.#act(InteractionType.ApplicationCommand, {
      ...describeCommand(command),
      options: filled.options,
      resolved: filled.resolved,
    });
  }

  /**
   * Types into an option and waits for the suggestions.
   * @param focused the option that is being typed; its text is among the options
   * @throws ClientRefusal; Error when no suggestions arrive
   */
  async autocomplete(
    path: string,
    options: OptionValues,
    focused: string,
  ): Promise<readonly APIApplicationCommandOptionChoice[]> {
    const [name = '', ...nested] = path.split(' ');
    const command = this.#command(name, ApplicationCommandType.ChatInput);
    const filler = new OptionFiller(this.#world, this.#channel, focused);
    const { options: filled, resolved, focusedType } = filler.fill(command.options ?? [], nested, options);
    if (focusedType === undefined) throw new ClientRefusal(`There is no option ${focused}`);
    const data = { ...describeCommand(command), options: filled, resolved };
    const reply = await this.#act(InteractionType.ApplicationCommandAutocomplete, data, { focusedType });
    return reply.choices;
  }

  /**
   * Chooses a command from the context menu of a message or a user.
   * @throws ClientRefusal
   */
  async contextMenu(name: string, target: MessageLike | LocalUser): Promise<Reply> {
    if (target instanceof LocalUser) {
      const command = this.#command(name, ApplicationCommandType.User);
      const { user, permissions } = target.#profile;
      const { guild } = this.#channel;
      const member = guild && {
        ...this.#world.describeMembership(user, guild),
        permissions: String(permissions),
      };
      return this.#act(InteractionType.ApplicationCommand, {
        ...describeCommand(command),
        target_id: user.id,
        resolved: { users: { [user.id]: user }, ...(member && { members: { [user.id]: member } }) },
      });
    }
    const command = this.#command(name, ApplicationCommandType.Message);
    this.#look(target);
    return this.#act(InteractionType.ApplicationCommand, {
      ...describeCommand(command),
      target_id: target.id,
      resolved: { messages: { [target.id]: this.#world.messages.describe(target.id) } },
    });
  }

  /**
   * Presses a button of a message.
   * @param label the button's label or custom_id
   * @throws ClientRefusal
   */
  async press(message: MessageLike, label: string): Promise<Reply> {
    const shown = this.#look(message);
    const button = shown.buttons.find(
      (candidate) =>
        ('label' in candidate && candidate.label === label) ||
        ('custom_id' in candidate && candidate.custom_id === label),
    );
    if (button === undefined) throw new ClientRefusal(`There is no button ${label} on ${shown.summary()}`);
    if (button.disabled) throw new ClientRefusal(`The button ${label} is greyed out`);
    if (button.style === ButtonStyle.Link || button.style === ButtonStyle.Premium) {
      throw new ClientRefusal(`The button ${label} leads out of Discord`);
    }
    const data = { component_type: ComponentType.Button, custom_id: button.custom_id, id: button.id };
    return this.#use(message, data);
  }

  /**
   * Chooses from a select menu.
   * @param customId the menu's custom_id or placeholder
   * @param chosen labels or values; for menus of people and channels, their IDs
   * @throws ClientRefusal
   */
  async select(message: MessageLike, customId: string, chosen: readonly string[]): Promise<Reply> {
    const shown = this.#look(message);
    const menu = shown.selects.find(
      (candidate) => candidate.custom_id === customId || candidate.placeholder === customId,
    );
    if (menu === undefined) throw new ClientRefusal(`There is no menu ${customId} on ${shown.summary()}`);
    if (menu.disabled) throw new ClientRefusal(`The menu ${customId} is greyed out`);
    const { min_values: min = 1, max_values: max = 1 } = menu;
    if (chosen.length < min || chosen.length > max) throw new ClientRefusal(`Choose ${min} to ${max}`);
    const data = { component_type: menu.type, custom_id: menu.custom_id, id: menu.id };
    if (menu.type !== ComponentType.StringSelect) {
      const filler = new OptionFiller(this.#world, this.#channel);
      const values = filler.choose(menu.placeholder ?? customId, menu, chosen);
      return this.#use(message, { ...data, values, resolved: filler.resolved });
    }
    const values = chosen.map((text) => {
      const option = menu.options.find(({ label, value }) => label === text || value === text);
      if (option === undefined) throw new ClientRefusal(`The menu has no choice ${text}`);
      return option.value;
    });
    return this.#use(message, { ...data, values });
  }

  /**
   * Fills in the modal that a reply opened, and submits it.
   * @param values by label or custom_id
   * @throws ClientRefusal
   */
  async submitModal(opened: Reply, values: FieldValues = {}): Promise<Reply> {
    const { act } = opened.interaction;
    if (act.profile.user.id !== this.id) throw new ClientRefusal('The modal is on another user’s screen');
    const data = fillModal(opened.modal, values, new OptionFiller(this.#world, this.#channel));
    const message = act.message && { message: this.#world.messages.describe(act.message.id) };
    return this.#act(InteractionType.ModalSubmit, data, { opener: opened.interaction, ...message });
  }

  /**
   * Writes a message.
   * @param options files, and the message that it replies to
   * @throws ClientRefusal
   */
  say(
    content: string,
    { files = [], replyTo }: { readonly files?: readonly Upload[]; readonly replyTo?: MessageLike } = {},
  ): ShownMessage {
    const { settings } = this.#world;
    if (content === '' && files.length === 0) throw new ClientRefusal('There is nothing to send');
    if (content.length > 2000) throw new ClientRefusal('Your message is too long');
    if (files.length > 10) throw new ClientRefusal('Ten files at a time');
    const tooLarge = files.find(({ bytes }) => bytes.length > settings.attachmentSizeLimit);
    if (tooLarge) throw new ClientRefusal(`${tooLarge.name} is too large`);
    return this.#world.messages.post({
      channel: this.#channel,
      author: this.#profile.user,
      body: { content },
      files: files.map((file, index) => ({ contentType: contentTypeOf(file.name) ?? '', ...file, index })),
      ...(replyTo && {
        type: MessageType.Reply,
        extras: { message_reference: referenceTo(this.#channel, replyTo.id) },
      }),
    });
  }

  /** Forwards a message: the copy has no content of its own, only a snapshot of the message. */
  forward(message: MessageLike): ShownMessage {
    const { raw } = this.#look(message);
    const { attachments, components = [], content, edited_timestamp, embeds } = raw;
    const { flags = bits(MessageFlags, 0) } = raw;
    const { mention_roles, mentions, timestamp, type } = raw;
    const snapshot = {
      ...{ attachments, components, content, edited_timestamp, embeds, flags },
      ...{ mention_roles, mentions, timestamp, type },
    };
    const reference = referenceTo(this.#channel, message.id);
    return this.#world.messages.post({
      channel: this.#channel,
      author: this.#profile.user,
      body: {},
      extras: {
        message_reference: { ...reference, type: MessageReferenceType.Forward },
        message_snapshots: [{ message: snapshot }],
      },
    });
  }

  /**
   * Joins a voice channel to listen.
   * @throws ClientRefusal when it is full, or they lack the permission
   */
  joinVoice(channel: Channel): Promise<Listener> {
    return this.#world.voice.admit(this.#profile, channel);
  }

  /**
   * Deletes a message: one's own, or with ManageMessages anyone's.
   * @throws ClientRefusal
   */
  delete(message: MessageLike): void {
    const shown = this.#look(message);
    const isModerator = (this.#profile.permissions & PermissionFlagsBits.ManageMessages) !== 0n;
    const mayDelete = shown.authorId === this.id || (this.#channel.guild !== undefined && isModerator);
    if (!mayDelete || shown.ephemeral) throw new ClientRefusal('You cannot delete this message');
    this.#world.messages.delete(message.id);
  }

  #command(name: string, type: ApplicationCommandType): APIApplicationCommand {
    const command = this.commands().find((candidate) => candidate.name === name && candidate.type === type);
    if (command === undefined) throw new ClientRefusal(`${this.name} sees no command ${name} here`);
    return command;
  }

  /** The current version of the message for this user. */
  #look({ id }: MessageLike): ShownMessage {
    const shown = this.messages().find((message) => message.id === id);
    if (shown === undefined) throw new ClientRefusal(`${this.name} sees no such message here`);
    return shown;
  }

  #use(message: MessageLike, data: unknown): Promise<Reply> {
    return this.#act(InteractionType.MessageComponent, data, {
      message: this.#world.messages.describe(message.id),
    });
  }

  async #act(
    type: InteractionType,
    data: unknown,
    more: Pick<Act, 'message' | 'focusedType' | 'opener'> = {},
  ): Promise<Reply> {
    const { interactions, feed, settings } = this.#world;
    const act = { profile: this.#profile, channel: this.#channel, type, data, ...more };
    const interaction = interactions.send(act);
    const reply = new Reply(this.#world, interaction);
    const isOver = (): Reply | undefined => (interaction.state === 'waiting' ? undefined : reply);
    return feed.until(isOver, settings.acknowledgeWithinMs + 1000, () => 'an acknowledgement');
  }
}

/** @param number distinguishes users without a name */
export function makeProfile(options: UserOptions, number: number): Profile {
  const { name = `User ${number}`, permissions = 0n, lacks = 0n, locale = Locale.EnglishUS } = options;
  return {
    user: makeUser(snowflake(), name, options.isBot),
    permissions: (everyone | permissions) & ~lacks,
    locale,
    hasInstalledApp: options.hasInstalledApp ?? false,
  };
}

function describeCommand({
  id,
  name,
  type,
  guild_id,
}: APIApplicationCommand): Readonly<Record<string, unknown>> {
  return { id, name, type, ...(guild_id === undefined ? {} : { guild_id }) };
}
