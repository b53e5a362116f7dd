import { crc32, deflateSync } from 'node:zlib';
import { largeBytes } from './large-bytes.js';

/** Pixels in rows from the top left: red, green, blue and non-premultiplied alpha, one byte each. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

/**
 * zlib's compression level, 0–9. For pictures with uniform areas, files are as small as with other encoders'
 * defaults, in an eighth of the time.
 */
const level = 3;

const bytesOfPixel = 4;

/** Encodes a PNG with 8 bits per channel and alpha (PNG 1.2, W3C 2003). */
export function encodePng({ width, height, rgba }: Pixels): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6], 8); // bits per channel; colour type RGBA
  const length = width * bytesOfPixel;
  // Each line starts with its filter type: 0 is none.
  const lines = room(height * (1 + length));
  for (let y = 0; y < height; y++) {
    const line = y * (1 + length);
    lines[line] = 0;
    lines.set(rgba.subarray(y * length, (y + 1) * length), line + 1);
  }
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    ...chunk('IHDR', header),
    ...chunk('IDAT', deflateSync(lines, { level })),
    ...chunk('IEND', new Uint8Array()),
  ];
  return joined(parts);
}

/** A reused buffer for the uncompressed picture: allocating millions of bytes takes longer than filling them. */
let kept = largeBytes(0);

/** This many bytes of the buffer, not cleared. */
function room(length: number): Uint8Array {
  if (kept.length < length) kept = largeBytes(length);
  return kept.subarray(0, length);
}

/** A chunk: length, name, data, and the checksum of the last two. */
function chunk(name: string, data: Uint8Array): Uint8Array[] {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const type = Buffer.from(name, 'latin1');
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(data, crc32(type)));
  return [length, type, data, checksum];
}

/** In a separate buffer, which can be transferred between threads. */
function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
