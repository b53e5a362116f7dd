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

/** An image of an embed or component; only those of the local Discord are loaded. */
export function showPicture(url: string, alt: string | null | undefined): Picture {
  const [, id, name] = /\/attachments\/\d+\/(\d+)\/([^?]+)/.exec(url) ?? [];
  const isHere = id !== undefined && name !== undefined;
  return { alt: alt ?? name ?? url, ...(isHere ? { url: fileUrl(id, name) } : {}) };
}

/** The URL of an attachment on the page server. */
function fileUrl(id: string, name: string): string {
  return `/files/${id}/${encodeURIComponent(name)}`;
}

function kindOf({ content_type: type = '', filename }: APIAttachment): FileLink['kind'] {
  // Discord's players do not support MIDI, whatever its type.
  if (/\.midi?$/i.test(filename)) return 'other';
  if (type.startsWith('image/')) return 'picture';
  if (type.startsWith('audio/') || type === 'application/ogg') return 'sound';
  return type.startsWith('video/') ? 'video' : 'other';
}
