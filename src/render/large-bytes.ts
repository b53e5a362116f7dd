import { open } from 'node:fs/promises';

const pageBytes = 65_536;

/**
 * Zeroed bytes, for megabytes at once. They are WebAssembly memory, which goes back to the system as soon as it is
 * collected. The C heap, where ArrayBuffers are, keeps what was freed, in each thread's own part of it.
 */
export function largeBytes(length: number): Uint8Array<ArrayBuffer> {
  const pages = Math.ceil(length / pageBytes);
  return new Uint8Array(new WebAssembly.Memory({ initial: pages, maximum: pages }).buffer, 0, length);
}

/** Reads a file into its own {@link largeBytes}. */
export async function readLarge(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const bytes = largeBytes(size);
    for (let at = 0; at < size;) {
      const { bytesRead } = await file.read(bytes, at, size - at);
      if (bytesRead === 0) throw new RangeError('The file has become shorter.');
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
