import { signatureOfKey, type KeySignature } from '../theory/key-signature.js';
import { metaKinds } from './events.js';
import type { Note } from '../note.js';
import type { Piece, TimeSignature } from '../piece.js';
import { ticksPerQuarter, tickSpan } from '../ticks.js';
import { englishTitles, titleIn } from '../title.js';

/**
 * Writes a piece as a Standard MIDI File, format 1: track 0 has tempo, signatures and texts,
 * track 1 the name, the program and the notes, on channel 1. Both ends of a note are rounded to the nearest
 * tick of the piece's own tempo; a note lasts at least one tick.
 *
 * The Standard MIDI File keeps a tempo in 24 bits of microseconds: the piece's must be above 3.58 bpm.
 *
 * @param texts text events for other programs to read.
 */
export function writeMidi(piece: Piece, texts: readonly string[] = []): Uint8Array {
  const signature = piece.key && signatureOfKey(piece.key);
  const settings = [
    meta(metaKinds.tempo, bigEndian(Math.round(6e7 / piece.tempoBpm), 3)),
    meta(metaKinds.timeSignature, timeSignatureData(piece.timeSignature)),
    ...(signature ? [meta(metaKinds.keySignature, keySignatureData(signature))] : []),
    ...texts.map((text) => meta(metaKinds.text, utf8(text))),
  ];
  const music = [
    meta(metaKinds.trackName, utf8(titleIn(englishTitles, piece))),
    { tick: 0, bytes: [0xc0, piece.program] },
    ...noteMessages(piece.notes, piece.tempoBpm),
  ];
  const header = [...bigEndian(1, 2), ...bigEndian(2, 2), ...bigEndian(ticksPerQuarter, 2)];
  return Uint8Array.from([...chunk('MThd', header), ...track(settings), ...track(music)]);
}

interface Message {
  readonly tick: number;
  readonly bytes: readonly number[];
}

/** In time order; of one tick, notes end before others begin, so that a repeated note is struck anew. */
function noteMessages(notes: readonly Note[], tempoBpm: number): Message[] {
  const starts: Message[] = [];
  const ends: Message[] = [];
  for (const note of notes) {
    const { start, end } = tickSpan(note, tempoBpm);
    starts.push({ tick: start, bytes: [0x90, note.pitch, note.velocity] });
    ends.push({ tick: end, bytes: [0x80, note.pitch, 0] });
  }
  // The sort is stable.
  return [...ends, ...starts].sort((a, b) => a.tick - b.tick);
}

function meta(kind: number, data: readonly number[]): Message {
  return { tick: 0, bytes: [0xff, kind, ...varint(data.length), ...data] };
}

function timeSignatureData({ numerator, denominator }: TimeSignature): number[] {
  const clocksPerMetronomeClick = 24;
  const thirtySecondsPerQuarter = 8;
  return [numerator, Math.log2(denominator), clocksPerMetronomeClick, thirtySecondsPerQuarter];
}

function keySignatureData({ sharps, minor }: KeySignature): number[] {
  return [sharps & 0xff, minor ? 1 : 0];
}

function utf8(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

function track(messages: readonly Message[]): number[] {
  const body: number[] = [];
  let lastTick = 0;
  for (const { tick, bytes } of messages) {
    body.push(...varint(tick - lastTick), ...bytes);
    lastTick = tick;
  }
  return chunk('MTrk', [...body, 0, ...meta(metaKinds.endOfTrack, []).bytes]);
}

function chunk(name: string, body: readonly number[]): number[] {
  return [...utf8(name), ...bigEndian(body.length, 4), ...body];
}

function bigEndian(value: number, size: number): number[] {
  return Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** (size - 1 - i)) % 256);
}

/** A variable-length quantity: seven bits a byte, the highest first, the top bit set on all but the last. */
function varint(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f));
  return bytes;
}
