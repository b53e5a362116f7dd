import MidiPlayer from 'midi-player-js';
import { signatureOfKey } from '../theory/key-signature.js';
import { controllers } from './events.js';
import { xfChordData } from './xf-chord.js';
import { channelsOf } from './write.js';
import type { Piece } from '../piece.js';
import { plainTitles, titleIn, type TitleWords } from '../title.js';
import type { TrackNote } from '../track.js';

/** A written file does not match its piece: a bug in this program, never a user's error. */
export class MidiVerificationError extends Error {
  override readonly name = 'MidiVerificationError';
}

/**
 * Reads a written file back with a second parser (midi-player-js) and compares it with its piece, exactly:
 * tracks in their order with their names and instruments, notes one by one, and every change of tempo, meter
 * and key.
 *
 * @throws MidiVerificationError that says what differs.
 */
export function verifyMidi(bytes: Uint8Array, piece: Piece, titles: TitleWords = plainTitles): void {
  const { format, division, tracks } = parse(bytes);
  expectSame('format', format, 1);
  expectSame('ticks a quarter note', division, piece.ticksPerQuarter);
  expectSame('number of tracks', tracks.length, 1 + piece.tracks.length);
  const title = titleIn(titles, piece);
  const bearsTitle = piece.tracks.length === 1 && piece.tracks[0]?.name === '';
  compareTrack(tracks[0]!, settingsOf(piece, bearsTitle ? undefined : title), []);
  const channels = channelsOf(piece.tracks);
  for (const [i, track] of piece.tracks.entries()) {
    const { program, volume, pan, notes } = track;
    const levels = [
      ...(volume === undefined ? [] : [`0: ${controllers.volume} ${volume}`]),
      ...(pan === undefined ? [] : [`0: ${controllers.pan} ${pan}`]),
    ];
    const expected = {
      'track name': [`0: ${inBytes(bearsTitle ? title : track.name)}`],
      program: [`0: ${program}`],
      'volume and pan': levels,
    };
    compareTrack(tracks[i + 1]!, expected, notes, channels[i]! + 1);
  }
}

/** Members of the parser that are missing from its types. */
interface Parser {
  buffer: Uint8Array;
  readonly format: number;
  readonly division: number;
  readonly tracks: readonly ParserTrack[];
  validate(): boolean;
  getDivision(): Parser;
  getFormat(): Parser;
  getTracks(): Parser;
}

interface ParserTrack extends MidiPlayer.Track {
  readonly data: Uint8Array;
  /** Position of the next event. */
  readonly pointer: number;
}

type ParsedEvent = MidiPlayer.Event & {
  readonly timeSignature?: string;
  /** Including its delta time. */ readonly bytes: Uint8Array;
};

/** The parser trusts the lengths in a file, so they are checked here: every event has to advance. */
function parse(bytes: Uint8Array): Parser {
  const parser = new MidiPlayer.Player() as unknown as Parser;
  parser.buffer = bytes;
  try {
    if (!parser.validate()) throw new RangeError('It does not begin as MIDI does.');
    const { tracks } = parser.getDivision().getFormat().getTracks();
    const stated = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    expectSame('number of tracks that it states', stated.getUint16(10), tracks.length);
    let length = 14;
    for (const track of tracks) {
      const { data } = track;
      length += 8 + stated.getUint32(data.byteOffset - bytes.byteOffset - 4);
      for (let from = -1; track.pointer < data.length; track.parseEvent()) {
        if (track.pointer <= from) throw new RangeError('An event ends before it begins.');
        from = track.pointer;
      }
      expectSame('length of the events of a track', track.pointer, data.length);
    }
    expectSame('length that it states', length, bytes.length);
  } catch (cause) {
    throw new MidiVerificationError('The second parser refuses the file.', { cause });
  }
  return parser;
}

/** The metadata that a file must contain: kind, tick and value. */
type Said = Readonly<Record<string, readonly string[]>>;

function settingsOf(piece: Piece, title: string | undefined): Said {
  return {
    'track name': title === undefined ? [] : [`0: ${inBytes(title)}`],
    // No file can state a tempo of 0.
    'tempo in microseconds': piece.tempos.map(
      ({ tick, microsecondsPerQuarter: value }) => `${tick}: ${value || 'none'}`,
    ),
    'time signature': piece.meters.map(
      ({ tick, numerator, denominator }) => `${tick}: ${numerator}/${denominator}`,
    ),
    'key signature': piece.keys.flatMap(({ tick, key }) => {
      const signature = signatureOfKey(key);
      return signature === undefined
        ? []
        : [`${tick}: ${signature.sharps & 0xff} ${signature.minor ? 1 : 0}`];
    }),
    chords: (piece.chords ?? []).map(({ tick, chord }) => `${tick}: ${xfChordData(chord).join(' ')}`),
    sections: (piece.sections ?? []).map(({ tick, name }) => `${tick}: ${inBytes(name)}`),
  };
}

/** @param channel counted from 1, as in the parser */
function compareTrack(
  { data, events: parsed }: ParserTrack,
  expected: Said,
  notes: readonly TrackNote[],
  channel?: number,
): void {
  const events: readonly ParsedEvent[] = parsed.map((event, i) => ({
    ...event,
    bytes: data.subarray(event.byteIndex, parsed[i + 1]?.byteIndex),
  }));
  // Includes the only End of Track, right after the last event.
  const said: Record<string, string[]> = {};
  const ends = { 'End of Track': [`${events.at(-2)?.tick}: `] };
  expectSame('last event of a track', events.at(-1)?.name, 'End of Track');
  for (const event of events) {
    if (event.channel !== undefined) expectSame('channel', event.channel, channel ?? 'none');
    const [what, value] = meaningOf(event);
    if (what !== undefined) (said[what] ??= []).push(`${event.tick}: ${value}`);
  }
  for (const what of Object.keys({ ...said, ...expected })) {
    expectSame(what, (said[what] ?? []).join(', '), ({ ...expected, ...ends }[what] ?? []).join(', '));
  }
  compareNotes(events, notes);
}

/** The kind and value of an event; undefined for notes and for texts for other programs. */
function meaningOf({
  name,
  string = '',
  timeSignature = '',
  bytes,
}: ParsedEvent): readonly [what?: string, value?: string] {
  switch (name) {
    case 'Note on':
    case 'Note off':
    case 'Text Event':
      return [];
    case 'Sequence/Track Name':
      return ['track name', string];
    case 'Marker':
      return ['sections', string];
    case 'Set Tempo':
      return [
        'tempo in microseconds',
        String(bytes.slice(-3).reduce((value, byte) => value * 256 + byte, 0)),
      ];
    case 'Time Signature':
      return ['time signature', timeSignature];
    case 'Key Signature':
      return ['key signature', bytes.slice(-2).join(' ')];
    case 'Sequencer-Specific Meta-event':
      return ['chords', bytes.slice(-7).join(' ')];
    case 'Program Change':
      return ['program', String(bytes.at(-1))];
    case 'Controller Change':
      return ['volume and pan', bytes.slice(-2).join(' ')];
    default:
      return [name, ''];
  }
}

/** Text as in midi-player-js: one character per byte. */
function inBytes(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

function compareNotes(events: readonly ParsedEvent[], notes: readonly TrackNote[]): void {
  const starts = events.filter(isStart);
  expectSame('number of notes', starts.length, notes.length);
  const ends = endsOf(events);
  for (const [i, { pitch, velocity, startTick, lengthTicks }] of notes.entries()) {
    const start = starts[i]!;
    const end = ends.get(start);
    const which = `of note ${i + 1}`;
    expectSame(`pitch ${which}`, start.noteNumber, pitch);
    // From the raw bytes: the parser converts most velocities to percent.
    expectSame(`velocity ${which}`, start.bytes.at(-1), velocity);
    expectSame(`onset ${which} in ticks`, start.tick, startTick);
    if (end === undefined) throw new MidiVerificationError(`The end ${which} is missing.`);
    expectSame(`end ${which} in ticks`, end.tick, startTick + lengthTicks);
    if (!(lengthTicks > 0 && pitch < 128 && velocity < 128)) {
      throw new MidiVerificationError(`What is written ${which} is no note.`);
    }
  }
}

function isStart({ name, bytes }: ParsedEvent): boolean {
  return name === 'Note on' && bytes.at(-1) !== 0;
}

/** The end of each note: for each pitch, first in, first out. */
function endsOf(events: readonly ParsedEvent[]): Map<ParsedEvent, ParsedEvent> {
  const ends = new Map<ParsedEvent, ParsedEvent>();
  const sounding = new Map<number, ParsedEvent[]>();
  for (const event of events) {
    const { name, noteNumber } = event;
    if (noteNumber === undefined || !(name === 'Note on' || name === 'Note off')) continue;
    const queue = sounding.get(noteNumber) ?? [];
    sounding.set(noteNumber, queue);
    if (isStart(event)) {
      queue.push(event);
      continue;
    }
    const start = queue.shift();
    if (start === undefined)
      throw new MidiVerificationError(
        `Pitch ${noteNumber} ends at tick ${event.tick}, where it does not sound.`,
      );
    ends.set(start, event);
  }
  return ends;
}

function expectSame(what: string, actual: unknown, expected: string | number): void {
  if (actual === expected) return;
  throw new MidiVerificationError(`The ${what} is ${String(actual)} in the file, ${expected} in the piece.`);
}
