import type { Readable } from 'node:stream';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { UserError, type FileRefusal } from '../errors/user-error.js';
import type { NamedFile, RefusedFile } from './trainings.js';

/** Limits on a zip; it is rejected if it exceeds any of them. */
export interface UnzipLimits {
  /** Files and folders. */
  readonly maxEntries: number;
  /** Unpacked size of one file; larger files are skipped. */
  readonly maxFileBytes: number;
  /** Unpacked size of all files. */
  readonly maxTotalBytes: number;
  /** Ratio of unpacked to packed size. Deflate can reach 1,032; MIDI files reach 2 to 20. */
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
  /** Skipped files. */
  readonly refused: readonly RefusedFile[];
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b; // PK
}

/**
 * The MIDI files in a zip, in its order. Their names are only shown, never used as paths. Limits are enforced
 * on the bytes actually unpacked, whatever the zip declares.
 * @throws UserError when it is not a complete zip, or exceeds a limit.
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

/** Folders, and files that operating systems add. */
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

/** The content of an entry, or why it cannot be unpacked. Stops as soon as the budget is exhausted. */
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
    return 'damaged'; // also when it is longer than the zip declares
  }
  return Uint8Array.from(Buffer.concat(chunks));
}

/** The last part of the path, printable and short. */
function shownName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\p{C}/gu, '');
  return name.length > 80 ? `${name.slice(0, 79)}…` : name;
}

function megabytes(bytes: number): number {
  return Number((bytes / 2 ** 20).toPrecision(2));
}
