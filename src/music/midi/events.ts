import { ByteReader, damagedMidi } from './byte-reader.js';
import { findMidi } from './container.js';
import { checkMidiLimit, type MidiLimits } from './limits.js';
import { UserError } from '../../errors/user-error.js';

/**
 * The events that a reader of notes needs; `tick` counts from the start of the track.
 * Channels are 0–15, so General MIDI's drums, channel 10, are 9 here.
 */
export type MidiEvent =
  | {
      readonly type: 'note-on';
      readonly tick: number;
      readonly channel: number;
      readonly pitch: number;
      /** 1–127: a note-on of velocity 0 is a note-off. */
      readonly velocity: number;
    }
  | { readonly type: 'note-off'; readonly tick: number; readonly channel: number; readonly pitch: number }
  | { readonly type: 'program'; readonly tick: number; readonly channel: number; readonly program: number }
  | { readonly type: 'sustain'; readonly tick: number; readonly channel: number; readonly isDown: boolean }
  | MetaEvent;

/** What is not for an instrument: texts, tempo, signatures. */
export interface MetaEvent {
  readonly type: 'meta';
  readonly tick: number;
  /** One of {@link metaKinds}, or another byte. */
  readonly kind: number;
  readonly data: Uint8Array;
}

/** Meta event numbers of the Standard MIDI File. */
export const metaKinds = {
  text: 0x01,
  trackName: 0x03,
  endOfTrack: 0x2f,
  tempo: 0x51,
  timeSignature: 0x58,
  keySignature: 0x59,
} as const;

export interface MidiFile {
  /** 0: one track; 1: tracks that sound together; 2: patterns on their own. */
  readonly format: 0 | 1 | 2;
  readonly ticksPerQuarter: number;
  readonly tracks: readonly (readonly MidiEvent[])[];
  /** Whether nothing had to be overlooked: lengths and numbers are true, and every track ends with its End of Track. */
  readonly isTidy: boolean;
}

/** The controller that General MIDI calls Damper Pedal, and the value from which on it is down. */
const sustainController = 64;
const pedalDown = 64;

/** What a four-byte variable-length quantity can count: no piece comes near. */
const maxTicks = 2 ** 28;

/**
 * Reads a Standard MIDI File of format 0, 1 or 2. Time and memory are linear in the size of
 * the file, whatever its bytes are. Lenient where a file is merely untidy (a missing End of Track,
 * bytes after it, foreign chunks, wrong lengths and numbers of tracks), strict where notes could come out wrong.
 *
 * @throws UserError when it is not MIDI, damaged, counts time in film frames, or is above a limit.
 */
export function readMidiFile(bytes: Uint8Array, limits: MidiLimits): MidiFile {
  const file = new ByteReader(findMidi(bytes), 'file');
  checkMidiLimit(limits, 'maxBytes', bytes.length);

  const header = new ByteReader(readChunk(file).body, 'header');
  const { format, trackCount, ticksPerQuarter } = readHeader(header);
  let isTidy = header.remaining === 0;
  const bodies: Uint8Array[] = [];
  while (bodies.length < trackCount && file.remaining >= 8) {
    const { name, body, isWhole } = readChunk(file);
    if (name === 'MTrk') bodies.push(body);
    isTidy &&= name === 'MTrk' && isWhole;
  }
  isTidy &&= bodies.length === trackCount && file.remaining === 0;
  checkMidiLimit(limits, 'maxTracks', bodies.length);

  let eventCount = 0;
  const tracks = bodies.map((body, i) => {
    const reader = new ByteReader(body, `track ${i + 1}`);
    const events: MidiEvent[] = [];
    for (const event of readTrack(reader)) {
      checkMidiLimit(limits, 'maxEvents', ++eventCount);
      if (event !== undefined) events.push(event);
    }
    const last = events.at(-1);
    isTidy &&= reader.remaining === 0 && last?.type === 'meta' && last.kind === metaKinds.endOfTrack;
    return events;
  });
  return { format, ticksPerQuarter, tracks, isTidy };
}

function readHeader(
  header: ByteReader,
): Pick<MidiFile, 'format' | 'ticksPerQuarter'> & { readonly trackCount: number } {
  const format = header.uint(2);
  const trackCount = header.uint(2);
  const division = header.uint(2);
  if (format !== 0 && format !== 1 && format !== 2) throw damagedMidi('format', 'header');
  if (division >= 0x8000) {
    throw new UserError('midi.smpte');
  }
  if (division === 0) throw damagedMidi('no-ticks', 'header');
  return { format, trackCount, ticksPerQuarter: division };
}

/** A chunk that claims more bytes than the file has gets what is left: its own contents tell whether that is enough. */
function readChunk(file: ByteReader): { name: string; body: Uint8Array; isWhole: boolean } {
  const name = file.chunkName();
  const length = file.uint(4);
  const isWhole = length <= file.remaining;
  return { name, body: file.take(isWhole ? length : file.remaining), isWhole };
}

/** Yields the events up to End of Track, undefined for each that says nothing about notes. */
function* readTrack(reader: ByteReader): Generator<MidiEvent | undefined> {
  let tick = 0;
  let status: number | undefined;
  while (reader.remaining > 0) {
    tick += reader.varint();
    if (tick >= maxTicks) throw damagedMidi('far-event');
    const first = reader.peek();
    if (first !== undefined && first >= 0xf0) {
      const event = readSystemEvent(reader, tick);
      yield event;
      if (event?.kind === metaKinds.endOfTrack) return;
    } else {
      // Running status: a message without a status byte repeats the last one. Formally a meta
      // event ends it, but there are files that go on.
      if (first === undefined || first >= 0x80) status = reader.byte();
      if (status === undefined) throw damagedMidi('value-first');
      yield readChannelEvent(reader, tick, status);
    }
  }
}

function readSystemEvent(reader: ByteReader, tick: number): MetaEvent | undefined {
  const status = reader.byte();
  if (status === 0xff) {
    const kind = reader.byte();
    return { type: 'meta', tick, kind, data: reader.take(reader.varint()) };
  }
  const isSysEx = status === 0xf0 || status === 0xf7;
  if (!isSysEx) throw damagedMidi('unknown-event');
  reader.take(reader.varint());
  return undefined;
}

function readChannelEvent(reader: ByteReader, tick: number, status: number): MidiEvent | undefined {
  const channel = status & 0x0f;
  switch (status >> 4) {
    case 0x8: {
      const pitch = reader.dataByte();
      reader.dataByte();
      return { type: 'note-off', tick, channel, pitch };
    }
    case 0x9: {
      const pitch = reader.dataByte();
      const velocity = reader.dataByte();
      return velocity === 0
        ? { type: 'note-off', tick, channel, pitch }
        : { type: 'note-on', tick, channel, pitch, velocity };
    }
    case 0xb: {
      const controller = reader.dataByte();
      const isDown = reader.dataByte() >= pedalDown;
      return controller === sustainController ? { type: 'sustain', tick, channel, isDown } : undefined;
    }
    case 0xc:
      return { type: 'program', tick, channel, program: reader.dataByte() };
    case 0xd:
      reader.dataByte();
      return undefined;
    default:
      reader.dataByte();
      reader.dataByte();
      return undefined;
  }
}
