/** A packet of one logical stream, and its end position. */
export interface OggPacket {
  readonly bytes: Uint8Array;
  /** Granule position: for audio, the number of frames up to the end of this packet. */
  readonly granule: number;
}

interface PagePlace {
  readonly serial: number;
  readonly sequence: number;
  readonly first: boolean;
  readonly last: boolean;
}

/**
 * One page of an Ogg bitstream with complete packets (RFC 3533, section 6); its granule position is that of
 * the last packet.
 * @throws RangeError when the packets do not fit on one page (255 segments of up to 255 bytes)
 */
export function oggPage(packets: readonly OggPacket[], place: PagePlace): Uint8Array {
  const lacing: number[] = [];
  let size = 0;
  for (const { bytes } of packets) {
    for (let left = bytes.length; left >= 255; left -= 255) lacing.push(255);
    lacing.push(bytes.length % 255);
    size += bytes.length;
  }
  if (lacing.length > 255) throw new RangeError('The packets do not fit on one Ogg page.');

  const header = 27 + lacing.length;
  const page = new Uint8Array(header + size);
  const view = new DataView(page.buffer);
  page.set(ascii('OggS'));
  page[5] = (place.first ? 2 : 0) | (place.last ? 4 : 0);
  view.setBigInt64(6, BigInt(packets.at(-1)?.granule ?? 0), true);
  view.setUint32(14, place.serial, true);
  view.setUint32(18, place.sequence, true);
  page[26] = lacing.length;
  page.set(lacing, 27);
  let offset = header;
  for (const { bytes } of packets) {
    page.set(bytes, offset);
    offset += bytes.length;
  }
  // The checksum is computed with zeros in its own field.
  view.setUint32(22, checksum(page), true);
  return page;
}

/** The bytes of an ASCII string. */
export function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** CRC-32 with the polynomial 0x04c11db7, not reflected, starting from zero (RFC 3533, section 6). */
export function checksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = (crc << 8) ^ crcTable[(crc >>> 24) ^ byte]!;
  return crc >>> 0;
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0);
  return crc;
});
