import {
  MessageFlags,
  RESTJSONErrorCodes,
  type APIMessage,
  type RESTPostAPIWebhookWithTokenJSONBody,
} from 'discord-api-types/v10';
import { ApiError, tooLarge } from '../api-error.js';
import { storedName } from '../file-types.js';
import type { ReceivedFile } from '../rest/body.js';
import { checkMessageComponents } from './component-rules.js';
import { checkEmbeds } from './embed-rules.js';
import { Form } from './form.js';

/** A message as posted by a bot; an edit changes only the present fields. */
export type MessageBody = {
  readonly [
    Field in
      'content' | 'embeds' | 'components' | 'attachments' | 'flags' | 'allowed_mentions' | 'poll' | 'tts'
  ]?: RESTPostAPIWebhookWithTokenJSONBody[Field] | null;
};

export interface MessageRules {
  readonly files: readonly ReceivedFile[];
  readonly maxFileBytes: number;
  /** The message that is edited; absent when a new one is posted. */
  readonly current?: APIMessage;
}

const maxFiles = 10;
const flagsOfNew =
  MessageFlags.SuppressEmbeds |
  MessageFlags.Ephemeral |
  MessageFlags.SuppressNotifications |
  MessageFlags.IsVoiceMessage |
  MessageFlags.IsComponentsV2;
const flagsOfEdit = MessageFlags.SuppressEmbeds | MessageFlags.IsComponentsV2;

/**
 * Checks a message or an edit by Discord's rules.
 * @throws ApiError 40005, 30015, 50035, 50006, 50159–50162
 */
export function checkMessage(body: unknown, rules: MessageRules): MessageBody {
  const { files, current } = rules;
  if (files.some((file) => file.bytes.length > rules.maxFileBytes)) throw tooLarge();
  if (files.length > maxFiles) throw tooManyFiles();

  const form = new Form(body);
  const flags = form.integer('flags') ?? 0;
  const wasV2 = hasFlag(current?.flags, MessageFlags.IsComponentsV2);
  const v2 = wasV2 || hasFlag(flags, MessageFlags.IsComponentsV2);

  form.text('content', { max: 2000 });
  checkEmbeds(form);
  const fileNames = checkAttachments(form, rules);
  checkMessageComponents(form, v2, fileNames);
  checkFlags(form, flags, current, wasV2);
  checkMentions(form);
  if (v2) checkV2(form, current);
  form.throwProblems();

  if (hasFlag(flags, MessageFlags.IsVoiceMessage)) checkVoiceMessage(form, files);
  if (hasFlag(current?.flags, MessageFlags.IsVoiceMessage)) {
    throw new ApiError(
      400,
      RESTJSONErrorCodes.VoiceMessagesCannotBeEdited,
      'Voice messages cannot be edited',
    );
  }
  checkNotEmpty(form, rules);
  return body as MessageBody;
}

export function hasFlag(flags: number | undefined, flag: MessageFlags): boolean {
  return ((flags ?? 0) & flag) !== 0;
}

/** Checks the attachments and returns the names that components can refer to. */
function checkAttachments(form: Form, { files, current }: MessageRules): ReadonlySet<string> {
  const kept = new Map(
    (current?.attachments ?? []).map((attachment) => [attachment.id, attachment.filename]),
  );
  const sent = new Map(files.map((file) => [String(file.index), storedName(file.name)]));
  if (!form.has('attachments')) return new Set([...kept.values(), ...sent.values()]);

  const names = new Set<string>();
  const listed = new Set<string>();
  for (const attachment of form.list('attachments', { max: maxFiles })) {
    const id = String(attachment.text('id', { required: true }));
    const name = sent.get(id) ?? kept.get(id);
    if (name === undefined) attachment.problem('Attachment data not found', 'id', 'ATTACHMENT_NOT_FOUND');
    listed.add(id);
    names.add(storedName(attachment.text('filename', { min: 1, max: 1024 }) ?? name ?? ''));
    attachment.text('description', { max: 1024 });
    attachment.number('duration_secs', { min: 0 });
    attachment.text('waveform', { max: 400 });
  }
  for (const id of sent.keys()) {
    if (!listed.has(id))
      form.problem(`files[${id}] is not in attachments`, 'attachments', 'ATTACHMENT_NOT_LISTED');
  }
  return names;
}

function checkFlags(form: Form, flags: number, current: APIMessage | undefined, wasV2: boolean): void {
  if ((flags & ~(current ? flagsOfEdit : flagsOfNew)) !== 0) {
    form.problem('These flags cannot be set', 'flags', 'FLAGS_INVALID');
  }
  if (wasV2 && form.has('flags') && !hasFlag(flags, MessageFlags.IsComponentsV2)) {
    form.problem(
      'The IS_COMPONENTS_V2 flag cannot be removed',
      'flags',
      'MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG',
    );
  }
}

function checkMentions(form: Form): void {
  const mentions = form.object('allowed_mentions');
  if (mentions === undefined) return;
  const parse = mentions.values('parse', { max: 3 });
  for (const kind of ['users', 'roles'] as const) {
    if (mentions.values(kind, { max: 100 }).length > 0 && parse.includes(kind)) {
      mentions.problem(
        `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`,
        undefined,
        'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
      );
    }
  }
}

/** A message with V2 components has nothing else: previous content must be nulled in the same edit. */
function checkV2(form: Form, current: APIMessage | undefined): void {
  for (const field of ['content', 'embeds', 'poll'] as const) {
    if (isFilled(form.orKept(field, current?.[field]))) {
      form.problem(
        `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`,
        field,
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      );
    }
  }
}

function checkVoiceMessage(form: Form, files: readonly ReceivedFile[]): void {
  if (
    form.text('content') ||
    ['embeds', 'components'].some((field) => form.values(field).length > 0) ||
    form.has('poll')
  ) {
    throw new ApiError(
      400,
      RESTJSONErrorCodes.VoiceMessagesDoNotSupportAdditionalContent,
      'Voice messages do not support additional content.',
    );
  }
  if (files.length !== 1 || !files[0]!.contentType.startsWith('audio/')) {
    throw new ApiError(
      400,
      RESTJSONErrorCodes.VoiceMessagesMustHaveASingleAudioAttachment,
      'Voice messages must have a single audio attachment.',
    );
  }
  const attachment = form.list('attachments')[0];
  const waveform = attachment?.text('waveform');
  const waveformBytes = Buffer.from(waveform ?? '', 'base64').length;
  if (!attachment?.has('duration_secs') || waveformBytes === 0 || waveformBytes > 256) {
    throw new ApiError(
      400,
      RESTJSONErrorCodes.VoiceMessagesMustHaveSupportingMetadata,
      'Voice messages must have supporting metadata.',
    );
  }
}

/** Checks the message as it would be after this request. */
function checkNotEmpty(form: Form, { files, current }: MessageRules): void {
  const fields = ['content', 'embeds', 'components', 'attachments', 'poll'] as const;
  const shown = fields.some((field) => isFilled(form.orKept(field, current?.[field])));
  if (!shown && files.length === 0) {
    throw new ApiError(400, RESTJSONErrorCodes.CannotSendAnEmptyMessage, 'Cannot send an empty message');
  }
}

function isFilled(value: unknown): boolean {
  if (Array.isArray(value) || typeof value === 'string') return value.length > 0;
  return value !== undefined && value !== null;
}

function tooManyFiles(): ApiError {
  return new ApiError(
    400,
    RESTJSONErrorCodes.MaximumNumberOfAttachmentsInAMessageReached,
    `Maximum number of attachments in a message reached (${maxFiles})`,
  );
}
