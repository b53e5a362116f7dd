import {
  InteractionType,
  MessageFlags,
  MessageType,
  type APIEmbed,
  type APIMessage,
  type APIMessageInteractionMetadata,
  type APIUser,
} from 'discord-api-types/v10';
import type { ShownMessage } from '../local-discord/shown-message.js';
import type { Embed, Message, Origin, Person } from './page/protocol.js';
import { showFile, showPicture } from './show-file.js';
import { hexColor, showParts } from './show-parts.js';

/** Information needed in addition to the message. */
export interface Surroundings {
  readonly viewerId: string;
  /** Whether the viewer can delete others' messages. */
  readonly moderates: boolean;
  /** The command of an interaction, as typed. */
  commandOf(interactionId: string): string | undefined;
  find(messageId: string): ShownMessage | undefined;
}

export function showMessage(shown: ShownMessage, around: Surroundings): Message {
  const { raw } = shown;
  const flags = raw.flags ?? 0;
  const isV2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  const isVoice = (flags & MessageFlags.IsVoiceMessage) !== 0;
  const origin = originOf(raw, around);
  const isMine = raw.author.id === around.viewerId;
  return {
    id: raw.id,
    placeId: raw.channel_id,
    at: Date.parse(raw.timestamp),
    author: showPerson(raw.author),
    isEdited: raw.edited_timestamp !== null,
    isPrivate: shown.ephemeral,
    isThinking: shown.loading,
    mentionsViewer: raw.mention_everyone || raw.mentions.some(({ id }) => id === around.viewerId),
    mayDelete: !shown.ephemeral && (isMine || around.moderates),
    ...(origin === undefined ? {} : { origin }),
    text: raw.content,
    embeds: raw.embeds.map(showEmbed),
    // Files shown by an embed or a component are not repeated.
    files: isV2
      ? []
      : raw.attachments
          .filter(
            ({ url }) =>
              !raw.embeds.some(({ image, thumbnail }) => [image?.url, thumbnail?.url].includes(url)),
          )
          .map((attachment) => showFile(attachment, isVoice)),
    parts: showParts(raw.components ?? [], raw.attachments),
  };
}

export function showPerson({ id, username, global_name: name, bot = false }: APIUser): Person {
  return { id, name: name ?? username, isBot: bot };
}

function originOf(message: APIMessage, around: Surroundings): Origin | undefined {
  const { type, message_reference: reference, interaction_metadata: metadata } = message;
  const id = reference?.message_id;
  if (type === MessageType.Reply && id !== undefined) {
    const original = around.find(id);
    if (original === undefined) return { kind: 'message', id, excerpt: 'A message that was deleted' };
    return { kind: 'message', id, by: showPerson(original.raw.author), excerpt: excerptOf(original) };
  }
  const command = metadata && commandBehind(metadata);
  if (command === undefined) return undefined;
  return {
    kind: 'command',
    by: showPerson(command.user),
    command: around.commandOf(command.id) ?? 'a command',
  };
}

function commandBehind(metadata: APIMessageInteractionMetadata): APIMessageInteractionMetadata | undefined {
  switch (metadata.type) {
    case InteractionType.ApplicationCommand:
      return metadata;
    case InteractionType.ModalSubmit:
      return commandBehind(metadata.triggering_interaction_metadata);
    default:
      return undefined;
  }
}

function excerptOf({ text, loading, attachments }: ShownMessage): string {
  if (loading) return '…';
  return text.split('\n')[0] || attachments.map(({ name }) => name).join(', ');
}

function showEmbed(embed: APIEmbed): Embed {
  const { color, author, title, url, description, fields = [], image, thumbnail, footer } = embed;
  return {
    ...(color === undefined ? {} : { color: hexColor(color) }),
    ...(author === undefined ? {} : { author: author.name }),
    ...(title === undefined ? {} : { title }),
    ...(url === undefined ? {} : { url }),
    ...(description === undefined ? {} : { description }),
    fields: fields.map(({ name, value, inline = false }) => ({ name, value, inline })),
    ...(image === undefined ? {} : { image: showPicture(image.url, image.description) }),
    ...(thumbnail === undefined ? {} : { thumbnail: showPicture(thumbnail.url, thumbnail.description) }),
    ...(footer === undefined ? {} : { footer: footer.text }),
  };
}
