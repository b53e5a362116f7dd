/** MIME type that Discord gives a file by its extension. */
const contentTypes: Readonly<Record<string, string>> = {
  '.mid': 'audio/midi',
  '.midi': 'audio/midi',
  '.mp3': 'audio/mpeg',
  '.m4a': 'audio/mp4',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.wav': 'audio/x-wav',
  '.flac': 'audio/flac',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.mp4': 'video/mp4',
  '.mov': 'video/quicktime',
  '.webm': 'video/webm',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.pdf': 'application/pdf',
  '.zip': 'application/zip',
};

/**
 * What the client's file chooser offers for `audio`: only what Discord plays natively, so a
 * MIDI file needs its own `.mid`.
 */
const families: Readonly<Record<string, readonly string[]>> = {
  audio: ['.mp3', '.m4a', '.wav', '.ogg', '.opus', '.flac'],
  image: ['.png', '.jpg', '.jpeg', '.gif', '.webp'],
  video: ['.mp4', '.mov', '.webm'],
};

function extensionOf(name: string): string {
  return /\.[^.]*$/.exec(name)?.[0].toLowerCase() ?? '';
}

export function contentTypeOf(name: string): string | undefined {
  return contentTypes[extensionOf(name)];
}

/** Whether a name passes a `file_types` filter; by its extension alone, as in Discord's clients. */
export function passesFileTypes(name: string, fileTypes: readonly string[]): boolean {
  const extension = extensionOf(name);
  return fileTypes.some((type) => type.toLowerCase() === extension || families[type]?.includes(extension));
}

/** The name under which Discord stores a file: spaces become underscores, exotic characters go. */
export function storedName(name: string): string {
  const kept = name.replaceAll(' ', '_').replaceAll(/[^\w.-]/g, '');
  return kept === '' || kept.startsWith('.') ? `unknown${kept}` : kept;
}
