import { refusalOf, UserError } from '../../errors/user-error.js';
import type { NamedFile } from '../../training/trainings.js';
import {
  checkAttachment,
  downloadAttachment,
  type AttachedFile,
  type SizeCheck,
} from '../compose/download.js';
import { plainText } from '../reply/plain-text.js';

/** Limit for all attached files of a training together, zipped or not. */
const maxMebibytes = 8;

/**
 * Rejects training files by their declared size and host, before any download.
 * @throws UserError naming the file.
 */
export function checkTrainingFiles(files: readonly AttachedFile[], hosts: readonly string[]): void {
  let before = 0;
  for (const file of files) {
    try {
      checkAttachment(file, hosts, totalAfter(before));
    } catch (error) {
      throw naming(file, error);
    }
    before += file.size;
  }
}

/**
 * Downloads training files, one after the other, within the same limits.
 * @throws UserError naming the file; the signal's reason when that fires.
 */
export async function downloadTrainingFiles(
  files: readonly AttachedFile[],
  hosts: readonly string[],
  signal: AbortSignal,
): Promise<readonly NamedFile[]> {
  const downloaded: NamedFile[] = [];
  let before = 0;
  for (const file of files) {
    const bytes = await downloadAttachment(file, hosts, signal, totalAfter(before)).catch(
      (error: unknown) => {
        throw naming(file, error);
      },
    );
    downloaded.push({ name: file.name, bytes });
    before += bytes.byteLength;
  }
  return downloaded;
}

function totalAfter(before: number): SizeCheck {
  return (bytes) => {
    if (before + bytes <= maxMebibytes * 2 ** 20) return;
    throw new UserError('training.too-large', { mebibytes: maxMebibytes });
  };
}

/** An error that says which file it is about. */
function naming({ name }: AttachedFile, error: unknown): unknown {
  if (!(error instanceof UserError)) return error;
  const file = plainText(name);
  return new UserError('attachment.refused', {
    file,
    refusal: refusalOf(error),
  });
}
