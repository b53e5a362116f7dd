import { chunks } from './sound-font.js';

/** A stereo recording of a key, and which notes it plays. */
export interface PianoSample {
  readonly keys: Range;
  readonly velocities: Range;
  /** The key that was recorded. */
  readonly root: number;
  /** Frames per second. */
  readonly rate: number;
  /** Equally many, up to the end of the loop; in the memory of the SoundFont. */
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
 * The recordings of the built-in piano. Of other SoundFonts, only those can be read that were built like it: one
 * instrument, each zone of which is looped and followed by the same zone for the right channel
 * (`assets/soundfont/build-piano.js`).
 * @param soundFont at an even offset in its buffer
 */
export function pianoSamples(soundFont: Uint8Array): PianoSample[] {
  const view = new DataView(soundFont.buffer, soundFont.byteOffset, soundFont.byteLength);
  const parts = new Map<string, { readonly start: number; readonly end: number }>();
  for (const list of chunks(soundFont, 12, soundFont.length)) {
    if (list.id !== 'LIST') continue;
    for (const { id, start, end } of chunks(soundFont, list.start + 4, list.end))
      parts.set(id, { start, end });
  }
  const part = (id: string): { readonly start: number; readonly end: number } => {
    const found = parts.get(id);
    if (found === undefined) throw new RangeError(`The SoundFont lacks its chunk ${id}.`);
    return found;
  };
  const bags = part('ibag');
  const zones: Zone[] = [];
  // The last bag only marks the end of the list.
  for (let bag = bags.start; bag + 2 * bytesOf.bag <= bags.end; bag += bytesOf.bag) {
    const values = new Map<number, number>();
    const [from, to] = [view.getUint16(bag, true), view.getUint16(bag + bytesOf.bag, true)];
    for (let i = from; i < to; i++) {
      const at = part('igen').start + i * bytesOf.generator;
      values.set(view.getUint16(at, true), view.getInt16(at + 2, true));
    }
    const sample = values.get(generators.sample);
    // A zone without a sample holds what all others share.
    if (sample !== undefined)
      zones.push({ values, header: part('shdr').start + sample * bytesOf.sampleHeader });
  }
  const samples = part('smpl').start;
  const channel = ({ header }: Zone): Int16Array => {
    const [start, end] = [view.getUint32(header + 20, true), view.getUint32(header + 32, true)];
    return new Int16Array(soundFont.buffer, soundFont.byteOffset + samples + 2 * start, end - start);
  };
  return zones
    .filter((_, i) => i % 2 === 0)
    .map((zone, pair) => {
      const { values, header } = zone;
      return {
        keys: range(values.get(generators.keys)),
        velocities: range(values.get(generators.velocities)),
        root: view.getUint8(header + 40),
        rate: view.getUint32(header + 36, true),
        left: channel(zone),
        right: channel(zones[2 * pair + 1]!),
        loopStart: view.getUint32(header + 28, true) - view.getUint32(header + 20, true),
        holdSeconds: seconds(values.get(generators.hold)),
        decaySeconds: seconds(values.get(generators.decay)),
        releaseSeconds: seconds(values.get(generators.release)),
      };
    });
}

interface Zone {
  /** By generator. */
  readonly values: ReadonlyMap<number, number>;
  /** Offset of its sample's header. */
  readonly header: number;
}

/** The lower byte is the beginning, the upper one the end. */
function range(value = 127 << 8): Range {
  return { from: value & 255, to: (value >> 8) & 255 };
}

/** From timecents. */
function seconds(timecents = -12_000): number {
  return 2 ** (timecents / 1200);
}
