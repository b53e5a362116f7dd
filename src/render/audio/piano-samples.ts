import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { largeBytes } from '../large-bytes.js';
import { ascii } from './ogg.js';
import { chunks } from './sound-font.js';

/** A stereo recording of a key, and which notes it plays. */
export interface PianoSample {
  readonly keys: Range;
  readonly velocities: Range;
  /** The key that was recorded. */
  readonly root: number;
  /** Frames per second. */
  readonly rate: number;
  /** Equally many, up to the end of the loop. */
  readonly left: Int16Array;
  readonly right: Int16Array;
  /** Frame at which the loop begins. */
  readonly loopStart: number;
  /** How long the envelope stays at its peak. */
  readonly holdSeconds: number;
  /** In which it then falls by its whole range, … */
  readonly decaySeconds: number;
  /** … and in which it does after the end of the note. */
  readonly releaseSeconds: number;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Generators of the SoundFont 2.04 specification, section 8.1.2. */
const generators = { hold: 35, decay: 36, release: 38, keys: 43, velocities: 44, sample: 53 } as const;

const bytesOf = { bag: 4, generator: 4, sampleHeader: 46 } as const;

/**
 * The recordings of the built-in piano, one after the other, so that they need not be in memory all at once. Of other
 * SoundFonts, only those can be read that were built like it: one instrument, each zone of which is looped and
 * followed by the same zone for the right channel (`assets/soundfont/build-piano.js`).
 * @param path of the SoundFont (SF2)
 */
export function* pianoSamples(path: string): Generator<PianoSample, void, void> {
  const file = openSync(path, 'r');
  try {
    const lists = listsOf(file);
    const { start, size } = lists.get('pdta')!;
    const zones = zonesOf(read(file, start, size));
    // The list of samples begins with the header of its first chunk, which has all of them.
    const samples = lists.get('sdta')!.start + 8;
    const channel = ({ header }: Zone): Int16Array => {
      const [from, to] = [header.getUint32(20, true), header.getUint32(32, true)];
      return new Int16Array(read(file, samples + 2 * from, 2 * (to - from)).buffer);
    };
    for (let i = 0; i + 1 < zones.length; i += 2) {
      const { values, header } = zones[i]!;
      yield {
        keys: range(values.get(generators.keys)),
        velocities: range(values.get(generators.velocities)),
        root: header.getUint8(40),
        rate: header.getUint32(36, true),
        left: channel(zones[i]!),
        right: channel(zones[i + 1]!),
        loopStart: header.getUint32(28, true) - header.getUint32(20, true),
        holdSeconds: seconds(values.get(generators.hold)),
        decaySeconds: seconds(values.get(generators.decay)),
        releaseSeconds: seconds(values.get(generators.release)),
      };
    }
  } finally {
    closeSync(file);
  }
}

/** A note; both numbers are 0–127. */
export interface Struck {
  readonly pitch: number;
  readonly velocity: number;
}

/** Fields in the header of a sample that hold a position among all frames. */
const positions = { start: 20, end: 24, loopStart: 28, loopEnd: 32 } as const;

/** Bytes of silence after each sample: 46 frames (SoundFont 2.04, section 6.1). */
const silence = new Uint8Array(2 * 46);

/**
 * The built-in piano as a SoundFont (SF2) with only the recordings that these notes need: a fifth of it, for most parts
 * of songs. Other notes sound wrong.
 * @param path as for {@link pianoSamples}; each of its zones has a recording of its own
 */
export function pianoFor(path: string, notes: readonly Struck[]): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const lists = listsOf(file);
    const [info, data, articulation] = [lists.get('INFO')!, lists.get('sdta')!, lists.get('pdta')!];
    const described = read(file, articulation.start, articulation.size);
    const zones = zonesOf(described);
    const needed = new Set(zones.filter((zone) => notes.some((note) => plays(zone, note))));
    if (needed.size === 0) needed.add(zones[0]!);

    const recordings: Uint8Array[] = [];
    let frames = 0;
    for (const { header } of needed) {
      const [start, end] = [header.getUint32(positions.start, true), header.getUint32(positions.end, true)];
      for (const position of Object.values(positions)) {
        header.setUint32(position, header.getUint32(position, true) - start + frames, true);
      }
      recordings.push(read(file, data.start + 8 + 2 * start, 2 * (end - start)), silence);
      frames += end - start + silence.length / 2;
    }
    // The other zones have to have some recording, too.
    const first = zones.find((zone) => needed.has(zone))!.header;
    for (const { header } of zones.filter((zone) => !needed.has(zone))) {
      for (const position of Object.values(positions)) {
        header.setUint32(position, first.getUint32(position, true), true);
      }
    }
    return joined(
      chunk(
        'RIFF',
        ascii('sfbk'),
        ...chunk('LIST', ascii('INFO'), read(file, info.start, info.size)),
        ...chunk('LIST', ascii('sdta'), ...chunk('smpl', ...recordings)),
        ...chunk('LIST', ascii('pdta'), described),
      ),
    );
  } finally {
    closeSync(file);
  }
}

function plays({ values }: Zone, { pitch, velocity }: Struck): boolean {
  const [keys, velocities] = [range(values.get(generators.keys)), range(values.get(generators.velocities))];
  return pitch >= keys.from && pitch <= keys.to && velocity >= velocities.from && velocity <= velocities.to;
}

/** A chunk of a RIFF file. */
function chunk(id: string, ...content: readonly Uint8Array[]): Uint8Array[] {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, lengthOf(content), true);
  return [ascii(id), size, ...content];
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = largeBytes(lengthOf(parts));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, { length }) => sum + length, 0);
}

/** A list of a RIFF file, without its header. */
interface List {
  readonly start: number;
  readonly size: number;
}

/** The lists of a file by their names. */
function listsOf(file: number): ReadonlyMap<string, List> {
  const headerBytes = 12;
  const lists = new Map<string, List>();
  const { size } = fstatSync(file);
  for (let at = headerBytes; at + headerBytes <= size;) {
    const header = read(file, at, headerBytes);
    const bytes = new DataView(header.buffer).getUint32(4, true);
    const name = String.fromCharCode(...header.subarray(8));
    lists.set(name, { start: at + headerBytes, size: bytes - 4 });
    at += 8 + bytes + (bytes % 2);
  }
  return lists;
}

function read(file: number, position: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  readSync(file, bytes, { position });
  return bytes;
}

/** @param articulation the list `pdta` of a SoundFont */
function zonesOf(articulation: Uint8Array<ArrayBuffer>): Zone[] {
  const parts = new Map<string, DataView>();
  for (const { id, start, end } of chunks(articulation, 0, articulation.length)) {
    parts.set(id, new DataView(articulation.buffer, start, end - start));
  }
  const [bags, list, headers] = [parts.get('ibag')!, parts.get('igen')!, parts.get('shdr')!];
  const zones: Zone[] = [];
  // The last bag only marks the end of the list.
  for (let bag = 0; bag + 2 * bytesOf.bag <= bags.byteLength; bag += bytesOf.bag) {
    const values = new Map<number, number>();
    const [from, to] = [bags.getUint16(bag, true), bags.getUint16(bag + bytesOf.bag, true)];
    for (let at = from * bytesOf.generator; at < to * bytesOf.generator; at += bytesOf.generator) {
      values.set(list.getUint16(at, true), list.getInt16(at + 2, true));
    }
    const sample = values.get(generators.sample);
    // A zone without a sample holds what all others share.
    if (sample === undefined) continue;
    const at = headers.byteOffset + sample * bytesOf.sampleHeader;
    zones.push({ values, header: new DataView(headers.buffer, at, bytesOf.sampleHeader) });
  }
  return zones;
}

interface Zone {
  /** By generator. */
  readonly values: ReadonlyMap<number, number>;
  /** Its sample's. */
  readonly header: DataView;
}

/** The lower byte is the beginning, the upper one the end. */
function range(value = 127 << 8): Range {
  return { from: value & 255, to: (value >> 8) & 255 };
}

/** From timecents. */
function seconds(timecents = -12_000): number {
  return 2 ** (timecents / 1200);
}
