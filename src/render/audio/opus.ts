// The WebAssembly build: the package's native one ends the whole process with a segmentation
// fault when the worker thread that used it ends.
import { Encoder } from '@evan/opus/wasm/index.mjs';
import { ascii, oggPage, type OggPacket } from './ogg.js';
import { mostFrames, sampleKernel } from './samples.js';
import { fullRate, type SampleRate } from './synth.js';

const channels = 2;
/** Packets a second: of 20 ms, their usual length. */
const packetRate = 50;
/** A page a second: players seek by page. */
const packetsOnPage = 50;
/**
 * libopus' effort, 0–10. Measured on this piano, noise over the masking threshold is the same at 0 as at 4
 * (−3.5 and −3.3 dB at 96 kbit/s), for three fifths of the time.
 */
const complexity = 0;
/** Any number will do where a file holds one stream; the same one keeps files the same. */
const serial = 1;
/** Requests of `opus_encoder_ctl`, from opus_defines.h. */
const setBitrate = 4002;
const setVbr = 4006;
const setComplexity = 4010;
const getLookahead = 4027;

/**
 * Size in bytes of an Ogg Opus file. The bit rate is constant, so that it is known beforehand.
 *
 * @param frames at 48 kHz
 * @param bitrate bits a second, a multiple of 400
 */
export function oggOpusSize(frames: number, bitrate: number): number {
  // A packet more than the frames fill holds what the encoder looked ahead.
  const packets = Math.ceil((frames * packetRate) / fullRate) + 1;
  const headers = 2 * 28 + 19 + 64;
  const lacing = Math.floor(packetBytes(bitrate) / 255) + 1;
  return headers + Math.ceil(packets / packetsOnPage) * 27 + packets * (packetBytes(bitrate) + lacing);
}

/** How many frames at 48 kHz at most make an Ogg Opus file of no more than `bytes`, in whole seconds. */
export function oggOpusFrames(bytes: number, bitrate: number): number {
  const empty = oggOpusSize(0, bitrate);
  const seconds = Math.floor((bytes - empty) / (oggOpusSize(fullRate, bitrate) - empty));
  return Math.max(0, seconds) * fullRate;
}

function packetBytes(bitrate: number): number {
  return bitrate / 8 / packetRate;
}

/** Length of an Ogg Opus file; nothing of a file that is none, or not whole. */
export function oggOpusSeconds(file: Uint8Array): number | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const headPacket = 28;
  const preSkip = file.length > headPacket + 12 ? view.getUint16(headPacket + 10, true) : 0;
  for (let page = 0; page + 27 <= file.length;) {
    if (view.getUint32(page) !== 0x4f676753) return undefined; // OggS
    const segments = page + 27 + file[page + 26]!;
    const next = file.subarray(page + 27, segments).reduce((at, size) => at + size, segments);
    const isLast = (file[page + 5]! & 4) !== 0;
    if (isLast && next === file.length)
      return (Number(view.getBigInt64(page + 6, true)) - preSkip) / fullRate;
    page = next;
  }
  return undefined;
}

/**
 * Encodes stereo sound, block by block, to an Ogg Opus file (RFC 7845, RFC 6716). At whatever rate it was made, an
 * Opus file counts frames at 48 kHz.
 */
export class OggOpusEncoder {
  readonly #encoder: Encoder;
  readonly #pages: Uint8Array[] = [];
  readonly #packet: Int16Array<ArrayBuffer>;
  readonly #packetFrames: number;
  readonly #preSkip: number;
  /** How many frames of the file each frame becomes. */
  readonly #times: number;
  #waiting: OggPacket[] = [];
  #packets = 0;
  #frames = 0;

  /**
   * @param bitrate bits a second
   * @param sampleRate of the sound that is added
   */
  constructor(
    bitrate: number,
    readonly sampleRate: SampleRate = fullRate,
  ) {
    this.#packetFrames = sampleRate / packetRate;
    this.#packet = new Int16Array(this.#packetFrames * channels);
    this.#times = fullRate / sampleRate;
    this.#encoder = new Encoder({ channels, sample_rate: sampleRate, application: 'audio' });
    this.#encoder.ctl(setBitrate, bitrate);
    this.#encoder.ctl(setVbr, 0);
    this.#encoder.ctl(setComplexity, complexity);
    this.#preSkip = this.#encoder.ctl(getLookahead) * this.#times;
    this.#page([{ bytes: this.#head(), granule: 0 }]);
    this.#page([{ bytes: tags(), granule: 0 }]);
  }

  /** @param left and right samples from −1 to 1 of the same moments, any number of them */
  add(left: Float32Array, right: Float32Array): void {
    for (let from = 0; from < left.length; from += mostFrames) {
      const kernel = sampleKernel();
      const count = Math.min(mostFrames, left.length - from);
      kernel.take(left.subarray(from, from + count), right.subarray(from, from + count));
      kernel.calls.interleave(kernel.left, kernel.right, count, kernel.integers);
      this.#add(kernel.integerSamples.subarray(0, count * channels));
    }
  }

  #add(interleaved: Int16Array): void {
    const packetFrames = this.#packetFrames;
    for (let from = 0; from < interleaved.length;) {
      const filled = (this.#frames % packetFrames) * channels;
      const part = interleaved.subarray(from, from + packetFrames * channels - filled);
      this.#packet.set(part, filled);
      from += part.length;
      this.#frames += part.length / channels;
      if (this.#frames % packetFrames === 0) this.#encode();
    }
  }

  /** The whole file. A decoder gets exactly the frames that were added. */
  finish(): Uint8Array {
    const end = this.#preSkip + this.#frames * this.#times;
    this.#packet.fill(0, (this.#frames % this.#packetFrames) * channels);
    while (this.#packets * this.#filePacketFrames < end) {
      this.#encode();
      this.#packet.fill(0);
    }
    // The last granule position tells where, inside the last packet, the sound ends (RFC 7845, section 4.4).
    const last = this.#waiting.pop();
    this.#page([...this.#waiting, ...(last ? [{ ...last, granule: end }] : [])], true);
    return concatenate(this.#pages);
  }

  #encode(): void {
    const bytes = this.#encoder.encode(this.#packet);
    // A page is only written when another packet follows: the last one must know that it is.
    if (this.#waiting.length === packetsOnPage) {
      this.#page(this.#waiting);
      this.#waiting = [];
    }
    this.#packets++;
    this.#waiting.push({ bytes, granule: this.#packets * this.#filePacketFrames });
  }

  get #filePacketFrames(): number {
    return this.#packetFrames * this.#times;
  }

  #page(packets: readonly OggPacket[], last = false): void {
    const sequence = this.#pages.length;
    this.#pages.push(oggPage(packets, { serial, sequence, first: sequence === 0, last }));
  }

  /** The identification header (RFC 7845, section 5.1). */
  #head(): Uint8Array {
    const head = new Uint8Array(19);
    const view = new DataView(head.buffer);
    head.set(ascii('OpusHead'));
    head[8] = 1;
    head[9] = channels;
    view.setUint16(10, this.#preSkip, true);
    view.setUint32(12, this.sampleRate, true);
    return head;
  }
}

/** The comment header (RFC 7845, section 5.2): who wrote the file, and nothing else. */
function tags(): Uint8Array {
  const vendor = ascii('Musical AI');
  const bytes = new Uint8Array(8 + 4 + vendor.length + 4);
  bytes.set(ascii('OpusTags'));
  new DataView(bytes.buffer).setUint32(8, vendor.length, true);
  bytes.set(vendor, 12);
  return bytes;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
