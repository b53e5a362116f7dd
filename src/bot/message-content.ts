import type {
  APIActionRowComponent,
  APIComponentInMessageActionRow,
  RawFile,
  RESTPatchAPIWebhookWithTokenMessageJSONBody,
} from 'discord.js';
import type { MediaFile } from '../studio/composition.js';

export type ComponentRow = APIActionRowComponent<APIComponentInMessageActionRow>;

/** What a message shows. */
export interface MessageContent {
  readonly content: string;
  readonly components: readonly ComponentRow[];
  /** In place of those shown so far, which stay when this is absent. */
  readonly files?: readonly MediaFile[];
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
