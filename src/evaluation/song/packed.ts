import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fromBufferPromise } from 'yauzl';
import type { SongFrame } from '../../model/song/frame.js';
import { drumsPart } from '../../model/song/vocabulary.js';
import type { NetworkNote } from '../../model/song/sequence.js';
import {
  sectionLetters,
  taughtStyles,
  type PlanBar,
  type SectionLetter,
  type TaughtStyle,
} from '../../plan/song-plan.js';

/** A real song, as `training/song/pack.py` packs it. */
export interface PackedSong {
  readonly name: string;
  readonly style: TaughtStyle;
  /** Quarter notes per minute; 0 if unknown. */
  readonly bpm: number;
  readonly frame: SongFrame;
  /** In order; sections of the same name are alike. Lower-case names are passages without the melody. */
  readonly sections: readonly { readonly bar: number; readonly name: string }[];
  /** In order; velocity 0 if unknown. */
  readonly notes: readonly NetworkNote[];
}

/**
 * The songs of a style, from all available sources.
 * @param folder output of `training/song/convert.py`; a missing one has no songs
 */
export async function readPackedSongs(
  folder: string,
  split: 'train' | 'validation',
  style: TaughtStyle,
): Promise<readonly PackedSong[]> {
  const songs: PackedSong[] = [];
  for await (const arrays of packedFiles(folder, split)) {
    songs.push(...songsOf(arrays).filter((song) => song.style === style));
  }
  return songs;
}

/** The pitches of each part of the training songs, drums excluded, in order of onset and pitch. */
export async function trainingParts(folder: string): Promise<readonly Uint8Array[]> {
  const parts: Uint8Array[] = [];
  for await (const { notes, part, pitch } of packedFiles(folder, 'train')) {
    for (let song = 0; song + 1 < notes!.length; song++) {
      const byPart = new Map<number, number[]>();
      for (let i = notes![song]!; i < notes![song + 1]!; i++) {
        if (part![i] === drumsPart) continue;
        const pitches = byPart.get(part![i]!);
        if (pitches === undefined) byPart.set(part![i]!, [pitch![i]!]);
        else pitches.push(pitch![i]!);
      }
      for (const pitches of byPart.values()) parts.push(Uint8Array.from(pitches));
    }
  }
  return parts;
}

async function* packedFiles(folder: string, split: 'train' | 'validation'): AsyncGenerator<Arrays> {
  const files = (await readdir(folder).catch(() => []))
    .filter((name) => name.endsWith(`.${split}.npz`))
    .sort();
  for (const file of files) yield readArrays(await readFile(join(folder, file)));
}

type Arrays = Readonly<Record<string, readonly number[]>>;

/** The flat arrays of a NumPy archive, by name. */
async function readArrays(bytes: Buffer): Promise<Arrays> {
  const zip = await fromBufferPromise(bytes);
  const arrays: Record<string, readonly number[]> = {};
  for await (const entry of zip.eachEntry()) {
    const chunks: Uint8Array[] = [];
    const stream: Readable = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Uint8Array>) chunks.push(chunk);
    arrays[entry.fileName.replace(/\.npy$/, '')] = numbersOf(Buffer.concat(chunks));
  }
  return arrays;
}

/** Size in bytes and reader of each NumPy type. */
const types: Readonly<
  Record<string, readonly [bytes: number, read: (data: DataView, at: number) => number]>
> = {
  '|u1': [1, (data, at) => data.getUint8(at)],
  '<u2': [2, (data, at) => data.getUint16(at, true)],
  '<u4': [4, (data, at) => data.getUint32(at, true)],
  '<i8': [8, (data, at) => Number(data.getBigInt64(at, true))],
  '<f4': [4, (data, at) => data.getFloat32(at, true)],
};

/** The values of a NumPy array file: magic, version, length of a header that names the type, values. */
function numbersOf(file: Buffer): readonly number[] {
  const data = new DataView(file.buffer, file.byteOffset, file.length);
  const start = 10 + data.getUint16(8, true);
  const type = /'descr': '([^']+)'/.exec(file.toString('latin1', 10, start))?.[1] ?? '';
  const known = types[type];
  if (known === undefined) throw new Error(`An array of type ${type} cannot be read.`);
  const [bytes, read] = known;
  return Array.from({ length: (file.length - start) / bytes }, (_, i) => read(data, start + i * bytes));
}

const letters: Readonly<Record<string, SectionLetter>> = {
  i: 'intro',
  o: 'outro',
  A: 'A',
  B: 'B',
  C: 'C',
  D: 'D',
};

/** The letter in a plan of a section's name in a packed song. */
export function letterOf(name: string): SectionLetter {
  return letters[name] ?? (name === name.toLowerCase() ? 'interlude' : 'other');
}

function songsOf(arrays: Arrays): readonly PackedSong[] {
  const names = JSON.parse(Buffer.from(arrays['names']!).toString()) as readonly (readonly string[])[];
  const of = (table: string, song: number, column: string): readonly number[] =>
    arrays[column]!.slice(arrays[table]![song], arrays[table]![song + 1]);
  return names.map(([name = ''], song): PackedSong => {
    let start = 0;
    const [lengths, numerators, denominators] = ['bar_length', 'numerator', 'denominator'].map((column) =>
      of('bars', song, column),
    );
    const bars = lengths!.map((length, i): PlanBar => {
      const bar = { start, length, numerator: numerators![i]!, denominator: denominators![i]! };
      start += length;
      return bar;
    });
    let onset = 0;
    const [steps, parts, pitches, durations, velocities] = [
      'step',
      'part',
      'pitch',
      'duration',
      'velocity',
    ].map((column) => of('notes', song, column));
    const notes = steps!.map((step, i): NetworkNote => {
      onset += step;
      return {
        onset,
        part: parts![i]!,
        pitch: pitches![i]!,
        duration: durations![i]!,
        velocity: velocities![i]!,
      };
    });
    const [keyOnsets, keys] = ['key_onset', 'key'].map((column) => of('keys', song, column));
    const [chordOnsets, chords] = ['chord_onset', 'chord'].map((column) => of('chords', song, column));
    const [sectionBars, sectionCodes, counts] = ['section_bar', 'section_letter', 'section_count'].map(
      (column) => of('sections', song, column),
    );
    const sections = sectionBars!.map((bar, i) => ({ bar, name: String.fromCharCode(sectionCodes![i]!) }));
    const frame: SongFrame = {
      bars,
      keys: keyOnsets!.map((at, i) => ({ onset: at, key: keys![i]! })),
      chords: chordOnsets!.map((at, i) => ({ onset: at, chord: chords![i]! })),
      sections: sections.map(({ bar, name: letter }, i) => ({
        bar,
        letter: sectionLetters.indexOf(letterOf(letter)),
        returns: counts![i]! > 0,
      })),
    };
    return {
      name,
      style: taughtStyles[arrays['style']![song]!]!,
      bpm: arrays['tempo']![song]!,
      frame,
      sections,
      notes,
    };
  });
}
