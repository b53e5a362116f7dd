import MidiPlayer from 'midi-player-js';
import { signatureOfKey } from '../theory/key-signature.js';
import { controllers, readMidiFile } from './events.js';
import { xfChordData } from './xf-chord.js';
import { channelsOf } from './write.js';
import type { Piece } from '../piece.js';
import { englishTitles, titleIn } from '../title.js';
import type { Track } from '../track.js';

/** A written file does not hold its piece: a fault of this program, never of a user. */
export class MidiVerificationError extends Error {
  override readonly name = 'MidiVerificationError';
}

/**
 * Reads a written file back with a second, strict parser (midi-player-js) and compares it with its
 * piece, exactly: tracks in their order with their names and instruments, notes one by one, and every
 * change of tempo, meter and key.
 *
 * @throws MidiVerificationError that says what differs.
 */
export function verifyMidi(bytes: Uint8Array, piece: Piece): void {
  checkStructure(bytes);
  const player = parse(bytes);
  // The declared types leave out the bytes of a track.
  const tracks = (player.tracks ?? []) as (MidiPlayer.Track & { readonly data: Uint8Array })[];
  expectSame('format', player.format, 1);
  expectSame('ticks a quarter note', player.division, piece.ticksPerQuarter);
  expectSame('number of tracks', tracks.length, 1 + piece.tracks.length);
  const [conductor, ...music] = tracks.map(eventsOf);
  const title = titleIn(englishTitles, piece);
  const bearsTitle = piece.tracks.length === 1 && piece.tracks[0]?.name === '';
  compareSettings(conductor!, piece, bearsTitle ? [] : [title]);
  const channels = channelsOf(piece.tracks);
  for (const [i, track] of piece.tracks.entries()) {
    compareTrack(music[i]!, track, channels[i]! + 1, bearsTitle ? title : track.name);
  }
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
    maxTracks: 17,
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

function compareSettings(events: readonly ParsedEvent[], piece: Piece, names: readonly string[]): void {
  const told = (name: string, value: (event: ParsedEvent) => unknown): string =>
    events
      .filter((event) => event.name === name)
      .map((event) => `${event.tick}: ${String(value(event))}`)
      .join(', ');
  const expected = <T extends { readonly tick: number }>(
    changes: readonly T[],
    value: (change: T) => unknown,
  ): string => changes.map((change) => `${change.tick}: ${String(value(change))}`).join(', ');

  const unwritable = piece.tempos.find(
    ({ microsecondsPerQuarter: value }) => !(value >= 1 && value < 2 ** 24),
  );
  expectSame('tempo that no file can state', unwritable?.microsecondsPerQuarter ?? 'none', 'none');
  const last = (event: ParsedEvent, count: number): readonly number[] => event.bytes.slice(-count);
  expectSame(
    'tempo in microseconds',
    told('Set Tempo', (event) => last(event, 3).reduce((value, byte) => value * 256 + byte, 0)),
    expected(piece.tempos, ({ microsecondsPerQuarter }) => microsecondsPerQuarter),
  );
  expectSame(
    'time signature',
    told('Time Signature', (event) => `${last(event, 4)[0]}/${2 ** last(event, 4)[1]!}`),
    expected(piece.meters, ({ numerator, denominator }) => `${numerator}/${denominator}`),
  );
  const signatures = piece.keys.flatMap(({ tick, key }) => {
    const signature = signatureOfKey(key);
    return signature === undefined ? [] : [{ tick, ...signature }];
  });
  expectSame(
    'key signature',
    told('Key Signature', (event) => last(event, 2).join(' ')),
    expected(signatures, ({ sharps, minor }) => `${sharps & 0xff} ${minor ? 1 : 0}`),
  );
  expectSame(
    'chords',
    told('Sequencer-Specific Meta-event', ({ bytes }) => bytes.slice(-7).join(' ')),
    expected(piece.chords ?? [], ({ chord }) => xfChordData(chord).join(' ')),
  );
  expectSame(
    'sections',
    told('Marker', ({ string }) => string),
    expected(piece.sections ?? [], ({ name }) => inBytes(name)),
  );
  expectSame(
    'title',
    events.flatMap(({ name, string }) => (name === 'Sequence/Track Name' ? [string] : [])).join(', '),
    names.map(inBytes).join(', '),
  );
  expectSame('number of notes among the settings', events.filter(isStart).length, 0);
}

/** @param channel as the parser counts them, from 1 on */
function compareTrack(events: readonly ParsedEvent[], track: Track, channel: number, name: string): void {
  const trackName = only(events, 'Sequence/Track Name');
  expectSame('track name', trackName.string, inBytes(name));
  const program = only(events, 'Program Change');
  expectSame('program', program.bytes.at(-1), track.program);
  expectSame('tick of the name and program', trackName.tick + program.tick, 0);
  const otherChannel = events.find((event) => (event.channel ?? channel) !== channel);
  expectSame('channel', otherChannel?.channel ?? channel, channel);
  const levels = { volume: controllers.volume, pan: controllers.pan };
  const set = Object.entries(levels).flatMap(([level, controller]) => {
    const value = track[level as keyof typeof levels];
    return value === undefined ? [] : [`${controller} ${value}`];
  });
  const controls = events.filter((event) => event.name === 'Controller Change');
  expectSame(
    'volume and pan',
    controls.map(({ bytes }) => bytes.slice(-2).join(' ')).join(', '),
    set.join(', '),
  );
  const late = controls.find(({ tick }) => tick !== 0);
  expectSame('tick of the volume and pan', late?.tick ?? 0, 0);
  compareNotes(events, track);
}

/** As midi-player-js has a text: a character a byte. */
function inBytes(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

function compareNotes(events: readonly ParsedEvent[], { notes }: Track): void {
  const starts = events.filter(isStart);
  expectSame('number of notes', starts.length, notes.length);
  const ends = endsOf(events);
  for (const [i, { pitch, velocity, startTick, lengthTicks }] of notes.entries()) {
    const start = starts[i]!;
    const end = ends.get(start);
    const which = `of note ${i + 1}`;
    expectSame(`pitch ${which}`, start.noteNumber, pitch);
    // In the bytes: the parser turns most velocities into percent.
    expectSame(`velocity ${which}`, start.bytes.at(-1), velocity);
    expectSame(`onset ${which} in ticks`, start.tick, startTick);
    if (end === undefined) throw new MidiVerificationError(`The end ${which} is missing.`);
    expectSame(`end ${which} in ticks`, end.tick, startTick + lengthTicks);
    if (!(lengthTicks > 0)) throw new MidiVerificationError(`The length ${which} is no length.`);
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
