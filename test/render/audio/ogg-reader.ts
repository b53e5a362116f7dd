import { Decoder } from '@evan/opus/wasm/index.mjs';
import { join } from './signals.js';

export interface Page {
  readonly flags: number;
  readonly granule: number;
  readonly serial: number;
  readonly sequence: number;
  readonly packets: readonly Uint8Array[];
}

/** The pages of an Ogg file; throws on whatever is not right about them. */
export function readPages(file: Uint8Array): Page[] {
  const pages: Page[] = [];
  for (let start = 0; start < file.length;) {
    const view = new DataView(file.buffer, file.byteOffset + start);
    if (view.getUint32(0) !== 0x4f676753 || view.getUint8(4) !== 0) throw new Error(`no page at ${start}`);
    const segments = file.subarray(start + 27, start + 27 + view.getUint8(26));
    const packets: Uint8Array[] = [];
    let end = start + 27 + segments.length;
    let from = end;
    for (const segment of segments) {
      end += segment;
      if (segment === 255) continue;
      packets.push(file.subarray(from, end));
      from = end;
    }
    if (from !== end) throw new Error('a packet does not end on its page');

    const page = file.slice(start, end);
    page.fill(0, 22, 26);
    if (slowChecksum(page) !== view.getUint32(22, true)) throw new Error(`wrong checksum at ${start}`);
    pages.push({
      flags: view.getUint8(5),
      granule: Number(view.getBigInt64(6, true)),
      serial: view.getUint32(14, true),
      sequence: view.getUint32(18, true),
      packets,
    });
    start = end;
  }
  return pages;
}

/** Long division, bit by bit, by x³² + 0x04c11db7. */
function slowChecksum(bytes: Uint8Array): number {
  let remainder = 0n;
  for (const byte of bytes) {
    remainder ^= BigInt(byte) << 24n;
    for (let bit = 0; bit < 8; bit++) {
      remainder <<= 1n;
      if (remainder & 0x1_0000_0000n) remainder ^= 0x1_04c1_1db7n;
    }
  }
  return Number(remainder);
}

/** What a player would play of an Ogg Opus file: pre-skip and end trimming applied (RFC 7845). */
export function decode(file: Uint8Array): { left: Float32Array; right: Float32Array } {
  const pages = readPages(file);
  const head = pages[0]!.packets[0]!;
  const preSkip = head[10]! + 256 * head[11]!;
  const decoder = new Decoder({ channels: 2, sample_rate: 48_000 });
  const parts = pages.slice(2).flatMap(({ packets }) =>
    packets.map((packet) => {
      const pcm = decoder.decode(packet);
      const samples = new Int16Array(pcm.buffer, pcm.byteOffset, pcm.byteLength / 2);
      return Float32Array.from(samples, (sample) => sample / 32768);
    }),
  );
  const stereo = join(parts);
  const channel = (side: number): Float32Array =>
    Float32Array.from({ length: stereo.length / 2 }, (_, i) => stereo[2 * i + side]!).slice(
      preSkip,
      pages.at(-1)!.granule,
    );
  return { left: channel(0), right: channel(1) };
}
