/** Builds MIDI files byte by byte. Shares no code with src, which it tests. */

type Bytes = readonly number[];

export function varint(value: number): number[] {
  const low = value % 128;
  return value < 128 ? [low] : [...varint(Math.floor(value / 128)).map((byte) => byte | 0x80), low];
}

export function ascii(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}

export function uint16(value: number): number[] {
  return [value >> 8, value & 0xff];
}

export function uint32(value: number): number[] {
  return [...uint16(Math.floor(value / 65536)), ...uint16(value % 65536)];
}

export function chunk(name: string, body: Bytes): number[] {
  return [...ascii(name), ...uint32(body.length), ...body];
}

/** A complete file; the tracks are bodies made by {@link track}. */
export function smf(
  tracks: readonly Bytes[],
  {
    format = 1,
    division = 480,
    count = tracks.length,
  }: { format?: number; division?: number; count?: number } = {},
): Uint8Array {
  const header = chunk('MThd', [...uint16(format), ...uint16(count), ...uint16(division)]);
  return Uint8Array.from([...header, ...tracks.flatMap((body) => chunk('MTrk', body))]);
}

/** Events followed by End of Track. */
export function track(...events: readonly Bytes[]): number[] {
  return [...events.flat(), 0x00, 0xff, 0x2f, 0x00];
}

export function on(delta: number, pitch: number, velocity = 64, channel = 0): number[] {
  return [...varint(delta), 0x90 | channel, pitch, velocity];
}

export function off(delta: number, pitch: number, channel = 0): number[] {
  return [...varint(delta), 0x80 | channel, pitch, 64];
}

/** A note without delay, held for `length` ticks. */
export function note(length: number, pitch: number, velocity = 64, channel = 0): number[] {
  return [...on(0, pitch, velocity, channel), ...off(length, pitch, channel)];
}

export function program(delta: number, number: number, channel = 0): number[] {
  return [...varint(delta), 0xc0 | channel, number];
}

export function meta(delta: number, kind: number, data: Bytes): number[] {
  return [...varint(delta), 0xff, kind, ...varint(data.length), ...data];
}

export function tempo(delta: number, microseconds: number): number[] {
  return meta(delta, 0x51, uint32(microseconds).slice(1));
}

export function timeSignature(delta: number, numerator: number, exponent: number): number[] {
  return meta(delta, 0x58, [numerator, exponent, 24, 8]);
}

export function keySignature(delta: number, sharps: number, minor: 0 | 1): number[] {
  return meta(delta, 0x59, [sharps & 0xff, minor]);
}

export function name(text: string): number[] {
  return meta(0, 0x03, [...new TextEncoder().encode(text)]);
}

export function text(content: string): number[] {
  return meta(0, 0x01, [...new TextEncoder().encode(content)]);
}

/** Wraps a file as RMID: RIFF with a `data` chunk. */
export function riff(midi: Uint8Array): Uint8Array {
  const size = (value: number): number[] => uint32(value).reverse();
  const list = [...ascii('LIST'), ...size(5), ...ascii('INFO!'), 0];
  const body = [...ascii('RMID'), ...list, ...ascii('data'), ...size(midi.length), ...midi];
  return Uint8Array.from([...ascii('RIFF'), ...size(body.length), ...body]);
}
