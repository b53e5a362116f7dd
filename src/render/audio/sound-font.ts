import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../errors/user-error.js';
import { ascii } from './ogg.js';
import { fullRate, synthesise, type SoundFont } from './synth.js';
import { readLarge } from '../large-bytes.js';

/** The built-in grand piano. */
export const shippedSoundFont = fileURLToPath(
  new URL('../../../assets/soundfont/piano.sf2', import.meta.url),
);

/** While loading, the synthesizer holds several copies of a SoundFont in memory. */
const maxMegabytes = 64;

/**
 * Reads an SF2 file.
 * @throws UserError when it cannot be read, is too large, is not a SoundFont, or is compressed (SF3)
 */
export async function readSoundFont(path: string): Promise<Uint8Array> {
  const file = basename(path);
  const { size } = await stat(path).catch(() => ({ size: -1 }));
  if (size > maxMegabytes * 1e6) {
    throw new UserError('sound-font.too-large', { file, mostMegabytes: maxMegabytes });
  }
  const bytes = await readLarge(path).catch(() => {
    throw new UserError('sound-font.unreadable', { file });
  });
  const format = soundFontFormat(bytes);
  if (format === undefined) {
    throw new UserError('sound-font.unknown', { file });
  }
  if (format === 'sf3') {
    throw new UserError('sound-font.compressed', { file });
  }
  return bytes;
}

/** A SoundFont of the operator, and its instruments. */
export interface OwnSoundFont extends SoundFont {
  /** General MIDI programs, and −1 for drums. */
  readonly programs: ReadonlySet<number>;
}

const own = new Map<string, Promise<OwnSoundFont>>();

/**
 * An SF2 file of the operator.
 * @throws UserError like {@link readSoundFont}
 */
export function ownSoundFont(path: string): Promise<OwnSoundFont> {
  const known = own.get(path) ?? describe(path);
  own.set(path, known);
  known.catch(() => own.delete(path));
  return known;
}

async function describe(path: string): Promise<OwnSoundFont> {
  return { programs: programsOf(await readSoundFont(path)), read: () => readSoundFont(path) };
}

/**
 * Checks that a SoundFont can be used: reads it, and plays a chord with it.
 * @throws UserError like {@link readSoundFont}, and when the chord fails or is silent
 */
export async function checkSoundFont(path: string): Promise<void> {
  const bytes = await readSoundFont(path);
  let peak = 0;
  try {
    for await (const { left, right } of synthesise(probe, [{ read: () => Promise.resolve(bytes) }], {
      maxFrames: fullRate,
    })) {
      // NaN in any sample makes the peak NaN, permanently.
      for (const samples of [left, right]) {
        peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), peak);
      }
    }
  } catch (error) {
    throw new UserError('sound-font.broken', {
      file: basename(path),
      reason: error instanceof Error ? error.message : String(error),
    });
  }
  // −80 dBFS; the condition also rejects NaN.
  if (!(peak > 1e-4 && peak < Infinity)) {
    throw new UserError('sound-font.silent', { file: basename(path) });
  }
}

/**
 * The type of a file by its content: `sf3` if it states version 3, or if any of its samples is compressed,
 * whatever its version (SoundFont 2.04 specification, sections 4 to 7).
 */
export function soundFontFormat(bytes: Uint8Array): 'sf2' | 'sf3' | undefined {
  if (text(bytes, 0, 4) !== 'RIFF' || text(bytes, 8, 12) !== 'sfbk') return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const list of chunks(bytes, 12, bytes.length)) {
    if (list.id !== 'LIST') continue;
    for (const { id, start, end } of chunks(bytes, list.start + 4, list.end)) {
      if (id === 'ifil' && end - start >= 2 && view.getUint16(start, true) >= 3) return 'sf3';
      if (id !== 'shdr') continue;
      for (let header = start; header + sampleHeaderBytes <= end; header += sampleHeaderBytes) {
        if (view.getUint16(header + sampleHeaderBytes - 2, true) & compressedSample) return 'sf3';
      }
    }
  }
  return 'sf2';
}

/**
 * The instruments of a SoundFont: General MIDI programs, and −1 for drums.
 * @param bytes accepted by {@link soundFontFormat}
 */
export function programsOf(bytes: Uint8Array): ReadonlySet<number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const programs = new Set<number>();
  for (const list of chunks(bytes, 12, bytes.length)) {
    if (list.id !== 'LIST') continue;
    for (const { id, start, end } of chunks(bytes, list.start + 4, list.end)) {
      if (id !== 'phdr') continue;
      // The last header only marks the end of the list.
      for (let header = start; header + 2 * presetHeaderBytes <= end; header += presetHeaderBytes) {
        const bank = view.getUint16(header + 22, true);
        if (bank === 0) programs.add(view.getUint16(header + 20, true));
        if (bank === drumBank) programs.add(-1);
      }
    }
  }
  return programs;
}

/** A preset header: 20 bytes of name, program, bank, and 14 bytes that are ignored. */
const presetHeaderBytes = 38;
const drumBank = 128;

/** The last two bytes of a sample header are the type; this flag in it is an SF3 extension. */
const sampleHeaderBytes = 46;
const compressedSample = 0x10;

/** The RIFF chunks between two offsets; a chunk that claims to be longer is truncated. */
export function* chunks(
  bytes: Uint8Array,
  from: number,
  to: number,
): Generator<{ id: string; start: number; end: number }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = from + 8; start <= to;) {
    const size = view.getUint32(start - 4, true);
    const end = Math.min(to, start + size);
    yield { id: text(bytes, start - 8, start - 4), start, end };
    // Chunks start at even offsets; the next one's data follow its ID and size.
    start = end + (size % 2) + 8;
  }
}

function text(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}

/** A MIDI file: C3, C4 and C5 on channel 1, velocity 100, for half a second. */
const probe = Uint8Array.of(
  ...[...ascii('MThd'), 0, 0, 0, 6, 0, 0, 0, 1, 0, 96],
  ...[...ascii('MTrk'), 0, 0, 0, 28],
  ...[0, 0x90, 48, 100, 0, 0x90, 60, 100, 0, 0x90, 72, 100],
  ...[96, 0x80, 48, 0, 0, 0x80, 60, 0, 0, 0x80, 72, 0],
  ...[0, 0xff, 0x2f, 0],
);
