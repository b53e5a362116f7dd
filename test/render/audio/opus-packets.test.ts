import { Decoder } from '@evan/opus/wasm/index.mjs';
import { describe, expect, it } from 'vitest';
import { OpusPackets } from '../../../src/render/audio/opus-packets.js';

const rate = 48_000;

/** A tone of 330 Hz. @param from of the first sample, in seconds */
function tone(from: number, seconds: number): Float32Array {
  return Float32Array.from(
    { length: seconds * rate },
    (_, i) => 0.3 * Math.sin(2 * Math.PI * 330 * (from + i / rate)),
  );
}

/** The left channel. */
function decoded(packets: readonly Uint8Array[]): Float32Array {
  const decoder = new Decoder({ channels: 2, sample_rate: rate });
  const all = packets.flatMap((packet) => {
    const pcm = decoder.decode(packet);
    return [...new Int16Array(pcm.buffer, pcm.byteOffset, pcm.byteLength / 2)];
  });
  return Float32Array.from(all.filter((_, i) => i % 2 === 0));
}

describe('an encoder that restarts', () => {
  const [first, second] = [tone(0, 0.5), tone(0.5, 0.5)];

  /** A second of a tone, the second half of it by an encoder that made something else meanwhile. */
  function joined(restart: boolean): Float32Array {
    const encoder = new OpusPackets(96_000);
    const before = encoder.add(first, first);
    const loud = tone(3, 1).map((each, i) => each * (i % 7) * 0.4);
    encoder.add(loud, loud);
    if (restart) encoder.restartAfter(first.subarray(-960), first.subarray(-960));
    return decoded([...before, ...encoder.add(second, second)]);
  }

  it('continues what was heard before as if nothing had come between', () => {
    const straight = new OpusPackets(96_000);
    const plain = decoded([...straight.add(first, first), ...straight.add(second, second)]);
    const error = (other: Float32Array): number =>
      other.reduce((most, each, i) => Math.max(most, Math.abs(each - plain[i]!)), 0);
    // Of a peak of 9,830.
    expect(error(joined(true))).toBeLessThan(600);
    expect(error(joined(false))).toBeGreaterThan(2 * error(joined(true)));
  });
});
