/** MIME types that Discord assigns by extension. */
const contentTypes: Readonly<Record<string, string>> = {
  '.mid': 'audio/midi',
  '.midi': 'audio/midi',
  '.kar': 'audio/midi',
  '.rmi': 'audio/midi',
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
 * Extensions that the client's file chooser offers for `audio` and others: only what Discord plays natively,
 * so `.mid` has to be listed separately for MIDI files.
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

/** Whether a name matches a `file_types` filter; only by its extension, as in Discord's clients. */
export function passesFileTypes(name: string, fileTypes: readonly string[]): boolean {
  const extension = extensionOf(name);
  return fileTypes.some((type) => type.toLowerCase() === extension || families[type]?.includes(extension));
}

/** The name under which Discord stores a file: spaces become underscores, unusual characters are removed. */
export function storedName(name: string): string {
  const kept = name.replaceAll(' ', '_').replaceAll(/[^\w.-]/g, '');
  return kept === '' || kept.startsWith('.') ? `unknown${kept}` : kept;
}
