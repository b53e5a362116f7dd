// The WebAssembly build: the package's native one crashes the whole process with a segmentation fault when
// the worker thread that used it ends.
import { Encoder } from '@evan/opus/wasm/index.mjs';
import { mostFrames, sampleKernel } from './samples.js';
import { fullRate, type SampleRate } from './synth.js';

const channels = 2;
/** Packets per second: 20 ms, the usual length. */
export const packetRate = 50;
/**
 * libopus' complexity, 0–10. Measured on this piano, noise above the masking threshold is the same at 0 as at
 * 4 (−3.5 and −3.3 dB at 96 kbit/s), in three fifths of the time.
 */
const complexity = 0;
/** Requests for `opus_encoder_ctl`, from opus_defines.h. */
const setBitrate = 4002;
const setVbr = 4006;
const setComplexity = 4010;
const setPredictionDisabled = 4042;
/** Number of packets after a restart that do not build on earlier ones: a few, as the first may arrive too late. */
const independentPackets = 5;
const getLookahead = 4027;

/** Encodes stereo sound, block by block, to Opus packets of 20 ms (RFC 6716), all of one size. */
export class OpusPackets {
  /** Delay of the decoded sound, in frames. */
  readonly lookahead: number;
  readonly #encoder: Encoder;
  readonly #packet: Int16Array<ArrayBuffer>;
  /** Number of samples in the unfinished packet. */
  #filled = 0;
  /** Number of packets left that are not to build on earlier ones. */
  #independent = 0;

  /**
   * @param bitrate bits per second
   * @param sampleRate of the input; decoders need not know it
   */
  constructor(bitrate: number, sampleRate: SampleRate = fullRate) {
    this.#packet = new Int16Array((sampleRate / packetRate) * channels);
    this.#encoder = new Encoder({ channels, sample_rate: sampleRate, application: 'audio' });
    this.#encoder.ctl(setBitrate, bitrate);
    this.#encoder.ctl(setVbr, 0);
    this.#encoder.ctl(setComplexity, complexity);
    this.lookahead = this.#encoder.ctl(getLookahead);
  }

  /**
   * Continues after packets that this encoder did not make, or not last.
   * @param left and right what they sound like: samples from −1 to 1, in whole packets, at least one
   */
  restartAfter(left: Float32Array, right: Float32Array): void {
    this.#filled = 0;
    this.#independent = Infinity;
    this.#encoder.ctl(setPredictionDisabled, 1);
    this.add(left, right);
    this.#independent = independentPackets;
  }

  /**
   * @param left and right samples from −1 to 1, equally many
   * @returns the packets that they complete
   */
  add(left: Float32Array, right: Float32Array): Uint8Array[] {
    const packets: Uint8Array[] = [];
    for (let from = 0; from < left.length; from += mostFrames) {
      const kernel = sampleKernel();
      const count = Math.min(mostFrames, left.length - from);
      kernel.take(left.subarray(from, from + count), right.subarray(from, from + count));
      kernel.calls.interleave(kernel.left, kernel.right, count, kernel.integers);
      packets.push(...this.#add(kernel.integerSamples.subarray(0, count * channels)));
    }
    return packets;
  }

  /** The last packets, padded with silence. */
  finishPacket(): Uint8Array {
    this.#packet.fill(0, this.#filled);
    this.#filled = 0;
    const packet = this.#encoder.encode(this.#packet);
    if (this.#independent > 0) {
      this.#independent -= 1;
      if (this.#independent === 0) this.#encoder.ctl(setPredictionDisabled, 0);
    }
    return packet;
  }

  #add(interleaved: Int16Array): Uint8Array[] {
    const packets: Uint8Array[] = [];
    for (let from = 0; from < interleaved.length;) {
      const part = interleaved.subarray(from, from + this.#packet.length - this.#filled);
      this.#packet.set(part, this.#filled);
      from += part.length;
      this.#filled += part.length;
      if (this.#filled === this.#packet.length) packets.push(this.finishPacket());
    }
    return packets;
  }
}
