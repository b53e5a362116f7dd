import { ByteReader, damagedMidi } from './byte-reader.js';
import { findMidi } from './container.js';
import { checkMidiLimit, type MidiLimits } from './limits.js';

/** The MIDI events that matter for notes; `tick` counts from the start of the track. Channels are 0–15. */
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
  | {
      readonly type: 'control';
      readonly tick: number;
      readonly channel: number;
      /** One of {@link controllers}. */
      readonly controller: number;
      readonly value: number;
    }
  /** A channel is switched to drums, or back to melodic sounds. */
  | { readonly type: 'drums'; readonly tick: number; readonly channel: number; readonly isOn: boolean }
  | MetaEvent;

/** Events that do not belong to a channel: texts, tempo, signatures. */
export interface MetaEvent {
  readonly type: 'meta';
  readonly tick: number;
  /** One of {@link metaKinds}, or another value. */
  readonly kind: number;
  readonly data: Uint8Array;
}

/** Meta event numbers of the Standard MIDI File. */
export const metaKinds = {
  text: 0x01,
  trackName: 0x03,
  marker: 0x06,
  endOfTrack: 0x2f,
  tempo: 0x51,
  timeSignature: 0x58,
  keySignature: 0x59,
  sequencerSpecific: 0x7f,
} as const;

/** General MIDI's drum channel, number 10 when counted from 1. */
export const drumChannel = 9;

/** The controllers that matter here. */
export const controllers = { volume: 7, pan: 10, sustain: 64, allSoundOff: 120, allNotesOff: 123 } as const;
const readControllers: ReadonlySet<number> = new Set(Object.values(controllers));

type Banks = ReadonlyMap<number, { readonly isDrums: boolean }>;

/** Bank Select, and General MIDI 2's banks of drums and of melodic sounds. */
const bankController = 0;
const generalBanks: Banks = new Map([
  [120, { isDrums: true }],
  [121, { isDrums: false }],
]);
/**
 * Yamaha's XG uses two more banks for effects and drums. In Roland's GS the last one has the melodic sounds
 * of an MT-32.
 */
const xgBanks: Banks = new Map([...generalBanks, [126, { isDrums: true }], [127, { isDrums: true }]]);

/** GS Reset, from the model ID to the checksum. */
const gsReset = Buffer.of(0x42, 0x12, 0x40, 0x00, 0x7f, 0x00, 0x41);

/** Time unit of a file: ticks per quarter note, or per second (SMPTE), which is independent of the tempo. */
export type Division = { readonly ticksPerQuarter: number } | { readonly ticksPerSecond: number };

export interface MidiFile {
  /** 0: one track; 1: simultaneous tracks; 2: independent patterns. Other values are read as 1. */
  readonly format: number;
  readonly division: Division;
  readonly tracks: readonly (readonly MidiEvent[])[];
}

/** The maximum of a four-byte variable-length quantity; far longer than any piece. */
const maxTicks = 2 ** 28;

/**
 * Reads a Standard MIDI File. Time and memory are linear in the size of the file, for any bytes. Tolerates
 * harmless irregularities (a missing End of Track, bytes after it, unknown chunks, wrong lengths, formats and
 * numbers of tracks, clock messages, eight-bit values), but not damage that could corrupt notes.
 * @throws UserError when it is not MIDI, damaged, or exceeds a limit.
 */
export function readMidiFile(bytes: Uint8Array, limits: MidiLimits): MidiFile {
  const file = new ByteReader(findMidi(bytes), 'file');
  checkMidiLimit(limits, 'maxBytes', bytes.length);

  const header = new ByteReader(readChunk(file).body, 'header');
  const { format, trackCount, division } = readHeader(header);
  const bodies: Uint8Array[] = [];
  while (bodies.length < trackCount && file.remaining >= 8) {
    const { name, body } = readChunk(file);
    if (name === 'MTrk') bodies.push(body);
  }
  checkMidiLimit(limits, 'maxTracks', bodies.length);

  const banks = bodies.some((body) =>
    Buffer.from(body.buffer, body.byteOffset, body.length).includes(gsReset),
  )
    ? generalBanks
    : xgBanks;
  let eventCount = 0;
  const odd: string[] = [];
  const ragged: string[] = [];
  const tracks = bodies.map((body, i) => {
    const part = `track ${i + 1}`;
    const reader = new ByteReader(body, part);
    const events: MidiEvent[] = [];
    for (const event of readTrack(reader, banks)) {
      checkMidiLimit(limits, 'maxEvents', ++eventCount);
      if (event !== undefined) events.push(event);
    }
    const last = events.at(-1);
    const isWhole = last?.type === 'meta' && last.kind === metaKinds.endOfTrack && reader.remaining === 0;
    if (!isWhole) ragged.push(part);
    if (reader.oddValues > 0) odd.push(part);
    return events;
  });
  // An eight-bit value could be the status byte of the next event if bytes were lost, but then the track
  // would hardly end where it claims to.
  if (odd.length > 0 && ragged.length > 0) throw damagedMidi('status-in-value', odd[0]);
  return { format, division, tracks };
}

function readHeader(
  header: ByteReader,
): Pick<MidiFile, 'format' | 'division'> & { readonly trackCount: number } {
  const format = header.uint(2);
  const trackCount = header.uint(2);
  const division = header.uint(2);
  if (division === 0) throw damagedMidi('no-ticks', 'header');
  if (division < 0x8000) return { format, trackCount, division: { ticksPerQuarter: division } };
  const frames = framesPerSecond.get(0x100 - (division >> 8));
  const ticksPerFrame = division & 0xff;
  if (frames === undefined || ticksPerFrame === 0) {
    throw damagedMidi('frame-rate', 'header');
  }
  return { format, trackCount, division: { ticksPerSecond: frames * ticksPerFrame } };
}

/** SMPTE frame rates, as stated in a header; 29 stands for 29.97 (NTSC). */
const framesPerSecond: ReadonlyMap<number, number> = new Map([
  [24, 24],
  [25, 25],
  [29, 30_000 / 1001],
  [30, 30],
]);

/**
 * A chunk that claims more bytes than the file has gets the remaining ones: its content shows whether they
 * suffice.
 */
function readChunk(file: ByteReader): { name: string; body: Uint8Array } {
  const name = file.chunkName();
  const length = file.uint(4);
  return { name, body: file.take(Math.min(length, file.remaining)) };
}

/** Yields the events up to End of Track; undefined for each that does not matter for notes. */
function* readTrack(reader: ByteReader, banks: Banks): Generator<MidiEvent | undefined> {
  let tick = 0;
  let status: number | undefined;
  while (reader.remaining > 0) {
    tick += reader.delta();
    if (tick >= maxTicks) throw damagedMidi('far-event');
    const first = reader.peek();
    if (first !== undefined && first >= 0xf0) {
      const event = readSystemEvent(reader, tick);
      yield event;
      if (event?.type === 'meta' && event.kind === metaKinds.endOfTrack) return;
    } else {
      // Running status: a message without a status byte repeats the last one. Formally a meta event ends it,
      // but in some files it continues.
      if (first === undefined || first >= 0x80) status = reader.byte();
      if (status === undefined) throw damagedMidi('value-first');
      yield readChannelEvent(reader, tick, status, banks);
    }
  }
}

function readSystemEvent(reader: ByteReader, tick: number): MidiEvent | undefined {
  const status = reader.byte();
  if (status === 0xff) {
    const kind = reader.byte();
    return { type: 'meta', tick, kind, data: reader.take(reader.varint()) };
  }
  // Clock, start, stop, active sensing: recorded from a live stream, and without data.
  if (status >= 0xf8) return undefined;
  const isSysEx = status === 0xf0 || status === 0xf7;
  if (!isSysEx) throw damagedMidi('unknown-event');
  return drumPart(reader.take(reader.varint()), tick);
}

/**
 * Parses the messages that make a part drums. Roland's GS: "Use for Rhythm Part", `41 dev 42 12 40 1x 15 map
 * checksum F7`. Yamaha's XG: "Part Mode", `43 1n 4C 08 part 07 mode F7`.
 */
function drumPart(sysEx: Uint8Array, tick: number): MidiEvent | undefined {
  if (sysEx[0] === 0x43 && sysEx[2] === 0x4c && sysEx[3] === 0x08 && sysEx[5] === 0x07) {
    const [, , , , channel = 0, , mode = 0] = sysEx;
    return channel < 16 ? { type: 'drums', tick, channel, isOn: mode > 0 } : undefined;
  }
  const [maker, , model, command, high, middle = 0, low, map = 0] = sysEx;
  const isRhythmPart =
    maker === 0x41 &&
    model === 0x42 &&
    command === 0x12 &&
    high === 0x40 &&
    middle >> 4 === 1 &&
    low === 0x15;
  if (!isRhythmPart) return undefined;
  const part = middle & 0x0f;
  // Parts are numbered like channels, except that channel 10 comes first.
  const channel = part === 0 ? 9 : part <= 9 ? part - 1 : part;
  return { type: 'drums', tick, channel, isOn: map > 0 };
}

function readChannelEvent(
  reader: ByteReader,
  tick: number,
  status: number,
  banks: Banks,
): MidiEvent | undefined {
  const channel = status & 0x0f;
  switch (status >> 4) {
    case 0x8: {
      const pitch = reader.dataByte();
      reader.anyByte();
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
      const controller = reader.anyByte();
      const written = reader.peek(); // 255 is not a drum bank
      const value = reader.anyByte();
      const bank = controller === bankController ? banks.get(written ?? value) : undefined;
      if (bank !== undefined) return { type: 'drums', tick, channel, isOn: bank.isDrums };
      return readControllers.has(controller)
        ? { type: 'control', tick, channel, controller, value }
        : undefined;
    }
    case 0xc:
      return { type: 'program', tick, channel, program: reader.anyByte() };
    case 0xd:
      reader.anyByte();
      return undefined;
    default:
      reader.anyByte();
      reader.anyByte();
      return undefined;
  }
}
