import {
  AllowedMentionsTypes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  type APIAllowedMentions,
  type APIAttachment,
  type APIGuildMember,
  type APIMessage,
  type APIMessageReference,
  type APIUser,
} from 'discord-api-types/v10';
import { unknownMessage } from './api-error.js';
import { bits } from './bits.js';
import type { Cdn } from './cdn.js';
import { isBotIn } from './commands.js';
import { storedName } from './file-types.js';
import type { Feed } from './feed.js';
import type { Gateway } from './gateway.js';
import { describeChannel, type Channel, type Guild } from './places.js';
import type { ReceivedFile } from './rest/body.js';
import type { MessageBody } from './rules/message-rules.js';
import { ShownMessage } from './shown-message.js';
import { snowflake } from './snowflake.js';
import { number, unfurlComponents, unfurlEmbeds } from './unfurl.js';

/** A message without an ID. */
export interface Draft {
  readonly channel: Channel;
  readonly author: APIUser;
  readonly body: MessageBody;
  readonly files?: readonly ReceivedFile[];
  readonly type?: MessageType;
  /** Set when the message is ephemeral: the one user who sees it. */
  readonly onlyFor?: string;
  /** Flags set by Discord, in addition to those of the body. */
  readonly flags?: MessageFlags;
  /** Fields that only messages of interactions or replies have. */
  readonly extras?: Partial<APIMessage>;
}

interface Stored {
  /** URLs are empty or `attachment://`; {@link MessageStore.describe} fills them in. */
  message: APIMessage;
  readonly channel: Channel;
  readonly onlyFor: string | undefined;
  allowedMentions: APIAllowedMentions | undefined;
  readonly versions: ShownMessage[];
}

/** Who writes and reads messages, and where their files are. */
interface MessageWorld {
  readonly bot: APIUser;
  readonly cdn: Cdn;
  readonly feed: Feed;
  readonly gateway: Gateway;
  findUser(id: string): APIUser | undefined;
  describeMembership(user: APIUser, guild: Guild): Omit<APIGuildMember, 'user'>;
}

/** All messages, with all their versions. */
export class MessageStore {
  readonly #messages = new Map<string, Stored>();
  readonly #world: MessageWorld;

  constructor(world: MessageWorld) {
    this.#world = world;
  }

  post(draft: Draft): ShownMessage {
    const { channel, author, body, extras } = draft;
    const flags = (body.flags ?? 0) | (draft.flags ?? 0) | (draft.onlyFor ? MessageFlags.Ephemeral : 0);
    const stored: Stored = {
      message: {
        id: snowflake(),
        channel_id: channel.id,
        author,
        content: '',
        timestamp: new Date().toISOString(),
        edited_timestamp: null,
        tts: body.tts ?? false,
        mention_everyone: false,
        mentions: [],
        mention_roles: [],
        attachments: [],
        embeds: [],
        components: [],
        pinned: false,
        type: draft.type ?? MessageType.Default,
        ...extras,
      },
      channel,
      onlyFor: draft.onlyFor,
      allowedMentions: undefined,
      versions: [],
    };
    this.#messages.set(stored.message.id, stored);
    this.#write(stored, { ...body, flags: bits(MessageFlags, flags) }, draft.files ?? []);
    return this.#show(stored, 'created');
  }

  /**
   * Changes the fields in the body; ends the “thinking” state.
   * @throws ApiError 10008
   */
  edit(id: string, body: MessageBody, files: readonly ReceivedFile[]): ShownMessage {
    const stored = this.#get(id);
    const { flags: before = 0 } = stored.message;
    const wasLoading = (before & MessageFlags.Loading) !== 0;
    const kept = before & ~MessageFlags.Loading & ~(body.flags == null ? 0 : MessageFlags.SuppressEmbeds);
    this.#write(stored, { ...body, flags: bits(MessageFlags, kept | (body.flags ?? 0)) }, files);
    if (!wasLoading) stored.message = { ...stored.message, edited_timestamp: new Date().toISOString() };
    return this.#show(stored, 'edited');
  }

  /** @throws ApiError 10008 */
  delete(id: string): void {
    const stored = this.#get(id);
    const { channel, message, onlyFor } = stored;
    this.#messages.delete(id);
    if (onlyFor === undefined && isBotIn(channel)) {
      this.#world.gateway.dispatch(GatewayDispatchEvents.MessageDelete, audienceOf(channel), () => ({
        id: message.id,
        channel_id: channel.id,
        ...(channel.guild ? { guild_id: channel.guild.id } : {}),
      }));
    }
    const shown = stored.versions.at(-1)!;
    this.#world.feed.publish({ kind: 'message', event: 'deleted', message: shown, ...audience(stored) });
  }

  /** The newest version, or undefined once the message is deleted. */
  find(id: string): ShownMessage | undefined {
    return this.#messages.get(id)?.versions.at(-1);
  }

  /** Every version so far, oldest first; empty once the message is deleted. */
  history(id: string): readonly ShownMessage[] {
    return this.#messages.get(id)?.versions ?? [];
  }

  /** The newest versions of a channel's messages in order; ephemeral ones only for their user. */
  in(channel: Channel, userId?: string): readonly ShownMessage[] {
    return [...this.#messages.values()]
      .filter((stored) => stored.channel === channel)
      .filter(({ onlyFor }) => onlyFor === undefined || onlyFor === userId)
      .map((stored) => stored.versions.at(-1)!);
  }

  /**
   * The message as returned by the API, with newly signed URLs.
   * @throws ApiError 10008
   */
  describe(id: string): APIMessage {
    return this.#describe(this.#get(id));
  }

  /** The message that was posted with a nonce. Discord remembers nonces for a few minutes. */
  withNonce(channel: Channel, nonce: string): APIMessage | undefined {
    const all = [...this.#messages.values()];
    const twin = all.find((stored) => stored.channel === channel && stored.message.nonce === nonce);
    return twin && this.#describe(twin);
  }

  /**
   * The message as visible to a bot with these intents.
   * @throws ApiError 10008
   */
  describeForBot(id: string, intents: number): APIMessage {
    const stored = this.#get(id);
    const message = this.#describe(stored);
    return this.#mayRead(stored, intents) ? message : withoutContent(message);
  }

  /** Drops messages and their versions, to free memory in a soak test. */
  clear(): void {
    this.#messages.clear();
  }

  #get(id: string): Stored {
    const stored = this.#messages.get(id);
    if (stored === undefined) throw unknownMessage();
    return stored;
  }

  /** Overwrites the message with the fields in `body`; other fields stay unchanged. */
  #write(stored: Stored, body: MessageBody, files: readonly ReceivedFile[]): void {
    const { message, channel } = stored;
    const content = body.content === undefined ? message.content : (body.content ?? '');
    if (body.allowed_mentions) stored.allowedMentions = body.allowed_mentions;
    stored.message = {
      ...message,
      content,
      embeds: body.embeds === undefined ? message.embeds : (body.embeds ?? []),
      components: number((body.components === undefined ? message.components : body.components) ?? []),
      attachments: this.#attach(channel, message.attachments, body, files),
      flags: body.flags ?? bits(MessageFlags, 0),
      ...this.#mentions(content, stored.allowedMentions),
    };
  }

  /** The attachments after a post or edit: kept ones, then new ones, with the descriptions of the body. */
  #attach(
    channel: Channel,
    before: readonly APIAttachment[],
    body: MessageBody,
    files: readonly ReceivedFile[],
  ): APIAttachment[] {
    const listed = body.attachments;
    const kept = listed == null ? before : before.filter(({ id }) => listed.some((entry) => entry.id === id));
    const added = files.map((file) => {
      const entry = listed?.find(({ id }) => String(id) === String(file.index));
      const name = storedName(entry?.filename ?? file.name);
      const stored = this.#world.cdn.store(channel.id, name, file.bytes, file.contentType);
      return {
        ...this.#world.cdn.describe(stored),
        ...(entry?.title == null ? {} : { title: entry.title }),
        ...(entry?.description == null ? {} : { description: entry.description }),
        ...(entry?.duration_secs == null ? {} : { duration_secs: entry.duration_secs }),
        ...(entry?.waveform == null ? {} : { waveform: entry.waveform }),
      };
    });
    return listed === null ? added : [...kept, ...added];
  }

  /** Users pinged by the text, as far as `allowed_mentions` allows. */
  #mentions(
    content: string,
    allowed: APIAllowedMentions | undefined,
  ): Pick<APIMessage, 'mentions' | 'mention_everyone'> {
    const allows = (kind: AllowedMentionsTypes): boolean =>
      allowed?.parse === undefined ? allowed === undefined : allowed.parse.includes(kind);
    const ids = new Set([...content.matchAll(/<@!?(\d+)>/g)].map((match) => match[1]!));
    return {
      mention_everyone: /@(everyone|here)\b/.test(content) && allows(AllowedMentionsTypes.Everyone),
      mentions: [...ids]
        .filter((id) => allows(AllowedMentionsTypes.User) || allowed?.users?.includes(id))
        .flatMap((id) => this.#world.findUser(id) ?? []),
    };
  }

  #show(stored: Stored, event: 'created' | 'edited'): ShownMessage {
    const { cdn, feed, gateway } = this.#world;
    const { channel, message } = stored;
    const readFile = (id: string): Uint8Array => cdn.bytes(id);
    const shown = new ShownMessage(this.#describe(stored), Date.now(), stored.allowedMentions, readFile);
    stored.versions.push(shown);
    if (stored.onlyFor === undefined && isBotIn(channel)) {
      const name =
        event === 'created' ? GatewayDispatchEvents.MessageCreate : GatewayDispatchEvents.MessageUpdate;
      gateway.dispatch(name, audienceOf(channel), (intents) => ({
        ...this.describeForBot(message.id, intents),
        channel_type: describeChannel(channel).type,
        ...(channel.guild
          ? {
              guild_id: channel.guild.id,
              member: this.#world.describeMembership(message.author, channel.guild),
            }
          : {}),
      }));
    }
    feed.publish({ kind: 'message', event, message: shown, ...audience(stored) });
    return shown;
  }

  #describe({ message }: Stored): APIMessage {
    const attachments = message.attachments.map((attachment) => {
      const { id, filename: name } = attachment;
      const url = this.#world.cdn.url({ id, channelId: message.channel_id, name });
      return { ...attachment, url, proxy_url: url };
    });
    return {
      ...message,
      attachments,
      embeds: unfurlEmbeds(message.embeds, attachments),
      components: unfurlComponents(message.components ?? [], attachments),
    };
  }

  #mayRead({ message, channel }: Stored, intents: number): boolean {
    const botId = this.#world.bot.id;
    return (
      (intents & GatewayIntentBits.MessageContent) !== 0 ||
      channel.guild === undefined ||
      message.author.id === botId ||
      message.mentions.some((user) => user.id === botId)
    );
  }
}

/** The reference that makes a message a reply to another. */
export function referenceTo({ id, guild }: Channel, messageId: string): APIMessageReference {
  return {
    type: MessageReferenceType.Default,
    message_id: messageId,
    channel_id: id,
    ...(guild ? { guild_id: guild.id } : {}),
  };
}

function audience({ onlyFor }: Stored): { onlyFor?: string } {
  return onlyFor === undefined ? {} : { onlyFor };
}

function audienceOf(channel: Channel): { guildId: string | undefined; intents: number } {
  const intents = channel.guild ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages;
  return { guildId: channel.guild?.id, intents };
}

function withoutContent(message: APIMessage): APIMessage {
  return { ...message, content: '', embeds: [], attachments: [], components: [] };
}
