import type { APIAttachment } from 'discord-api-types/v10';
import type { FileLink, Picture } from './page/protocol.js';

/** A file of a message as the page shows it. */
export function showFile(attachment: APIAttachment, isVoice = false): FileLink {
  const { id, filename: name, size, description, duration_secs: seconds, waveform } = attachment;
  return {
    name,
    bytes: size,
    url: fileUrl(id, name),
    kind: isVoice ? 'voice' : kindOf(attachment),
    ...(description === undefined ? {} : { alt: description }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(waveform === undefined ? {} : { waveform: [...Buffer.from(waveform, 'base64')] }),
  };
}

/** A picture of an embed or component; only the local Discord's own are loaded. */
export function showPicture(url: string, alt: string | null | undefined): Picture {
  const [, id, name] = /\/attachments\/\d+\/(\d+)\/([^?]+)/.exec(url) ?? [];
  const isHere = id !== undefined && name !== undefined;
  return { alt: alt ?? name ?? url, ...(isHere ? { url: fileUrl(id, name) } : {}) };
}

/** Where the page server has an attachment. */
function fileUrl(id: string, name: string): string {
  return `/files/${id}/${encodeURIComponent(name)}`;
}

function kindOf({ content_type: type = '', filename }: APIAttachment): FileLink['kind'] {
  // Discord's players know no MIDI, whatever its type says.
  if (/\.midi?$/i.test(filename)) return 'other';
  if (type.startsWith('image/')) return 'picture';
  if (type.startsWith('audio/') || type === 'application/ogg') return 'sound';
  return type.startsWith('video/') ? 'video' : 'other';
}
