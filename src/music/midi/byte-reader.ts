import { UserError, type MidiDamage } from '../../errors/user-error.js';

/** An error for a file that violates the MIDI format, and where. */
export function damagedMidi(damage: MidiDamage, part?: string): UserError {
  return new UserError('midi.damaged', { damage, ...(part !== undefined && { part }) });
}

/** Reads the bytes of one part of a MIDI file in order, with bounds checks. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #part: string;
  #position = 0;
  #oddValues = 0;

  /** @param part name of the part for error messages, e.g. `track 2`. */
  constructor(bytes: Uint8Array, part: string) {
    this.#bytes = bytes;
    this.#part = part;
  }

  get remaining(): number {
    return this.#bytes.length - this.#position;
  }

  /** The next byte, without consuming it; undefined at the end. */
  peek(): number | undefined {
    return this.#bytes[this.#position];
  }

  /** @throws UserError when fewer than `length` bytes remain. */
  take(length: number): Uint8Array {
    if (length > this.remaining) throw damagedMidi('cut-off', this.#part);
    const start = this.#position;
    this.#position += length;
    return this.#bytes.subarray(start, this.#position);
  }

  /** @throws UserError at the end. */
  byte(): number {
    const byte = this.#bytes[this.#position];
    if (byte === undefined) throw damagedMidi('cut-off', this.#part);
    this.#position++;
    return byte;
  }

  /** A big-endian unsigned integer of `size` bytes. */
  uint(size: 2 | 4): number {
    return this.take(size).reduce((value, byte) => value * 256 + byte, 0);
  }

  /** The four characters that name a chunk. */
  chunkName(): string {
    return String.fromCharCode(...this.take(4));
  }

  /** A data byte of a channel message that a note depends on, 0–127. */
  dataByte(): number {
    const byte = this.byte();
    if (byte > 0x7f) throw damagedMidi('status-in-value', this.#part);
    return byte;
  }

  /**
   * A data byte that no note depends on: 0–127 in valid files. Other values are accepted too, which is valid
   * if {@link oddValues} are consistent with the rest of the track.
   */
  anyByte(): number {
    const byte = this.byte();
    if (byte > 0x7f) this.#oddValues++;
    return Math.min(byte, 0x7f);
  }

  /** Number of values above seven bits. */
  get oddValues(): number {
    return this.#oddValues;
  }

  /** A variable-length quantity: seven bits per byte, at most four bytes. */
  varint(): number {
    return this.#sevenBits(4);
  }

  /** Ticks to the next event. Some programs write negative values, in five bytes; they count as 0. */
  delta(): number {
    const value = this.#sevenBits(5);
    return value >= 2 ** 31 && value < 2 ** 32 ? 0 : value;
  }

  #sevenBits(most: number): number {
    let value = 0;
    for (let i = 0; i < most; i++) {
      const byte = this.byte();
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) return value;
    }
    throw damagedMidi('long-number', this.#part);
  }
}
