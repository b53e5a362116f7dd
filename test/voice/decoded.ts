import { Decoder } from '@evan/opus/wasm/index.mjs';

/** The samples of Opus packets of 20 ms, left and right interleaved. */
export function decoded(packets: readonly Uint8Array[]): Int16Array {
  const decoder = new Decoder({ channels: 2, sample_rate: 48_000 });
  const all = new Int16Array(packets.length * 960 * 2);
  for (const [i, packet] of packets.entries()) {
    const pcm = decoder.decode(packet);
    all.set(new Int16Array(pcm.buffer, pcm.byteOffset, pcm.byteLength / 2), i * 960 * 2);
  }
  return all;
}
