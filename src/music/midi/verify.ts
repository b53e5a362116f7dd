import MidiPlayer from 'midi-player-js';
import { signatureOfKey } from '../theory/key-signature.js';
import { readMidiFile } from './events.js';
import type { Piece } from '../piece.js';
import { ticksPerQuarter } from '../ticks.js';
import { englishTitles, titleIn } from '../title.js';

/** A written file does not hold its piece: a fault of this program, never of a user. */
export class MidiVerificationError extends Error {
  override readonly name = 'MidiVerificationError';
}

/**
 * Reads a written file back with a second, strict parser (midi-player-js) and compares it with its
 * piece, note by note: pitch and velocity exactly, both ends of a note within half a tick.
 *
 * @throws MidiVerificationError that says what differs.
 */
export function verifyMidi(bytes: Uint8Array, piece: Piece): void {
  checkStructure(bytes);
  const player = parse(bytes);
  // The declared types leave out the bytes of a track.
  const tracks = (player.tracks ?? []) as (MidiPlayer.Track & { readonly data: Uint8Array })[];
  expectSame('format', player.format, 1);
  expectSame('ticks a quarter note', player.division, ticksPerQuarter);
  expectSame('number of tracks', tracks.length, 2);
  const [settings, music] = tracks.map(eventsOf);
  compareSettings(settings!, piece);

  const title = String.fromCharCode(...new TextEncoder().encode(titleIn(englishTitles, piece)));
  const trackName = only(music!, 'Sequence/Track Name');
  expectSame('track name', trackName.string, title);
  const program = only(music!, 'Program Change');
  expectSame('program', program.bytes.at(-1), piece.program);
  expectSame('tick of the name and program', trackName.tick + program.tick, 0);
  const otherChannel = music!.find(({ channel = 1 }) => channel !== 1);
  expectSame('channel', otherChannel?.channel ?? 1, 1);
  compareNotes(music!, piece);
}

type ParsedEvent = MidiPlayer.Event & {
  /** With its delta time. */
  readonly bytes: readonly number[];
};

/**
 * midi-player-js trusts the lengths that a file states, and would go back and forth in it for ever;
 * so the structure is checked first.
 */
function checkStructure(bytes: Uint8Array): void {
  const limits = {
    maxBytes: Infinity,
    maxTracks: 2,
    maxNotes: Infinity,
    maxEvents: Infinity,
    maxSeconds: Infinity,
  };
  let isTidy: boolean;
  try {
    ({ isTidy } = readMidiFile(bytes, limits));
  } catch (error) {
    throw new MidiVerificationError('The file is not sound MIDI.', { cause: error });
  }
  if (!isTidy) throw new MidiVerificationError('The file does not have the lengths that it states.');
}

function parse(bytes: Uint8Array): MidiPlayer.Player {
  const player = new MidiPlayer.Player();
  try {
    // Parses at once; only play() would start a timer.
    return player.loadArrayBuffer(new Uint8Array(bytes).buffer);
  } catch (error) {
    throw new MidiVerificationError('The second parser refuses the file.', { cause: error });
  }
}

/** The events of a track, which must end with its only End of Track, as soon as there is nothing more. */
function eventsOf(track: MidiPlayer.Track & { readonly data: Uint8Array }): ParsedEvent[] {
  const events = track.events.map((event, i) => ({
    ...event,
    bytes: [...track.data.subarray(event.byteIndex, track.events[i + 1]?.byteIndex)],
  }));
  only(events, 'End of Track');
  const [before, last] = events.slice(-2);
  expectSame('last event of a track', last?.name, 'End of Track');
  expectSame('tick of the End of Track', last?.tick, before!.tick);
  return events;
}

function only(events: readonly ParsedEvent[], name: string): ParsedEvent {
  const found = events.filter((event) => event.name === name);
  expectSame(`number of ${name} events`, found.length, 1);
  return found[0]!;
}

function compareSettings(events: readonly ParsedEvent[], { tempoBpm, timeSignature, key }: Piece): void {
  for (const { name, tick } of events) expectSame(`tick of ${name}`, tick, 0);
  const [high, middle, low] = only(events, 'Set Tempo').bytes.slice(-3);
  const microseconds = high! * 65536 + middle! * 256 + low!;
  expectSame('tempo in microseconds', microseconds, Math.round(6e7 / tempoBpm));
  const [numerator, exponent] = only(events, 'Time Signature').bytes.slice(-4);
  const { numerator: beats, denominator } = timeSignature;
  expectSame('time signature', `${numerator}/${2 ** exponent!}`, `${beats}/${denominator}`);

  const signature = key && signatureOfKey(key);
  const signatures = events.filter(({ name }) => name === 'Key Signature');
  expectSame(
    'key signature',
    signatures.map(({ bytes }) => bytes.slice(-2).join(' ')).join(', '),
    signature ? `${signature.sharps & 0xff} ${signature.minor ? 1 : 0}` : '',
  );
}

function compareNotes(events: readonly ParsedEvent[], piece: Piece): void {
  const exactTick = (seconds: number): number => ((seconds * piece.tempoBpm) / 60) * ticksPerQuarter;
  const starts = events.filter(isStart);
  expectSame('number of notes', starts.length, piece.notes.length);
  const ends = endsOf(events);
  for (const [i, note] of piece.notes.entries()) {
    const start = starts[i]!;
    const end = ends.get(start);
    const which = `of note ${i + 1}`;
    expectSame(`pitch ${which}`, start.noteNumber, note.pitch);
    // In the bytes: the parser turns most velocities into percent.
    expectSame(`velocity ${which}`, start.bytes.at(-1), note.velocity);
    expectNear(`onset ${which} in ticks`, start.tick, exactTick(note.onsetSeconds));
    if (end === undefined) throw new MidiVerificationError(`The end ${which} is missing.`);
    // A note lasts at least one tick, however short it is.
    const exactEnd = Math.max(exactTick(note.onsetSeconds + note.durationSeconds), start.tick + 1);
    expectNear(`end ${which} in ticks`, end.tick, exactEnd);
  }
}

function isStart({ name, bytes }: ParsedEvent): boolean {
  return name === 'Note on' && bytes.at(-1) !== 0;
}

/** The end of each note: of one pitch, what was struck first ends first. */
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

/** Within half a tick, and what floating point may add. */
function expectNear(what: string, actual: number, expected: number): void {
  if (Math.abs(actual - expected) <= 0.5 + 1e-6) return;
  throw new MidiVerificationError(`The ${what} is ${actual} in the file, ${expected} in the piece.`);
}
