/** The binary encoding of MLS (RFC 9420, section 2.1), as far as a voice server needs it. */

export function uint8(value: number): Buffer {
  return Buffer.of(value);
}

export function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function uint64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

/** A vector, `opaque<V>`: its length in one, two or four bytes, then its bytes. */
export function vector(...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  if (content.length < 0x40) return Buffer.concat([uint8(content.length), content]);
  if (content.length < 0x4000) return Buffer.concat([uint16(0x4000 | content.length), content]);
  return Buffer.concat([uint32(0x8000_0000 + content.length), content]);
}

/** Reads from the start; throws a RangeError for invalid data. */
export class MlsReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Number of bytes read so far. */
  get offset(): number {
    return this.#offset;
  }

  uint8(): number {
    return this.bytes(1).readUInt8();
  }

  uint16(): number {
    return this.bytes(2).readUInt16BE();
  }

  uint32(): number {
    return this.bytes(4).readUInt32BE();
  }

  uint64(): bigint {
    return this.bytes(8).readBigUInt64BE();
  }

  bytes(length: number): Buffer {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw new RangeError(`${length} bytes are not there at ${this.#offset}`);
    const read = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return read;
  }

  vector(): Buffer {
    const first = this.uint8();
    if (first < 0x40) return this.bytes(first);
    if (first < 0x80) return this.bytes(((first & 0x3f) << 8) | this.uint8());
    if (first < 0xc0) return this.bytes(((first & 0x3f) << 24) | (this.uint8() << 16) | this.uint16());
    throw new RangeError('No vector begins with two ones');
  }
}
