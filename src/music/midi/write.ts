import { signatureOfKey } from '../theory/key-signature.js';
import { controllers, drumChannel, metaKinds } from './events.js';
import { xfChordData } from './xf-chord.js';
import type { KeyChange, Piece } from '../piece.js';
import type { MeterChange } from '../meter.js';
import { plainTitles, titleIn, type TitleWords } from '../title.js';
import type { Track, TrackNote } from '../track.js';

/**
 * Writes a piece as a Standard MIDI File, format 1: first a track with tempos, signatures, chords, sections
 * and texts, then each track of the piece on its own channel, drums on channel 10. The piece's title is the
 * name of the first track; if the piece has a single unnamed track, it is the name of that track instead.
 *
 * The Standard MIDI File stores tempos in 24 bits of microseconds: every tempo must be above 3.58 bpm.
 * @param texts text events for other programs to read.
 * @param effects of each track, for files that are only to be played
 * @param titles words for the title
 * @throws RangeError when there are more than 15 pitched tracks, or more than one drum track
 */
export function writeMidi(
  piece: Piece,
  texts: readonly string[] = [],
  effects: readonly Effects[] = [],
  titles: TitleWords = plainTitles,
): Uint8Array {
  const { tracks, ticksPerQuarter, chords = [], sections = [] } = piece;
  const title = titleIn(titles, piece);
  const [first] = tracks;
  const bearsTitle = tracks.length === 1 && first?.name === '';
  const conductor = [
    ...(bearsTitle ? [] : [meta(0, metaKinds.trackName, utf8(title))]),
    ...piece.tempos.map(({ tick, microsecondsPerQuarter }) =>
      meta(tick, metaKinds.tempo, bigEndian(microsecondsPerQuarter, 3)),
    ),
    ...piece.meters.map(timeSignature),
    ...piece.keys.flatMap(keySignature),
    ...texts.map((text) => meta(0, metaKinds.text, utf8(text))),
    ...chords.map(({ tick, chord }) => meta(tick, metaKinds.sequencerSpecific, xfChordData(chord))),
    ...chords.flatMap(({ tick, symbol }) =>
      symbol === undefined ? [] : [meta(tick, metaKinds.text, utf8(symbol))],
    ),
    ...sections.map(({ tick, name }) => meta(tick, metaKinds.marker, utf8(name))),
  ];
  const channels = channelsOf(tracks);
  const music = tracks.map((track, i) => [
    meta(0, metaKinds.trackName, utf8(bearsTitle ? title : track.name)),
    ...settings({ ...track, ...effects[i] }, channels[i]!),
    ...noteMessages(track.notes, channels[i]!),
  ]);
  const header = [...bigEndian(1, 2), ...bigEndian(1 + tracks.length, 2), ...bigEndian(ticksPerQuarter, 2)];
  return Uint8Array.from([
    ...chunk('MThd', header),
    ...[conductor.sort(byTick), ...music].flatMap(trackChunk),
  ]);
}

/** A channel's effect level, 0–127, if set. */
export interface Effects {
  readonly reverb?: number;
}

const pitchedChannels = Array.from({ length: 16 }, (_, i) => i).filter((i) => i !== drumChannel);

/** The channel of each track, 0–15. */
export function channelsOf(tracks: readonly Track[]): readonly number[] {
  const pitched = [...pitchedChannels];
  const drums = [drumChannel];
  return tracks.map(({ isDrums }) => {
    const channel = (isDrums ? drums : pitched).shift();
    if (channel === undefined) throw new RangeError('There are more tracks than channels for them.');
    return channel;
  });
}

/** Effects 1 depth, which General MIDI 2 defines as reverb. It is written, but not read. */
const reverbController = 91;

interface Message {
  readonly tick: number;
  readonly bytes: readonly number[];
}

const byTick = (a: Message, b: Message): number => a.tick - b.tick;

function settings({ program, volume, pan, reverb }: Track & Effects, channel: number): Message[] {
  const control = (controller: number, value: number | undefined): Message[] =>
    value === undefined ? [] : [{ tick: 0, bytes: [0xb0 | channel, controller, value] }];
  return [
    { tick: 0, bytes: [0xc0 | channel, program] },
    ...control(controllers.volume, volume),
    ...control(controllers.pan, pan),
    ...control(reverbController, reverb),
  ];
}

/** In time order; at the same tick, note-offs precede note-ons, so that a repeated note is struck again. */
function noteMessages(notes: readonly TrackNote[], channel: number): Message[] {
  const starts: Message[] = [];
  const ends: Message[] = [];
  for (const { pitch, velocity, startTick, lengthTicks } of notes) {
    starts.push({ tick: startTick, bytes: [0x90 | channel, pitch, velocity] });
    ends.push({ tick: startTick + lengthTicks, bytes: [0x80 | channel, pitch, 0] });
  }
  // Array.prototype.sort is stable.
  return [...ends, ...starts].sort(byTick);
}

function keySignature({ tick, key }: KeyChange): Message[] {
  const signature = signatureOfKey(key);
  if (signature === undefined) return [];
  return [meta(tick, metaKinds.keySignature, [signature.sharps & 0xff, signature.minor ? 1 : 0])];
}

function timeSignature({ tick, numerator, denominator }: MeterChange): Message {
  const clocksPerMetronomeClick = 24;
  const thirtySecondsPerQuarter = 8;
  const data = [numerator, Math.log2(denominator), clocksPerMetronomeClick, thirtySecondsPerQuarter];
  return meta(tick, metaKinds.timeSignature, data);
}

function meta(tick: number, kind: number, data: readonly number[]): Message {
  return { tick, bytes: [0xff, kind, ...varint(data.length), ...data] };
}

function utf8(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

function trackChunk(messages: readonly Message[]): number[] {
  const body: number[] = [];
  let lastTick = 0;
  for (const { tick, bytes } of messages) {
    body.push(...varint(tick - lastTick), ...bytes);
    lastTick = tick;
  }
  return chunk('MTrk', [...body, 0, ...meta(0, metaKinds.endOfTrack, []).bytes]);
}

function chunk(name: string, body: readonly number[]): number[] {
  return [...utf8(name), ...bigEndian(body.length, 4), ...body];
}

function bigEndian(value: number, size: number): number[] {
  return Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** (size - 1 - i)) % 256);
}

/**
 * A variable-length quantity: seven bits per byte, most significant first, the top bit set on all but the
 * last.
 */
function varint(value: number): number[] {
  const bytes = [value & 0x7f];
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f));
  return bytes;
}
