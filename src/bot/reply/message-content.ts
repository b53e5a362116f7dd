import {
  MessageFlags,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type RawFile,
  type RESTPatchAPIWebhookWithTokenMessageJSONBody,
} from 'discord.js';
import { outputOf, type Composition } from '../../compose/composition.js';

/** A file with what it sounds or looks like, for people who cannot hear or see it. */
export interface DescribedFile extends MediaFile {
  readonly description: string;
}

export type ComponentRow = APIActionRowComponent<APIComponentInMessageActionRow>;

/** A file as it is shown. */
export interface MediaFile {
  /** With extension, e.g. `after-bach-prelude-42.ogg`. */
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** What it sounds or looks like, for people who cannot hear or see it. */
  readonly description: string;
}

/** What a message shows. */
export interface MessageContent {
  readonly content: string;
  readonly components: readonly ComponentRow[];
  /** In place of those shown so far, which stay when this is absent. */
  readonly files?: readonly DescribedFile[];
}

const maxDescription = 1024;

/** The body of a message, posted or edited. Nobody is pinged by what the bot says. */
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

/** Files with their content types: discord.js alone takes Ogg audio for `application/ogg`, which Discord does not play. */
export function uploads(files: readonly MediaFile[] = []): RawFile[] {
  return files.map(({ name, bytes, contentType }) => ({ name, data: bytes, contentType }));
}

/**
 * A voice message, which Discord shows as a bar of its waveform: it has one file, and neither text nor
 * buttons.
 */
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
