import type { Message, RepliableInteraction } from 'discord.js';
import type { Language } from '../../i18n/language.js';
import { languageFor } from '../../i18n/languages.js';
import { botPermissionsIn, type BotPermissions } from '../access/permissions.js';
import { newNonce } from './channel-message.js';
import { deferredReply } from './deferred-reply.js';
import { messageReply } from './message-reply.js';
import type { MessageTarget, VoicedTarget } from './live-message.js';
import type { ReplyMemo } from './unfinished-replies.js';

/** Who made a request, where, and how to answer it. */
export interface Viewer<Target extends MessageTarget = MessageTarget> {
  /** Id of the person. */
  readonly user: string;
  /** Id of the server; none in direct messages. */
  readonly server: string | undefined;
  /** Whether the bot is a member of the server, not only installed for the person. */
  readonly isMember: boolean;
  /** The language to answer in. */
  readonly language: Language;
  /** Id of the channel. */
  readonly channel: string | null;
  /** Discord's size limit for a file here, in bytes. */
  readonly maxFileBytes: number;
  readonly botPermissions: BotPermissions;
  /** Lets a later process find the reply if this one is killed. */
  readonly memo: ReplyMemo;
  /** Acknowledges the request and returns the message that will hold the answer. */
  open(isPrivate: boolean): Promise<Target>;
}

/** Someone whose answer can be followed by voice messages. */
export type Requester = Viewer<VoicedTarget>;

export function requesterOf(interaction: RepliableInteraction): Requester {
  return {
    user: interaction.user.id,
    server: interaction.guildId ?? undefined,
    isMember: interaction.inCachedGuild(),
    language: languageFor(interaction.locale),
    channel: interaction.channelId,
    maxFileBytes: interaction.attachmentSizeLimit,
    botPermissions: botPermissionsIn(interaction),
    memo: { application: interaction.applicationId, token: interaction.token },
    open: (isPrivate) => deferredReply(interaction, isPrivate),
  };
}

/** Discord's size limit without boosts, in bytes; for messages, Discord does not report the actual one. */
const usualFileBytes = 10 * 2 ** 20;

/** @param language Discord does not report it for messages */
export function requesterOfMessage(message: Message, language: Language): Requester {
  const nonce = newNonce();
  return {
    user: message.author.id,
    server: message.guildId ?? undefined,
    isMember: message.inGuild(),
    language,
    channel: message.channelId,
    maxFileBytes: usualFileBytes,
    botPermissions: botPermissionsIn(message),
    memo: { channel: message.channelId, replyTo: message.id, nonce },
    open: () => messageReply(message, nonce),
  };
}
