import type { Message, RepliableInteraction } from 'discord.js';
import type { Language } from '../../i18n/language.js';
import { languageFor } from '../../i18n/languages.js';
import { botPermissionsIn, type BotPermissions } from '../access/permissions.js';
import { newNonce } from './channel-message.js';
import { deferredReply } from './deferred-reply.js';
import { messageReply } from './message-reply.js';
import type { MessageTarget, VoicedTarget } from './live-message.js';
import type { ReplyMemo } from './unfinished-replies.js';

/** The requester, the place, and how to answer. */
export interface Requester {
  /** Id of the person. */
  readonly user: string;
  /** Id of the server; none in direct messages. */
  readonly server: string | undefined;
  /** In which they read. */
  readonly language: Language;
  /** Id of the channel. */
  readonly channel: string | null;
  /** What Discord says that a file may have here, in bytes. */
  readonly maxFileBytes: number;
  readonly botPermissions: BotPermissions;
  /** With which a later process finds what tells the person to wait. */
  readonly memo: ReplyMemo;
  /** Acknowledges, and gives the message that the answer will be. */
  open(isPrivate: boolean): Promise<VoicedTarget>;
}

/** A requester of something that is shown at once, without follow-up. */
export interface Viewer extends Omit<Requester, 'open'> {
  open(isPrivate: boolean): Promise<MessageTarget>;
}

export function requesterOf(interaction: RepliableInteraction): Requester {
  return {
    user: interaction.user.id,
    server: interaction.guildId ?? undefined,
    language: languageFor(interaction.locale),
    channel: interaction.channelId,
    maxFileBytes: interaction.attachmentSizeLimit,
    botPermissions: botPermissionsIn(interaction),
    memo: { application: interaction.applicationId, token: interaction.token },
    open: (isPrivate) => deferredReply(interaction, isPrivate),
  };
}

/** Discord's limit where nothing raises it, in bytes; of messages it does not tell another. */
const usualFileBytes = 10 * 2 ** 20;

/** @param language of a message Discord does not tell it */
export function requesterOfMessage(message: Message, language: Language): Requester {
  const nonce = newNonce();
  return {
    user: message.author.id,
    server: message.guildId ?? undefined,
    language,
    channel: message.channelId,
    maxFileBytes: usualFileBytes,
    botPermissions: botPermissionsIn(message),
    memo: { channel: message.channelId, replyTo: message.id, nonce },
    open: () => messageReply(message, nonce),
  };
}
