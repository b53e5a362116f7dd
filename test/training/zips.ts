import { crc32, deflateRawSync } from 'node:zlib';

/** A file for a zip, and what the zip claims about it, true or not. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Not compressed. */
  readonly stored?: boolean;
  readonly statedBytes?: number;
  /** Bit 0 stands for encryption. */
  readonly flags?: number;
  readonly method?: number;
}

/** A zip as in PKWARE's APPNOTE, written without the reader's library. */
export function zip(entries: readonly ZipEntry[]): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, stored = false, statedBytes, flags = 0, method } of entries) {
    const data = stored ? Buffer.from(bytes) : deflateRawSync(bytes);
    const path = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // version needed
    common.writeUInt16LE(flags | 0x800, 2); // names are UTF-8
    common.writeUInt16LE(method ?? (stored ? 0 : 8), 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(data.length, 14);
    common.writeUInt32LE(statedBytes ?? bytes.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, path, data]);
    const more = Buffer.alloc(14); // comment, disk, attributes, offset
    more.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), Buffer.from([20, 0]), common, more, path]),
    );
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Uint8Array.from(Buffer.concat([...locals, central, Buffer.from('PK\x05\x06', 'latin1'), end]));
}
