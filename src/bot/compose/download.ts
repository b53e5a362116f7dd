import { extname } from 'node:path';
import { checkMidiLimit, uploadLimits } from '../../music/midi/limits.js';
import { UserError } from '../../errors/user-error.js';

/** What Discord says about an attached file. */
export interface AttachedFile {
  /** Discord replaces most characters beyond ASCII. */
  readonly name: string;
  /** The original name where Discord replaced something, usually without its extension. */
  readonly title?: string | null;
  /** Bytes, as declared. */
  readonly size: number;
  readonly url: string;
}

/** A file's name as its owner gave it. */
export function ownName({ name, title }: Pick<AttachedFile, 'name' | 'title'>): string {
  if (title === undefined || title === null || title === '') return name;
  const extension = extname(name);
  return title.toLowerCase().endsWith(extension.toLowerCase()) ? title : title + extension;
}

/** What a MIDI file can be called: karaoke files, and those wrapped in RIFF, are MIDI, too. */
export const midiExtensions = ['.mid', '.midi', '.kar', '.rmi', '.smf'] as const;

/** @throws UserError when a file of this many bytes is too large. */
export type SizeCheck = (bytes: number) => void;

const midiSize: SizeCheck = (bytes) => checkMidiLimit(uploadLimits, 'maxBytes', bytes);

const timeoutMs = 10_000;

/**
 * Rejects files by their declared size and host, before any download.
 * @param hosts `host` or `host:port` from which downloads are allowed.
 * @param checkSize by default the limit of a MIDI file to start from.
 * @throws UserError when the file is too large or hosted elsewhere.
 */
export function checkAttachment(
  file: AttachedFile,
  hosts: readonly string[],
  checkSize: SizeCheck = midiSize,
): void {
  checkSize(file.size);
  if (!isAllowed(file.url, hosts)) {
    throw new UserError('attachment.host');
  }
}

/**
 * The bytes of an attached file, limited by `checkSize` whatever its declared size.
 * @throws UserError when the download is not allowed or fails; the signal's reason when that fires.
 */
export async function downloadAttachment(
  file: AttachedFile,
  hosts: readonly string[],
  signal: AbortSignal,
  checkSize: SizeCheck = midiSize,
): Promise<Uint8Array> {
  checkAttachment(file, hosts, checkSize);
  try {
    const response = await fetch(file.url, {
      // No redirects to another host.
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    if (response.status === 403 || response.status === 404) {
      await response.body?.cancel();
      throw new UserError('attachment.expired');
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw unreachable();
    }
    return await readWithinLimit(response.body, checkSize);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw signal.aborted ? signal.reason : unreachable();
  }
}

async function readWithinLimit(
  body: AsyncIterable<Uint8Array> | null,
  checkSize: SizeCheck,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  if (body === null) return new Uint8Array();
  // Leaving the loop early cancels the download.
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    checkSize(bytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Requires https; a listed host on this machine may use http. */
function isAllowed(address: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (!hosts.includes(url.host) || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function unreachable(): UserError {
  return new UserError('attachment.unreachable');
}
