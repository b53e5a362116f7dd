import {
  MessageFlags,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type RawFile,
  type RESTPatchAPIWebhookWithTokenMessageJSONBody,
} from 'discord.js';
import { outputOf, type Composition } from '../../compose/composition.js';

/** A file with alt text. */
export interface DescribedFile extends MediaFile {
  readonly description: string;
}

export type ComponentRow = APIActionRowComponent<APIComponentInMessageActionRow>;

/** A file of a message. */
export interface MediaFile {
  /** With extension, e.g. `after-bach-prelude-42.ogg`. */
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** Alt text. */
  readonly description: string;
}

/** The content of a message. */
export interface MessageContent {
  readonly content: string;
  readonly components: readonly ComponentRow[];
  /** Replaces the files shown so far; when absent, they stay. */
  readonly files?: readonly DescribedFile[];
}

const maxDescription = 1024;

/** The body of a message, posted or edited. Nothing in it pings anyone. */
export function messageBody({
  content,
  components,
  files,
}: MessageContent): RESTPatchAPIWebhookWithTokenMessageJSONBody {
  return {
    content,
    components: [...components],
    allowed_mentions: { parse: [] },
    ...(files !== undefined && {
      attachments: files.map(({ name, description }, index) => ({
        id: String(index),
        filename: name,
        description: description.slice(0, maxDescription),
      })),
    }),
  };
}

/**
 * Files with their content types: discord.js would send Ogg audio as `application/ogg`, which Discord does
 * not play.
 */
export function uploads(files: readonly MediaFile[] = []): RawFile[] {
  return files.map(({ name, bytes, contentType }) => ({ name, data: bytes, contentType }));
}

/** A voice message, which Discord shows as a waveform: one file, without text or buttons. */
export function voiceMessage(composition: Composition): {
  readonly body: VoiceBody;
  readonly files: RawFile[];
} {
  const { bytes, contentType, extension, preview } = outputOf(composition, 'audio');
  const name = `preview${extension}`;
  return {
    body: {
      flags: MessageFlags.IsVoiceMessage,
      attachments: [
        {
          id: '0',
          filename: name,
          duration_secs: preview?.seconds,
          waveform: Buffer.from(preview?.waveform ?? []).toString('base64'),
        },
      ],
    },
    files: [{ name, data: bytes, contentType }],
  };
}

interface VoiceBody {
  readonly flags: MessageFlags;
  readonly attachments: readonly Readonly<Record<string, unknown>>[];
}
