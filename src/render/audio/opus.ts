import { joined } from '../joined.js';
import { ascii, oggPage, type OggPacket } from './ogg.js';
import { OpusPackets, packetRate } from './opus-packets.js';
import { fullRate, type SampleRate } from './synth.js';

const channels = 2;
/** Frames of the file in each packet. */
const filePacketFrames = fullRate / packetRate;
/** One page per second: players seek by page. */
const packetsOnPage = 50;
/** Arbitrary for a file with a single stream; constant, so that files are reproducible. */
const serial = 1;

/**
 * Size in bytes of an Ogg Opus file. The bit rate is constant, so that the size is known beforehand.
 * @param frames at 48 kHz
 * @param bitrate bits per second, a multiple of 400
 */
export function oggOpusSize(frames: number, bitrate: number): number {
  // One more packet than the frames fill contains the encoder's lookahead.
  const packets = Math.ceil((frames * packetRate) / fullRate) + 1;
  const headers = 2 * 28 + 19 + 64;
  const lacing = Math.floor(packetBytes(bitrate) / 255) + 1;
  return headers + Math.ceil(packets / packetsOnPage) * 27 + packets * (packetBytes(bitrate) + lacing);
}

/** Maximum number of frames at 48 kHz in an Ogg Opus file of `bytes`, in whole seconds. */
export function oggOpusFrames(bytes: number, bitrate: number): number {
  const empty = oggOpusSize(0, bitrate);
  const seconds = Math.floor((bytes - empty) / (oggOpusSize(fullRate, bitrate) - empty));
  return Math.max(0, seconds) * fullRate;
}

function packetBytes(bitrate: number): number {
  return bitrate / 8 / packetRate;
}

/** Length of an Ogg Opus file; undefined for any other file, or an incomplete one. */
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
 * Encodes stereo audio, block by block, to an Ogg Opus file (RFC 7845, RFC 6716). At any sample rate, an Opus
 * file counts frames at 48 kHz.
 */
export class OggOpusEncoder {
  readonly #encoder: OpusPackets;
  readonly #pages: Uint8Array[] = [];
  readonly #preSkip: number;
  /** Number of frames in the file for each input frame. */
  readonly #times: number;
  #waiting: OggPacket[] = [];
  #packets = 0;
  #frames = 0;

  /**
   * @param bitrate bits per second
   * @param sampleRate of the input
   */
  constructor(
    bitrate: number,
    readonly sampleRate: SampleRate = fullRate,
  ) {
    this.#times = fullRate / sampleRate;
    this.#encoder = new OpusPackets(bitrate, sampleRate);
    this.#preSkip = this.#encoder.lookahead * this.#times;
    this.#page([{ bytes: this.#head(), granule: 0 }]);
    this.#page([{ bytes: tags(), granule: 0 }]);
  }

  /** @param left and right: simultaneous samples from −1 to 1, any number */
  add(left: Float32Array, right: Float32Array): void {
    this.#frames += left.length;
    for (const packet of this.#encoder.add(left, right)) this.#take(packet);
  }

  /** The complete file. Decoding gives exactly the frames that were added. */
  finish(): Uint8Array {
    const end = this.#preSkip + this.#frames * this.#times;
    while (this.#packets * filePacketFrames < end) this.#take(this.#encoder.finishPacket());
    // The last granule position marks the end of the audio inside the last packet (RFC 7845, section 4.4).
    const last = this.#waiting.pop();
    this.#page([...this.#waiting, ...(last ? [{ ...last, granule: end }] : [])], true);
    return joined(this.#pages);
  }

  #take(bytes: Uint8Array): void {
    // A page is only written when another packet follows, because the last page is marked as such.
    if (this.#waiting.length === packetsOnPage) {
      this.#page(this.#waiting);
      this.#waiting = [];
    }
    this.#packets++;
    this.#waiting.push({ bytes, granule: this.#packets * filePacketFrames });
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

/** The comment header (RFC 7845, section 5.2), with only the encoder's name. */
function tags(): Uint8Array {
  const vendor = ascii('Musical AI');
  const bytes = new Uint8Array(8 + 4 + vendor.length + 4);
  bytes.set(ascii('OpusTags'));
  new DataView(bytes.buffer).setUint32(8, vendor.length, true);
  bytes.set(vendor, 12);
  return bytes;
}
