import { constants, crc32, deflateRawSync } from 'node:zlib';
import { joined } from './joined.js';

/** A picture, drawn strip by strip from the top, so that it need not be in memory all at once. */
export interface Strips {
  readonly width: number;
  readonly height: number;
  /** Whole rows from the left: red, green, blue and non-premultiplied alpha, one byte each. */
  readonly rgba: Iterable<Uint8Array>;
}

/**
 * zlib's compression level, 0–9. For pictures with uniform areas, files are as small as with other encoders'
 * defaults, in an eighth of the time.
 */
const level = 3;

const bytesOfPixel = 4;

/** Encodes a PNG with 8 bits per channel and alpha (PNG 1.2, W3C 2003). */
export function encodePng({ width, height, rgba }: Strips): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6], 8); // bits per channel; colour type RGBA
  const parts = [
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    ...chunk('IHDR', header),
    ...chunk('IDAT', joined([...compressed(rgba, width * bytesOfPixel)])),
    ...chunk('IEND', new Uint8Array()),
  ];
  return joined(parts);
}

/** One zlib stream (RFC 1950) of all strips. */
function* compressed(strips: Iterable<Uint8Array>, rowBytes: number): Generator<Uint8Array> {
  yield Uint8Array.of(0x78, 0x5e); // deflate, with a window of 32 KiB
  let checksum = 1;
  let room = new Uint8Array();
  for (const rgba of strips) {
    const rows = rgba.length / rowBytes;
    const length = rows * (1 + rowBytes);
    if (room.length < length) room = new Uint8Array(length);
    // Each row starts with its filter type: 0 is none.
    const filtered = room.subarray(0, length);
    for (let y = 0; y < rows; y++) {
      filtered.set(rgba.subarray(y * rowBytes, (y + 1) * rowBytes), y * (1 + rowBytes) + 1);
    }
    checksum = adler32(filtered, checksum);
    yield deflateRawSync(filtered, { level, finishFlush: constants.Z_SYNC_FLUSH });
  }
  yield Uint8Array.of(0x03, 0x00); // an empty last block
  const end = Buffer.alloc(4);
  end.writeUInt32BE(checksum);
  yield end;
}

/** @param checksum of the bytes before; 1 if there are none */
function adler32(bytes: Uint8Array, checksum: number): number {
  const [modulus, mostAdditions] = [65_521, 5552];
  let [sum, sumOfSums] = [checksum & 0xffff, checksum >>> 16];
  for (let start = 0; start < bytes.length; start += mostAdditions) {
    const end = Math.min(start + mostAdditions, bytes.length);
    for (let i = start; i < end; i++) sumOfSums += sum += bytes[i]!;
    sum %= modulus;
    sumOfSums %= modulus;
  }
  return ((sumOfSums << 16) | sum) >>> 0;
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
