import type { Readable } from 'node:stream';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { UserError, type FileRefusal } from '../errors/user-error.js';
import type { NamedFile, RefusedFile } from './trainings.js';

/** Limits on a zip; beyond any of these it is refused. */
export interface UnzipLimits {
  /** Files and folders in it. */
  readonly maxEntries: number;
  /** Of one file, unpacked; such a file is left out. */
  readonly maxFileBytes: number;
  /** Of all files, unpacked. */
  readonly maxTotalBytes: number;
  /** Unpacked bytes for each byte of the zip. Deflate can make 1,032; MIDI files make 2 to 20. */
  readonly maxExpansion: number;
}

export const midiZipLimits: UnzipLimits = {
  maxEntries: 500,
  maxFileBytes: 4 * 2 ** 20,
  maxTotalBytes: 48 * 2 ** 20,
  maxExpansion: 100,
};

export interface Unzipped {
  readonly files: readonly NamedFile[];
  /** Files that are left out. */
  readonly refused: readonly RefusedFile[];
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b; // PK
}

/**
 * The MIDI files in a zip, in its order. Their names are only shown, and never become paths.
 * Nothing counts but what was really unpacked, and unpacking ends where a limit is reached,
 * whatever the zip says of itself.
 * @throws UserError when it is no whole zip, or beyond a limit.
 */
export async function unzipMidi(bytes: Uint8Array, limits: UnzipLimits = midiZipLimits): Promise<Unzipped> {
  const room = Math.min(limits.maxTotalBytes, limits.maxExpansion * bytes.length);
  const budget = { left: room };
  const files: NamedFile[] = [];
  const refused: RefusedFile[] = [];
  let entries = 0;
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    for await (const entry of zip.eachEntry()) {
      if (++entries > limits.maxEntries) throw new UserError('zip.too-large', { files: limits.maxEntries });
      if (isNoise(entry)) continue;
      const name = shownName(entry.fileName);
      const content = reasonAgainst(entry, limits) ?? (await unpack(zip, entry, budget));
      if (budget.left < 0) {
        throw new UserError('zip.too-large', { unpackedMegabytes: megabytes(room) });
      }
      if (typeof content === 'string') refused.push(refusedFile(name, content, limits));
      else files.push({ name, bytes: content });
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError('zip.damaged', {
      cause: error,
    });
  }
  return { files, refused };
}

/** Folders, and what operating systems put in beside the files. */
function isNoise({ fileName }: Entry): boolean {
  return fileName.endsWith('/') || /(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i.test(fileName);
}

function reasonAgainst(entry: Entry, { maxFileBytes }: UnzipLimits): FileRefusal | undefined {
  if (/\.zip$/i.test(entry.fileName)) return 'zip-in-zip';
  if (!/\.midi?$/i.test(entry.fileName)) return 'not-midi';
  if (entry.isEncrypted()) return 'encrypted';
  if (!entry.canDecodeFileData()) return 'unusual';
  return entry.uncompressedSize > maxFileBytes ? 'too-large' : undefined;
}

function refusedFile(name: string, why: FileRefusal, { maxFileBytes }: UnzipLimits): RefusedFile {
  const details = { why, mostMegabytes: megabytes(maxFileBytes) };
  return { name, refusal: { code: 'training.file', details } };
}

/** What is in an entry, or why it cannot be had. Unpacking ends as soon as nothing is left of the budget. */
async function unpack(
  zip: ZipFile,
  entry: Entry,
  budget: { left: number },
): Promise<Uint8Array | FileRefusal> {
  const chunks: Uint8Array[] = [];
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      budget.left -= chunk.length;
      if (budget.left < 0) break;
      chunks.push(chunk);
    }
  } catch {
    return 'damaged'; // also when it continues beyond the length that the zip states
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

/** Its last part, printable and short. */
function shownName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\p{C}/gu, '');
  return name.length > 80 ? `${name.slice(0, 79)}…` : name;
}

function megabytes(bytes: number): number {
  return Number((bytes / 2 ** 20).toPrecision(2));
}
