import type { WrittenChord } from '../music/theory/chord.js';
import { readChords } from '../music/theory/chord-text.js';
import { hasMajorThird } from '../music/theory/scale.js';
import { roles, type Role } from '../music/track.js';
import type { TimeSignature } from '../music/meter.js';
import { ensembleNames, ensembles } from '../plan/instruments.js';
import type { StyleFacts } from '../plan/make-plan.js';
import { chordSources } from '../plan/progressions.js';
import { taughtGenres, taughtStyles } from '../plan/song-plan.js';
import { drumPitches, type DrumName } from './drum-map.js';

/** A pattern of one line of music: bars, each divided into equal cells. */
export type Grid = readonly string[];

export const blockNames = ['drums', 'bass', 'comp', 'arpeggio', 'pad', 'counter', 'melody'] as const;
export type BlockName = (typeof blockNames)[number];

/** Variants of a pattern: for a section by its letter, the last bar of a section, the end of a piece. */
const variants = ['', 'A', 'B', 'C', 'D', 'intro', 'interlude', 'outro', 'fill', 'end'] as const;
export type Variant = (typeof variants)[number];

export interface Block {
  readonly name: BlockName;
  readonly variant: Variant;
  /** One line per drum; other blocks have alternative lines, of which one is chosen. */
  readonly lines: readonly { readonly drum?: DrumName; readonly grid: Grid }[];
}

/** A style of the book. */
export interface Style extends StyleFacts {
  readonly blocks: readonly Block[];
  /** Whether sections begin with a stroke of the crash cymbal. */
  readonly hasCrash: boolean;
  /** Loudness, as a MIDI velocity. */
  readonly velocity: number;
}

/** Sections that can have progressions of their own. */
const progressionLetters = ['A', 'B', 'C', 'D'] as const satisfies readonly Variant[];

/** A progression as its line in a style file says it. */
interface WrittenProgression {
  readonly mode: string;
  readonly letter?: (typeof progressionLetters)[number];
  readonly chords: string;
}

/** A line of a style file is invalid; the message is for its author. */
export class StyleFileError extends Error {
  override readonly name = 'StyleFileError';
}

/**
 * Reads a style of the book; `assets/patterns/README.md` describes the format.
 * @param name of the file, without its extension
 * @throws StyleFileError that names the line
 */
export function parseStyleFile(name: string, text: string): Style {
  const head = new Map<string, string>();
  const progressions: WrittenProgression[] = [];
  const blocks: { name: BlockName; variant: Variant; lines: { drum?: DrumName; grid: Grid }[] }[] = [];
  text.split(/\r?\n/).forEach((whole, i) => {
    const wrong = (what: string): StyleFileError => new StyleFileError(`${name}, line ${i + 1}: ${what}`);
    const line = whole.replace(/#.*$/, '').trim();
    if (line === '') return;
    const heading = /^\[(\S+)(?: (\S+))?\]$/.exec(line);
    if (heading !== null) {
      const [, block, variant = ''] = heading;
      const known = blockNames.find((each) => each === block);
      const knownVariant = variants.find((each) => each === variant);
      if (known === undefined || knownVariant === undefined) throw wrong(`there is no block ${line}`);
      blocks.push({ name: known, variant: knownVariant, lines: [] });
      return;
    }
    const block = blocks.at(-1);
    if (block === undefined) {
      const [, field, value] = /^([a-zA-Z ]+):\s*(.+)$/.exec(line) ?? [];
      if (field === undefined || value === undefined) throw wrong('it is no `name: value`');
      const [, mode, name] = /^progression (major|minor)(?: (\S+))?$/.exec(field) ?? [];
      if (mode === undefined) {
        head.set(field, value);
        return;
      }
      const letter = progressionLetters.find((each) => each === name);
      if (name !== undefined && letter === undefined) throw wrong(`there is no section ${name}`);
      progressions.push({ mode, chords: value, ...(letter !== undefined && { letter }) });
      return;
    }
    const [, drum, cells] =
      block.name === 'drums' ? (/^(\S+)\s+(.+)$/.exec(line) ?? []) : [line, undefined, line];
    if (cells === undefined || (drum !== undefined && !isDrum(drum)))
      throw wrong('it names no drum of the list');
    const grid = cells
      .split('|')
      .map((bar) => bar.replace(/\s+/g, ''))
      .filter((bar) => bar !== '');
    const signs = block.name === 'drums' ? /^[xXo.]+$/ : /^[xXob1-9a.-]+$/;
    if (grid.length === 0 || !grid.every((bar) => signs.test(bar)))
      throw wrong('it has a sign that means nothing');
    block.lines.push({ ...(drum !== undefined && { drum: drum }), grid });
  });
  return styleOf(name, head, progressions, blocks);
}

function isDrum(name: string): name is DrumName {
  return Object.hasOwn(drumPitches, name);
}

function styleOf(
  name: string,
  head: ReadonlyMap<string, string>,
  progressions: readonly WrittenProgression[],
  blocks: readonly Block[],
): Style {
  const field = (key: string): string => {
    const value = head.get(key);
    if (value === undefined) throw new StyleFileError(`${name}: there is no line \`${key}:\``);
    return value;
  };
  const choice = <T extends string>(key: string, choices: readonly T[]): T => {
    const value = choices.find((each) => each === field(key));
    if (value === undefined) throw new StyleFileError(`${name}: \`${key}\` is none of ${choices.join(', ')}`);
    return value;
  };
  const numbers = (key: string, count: number): readonly number[] => {
    const values = (field(key).match(/\d+/g) ?? []).map(Number);
    if (values.length !== count) throw new StyleFileError(`${name}: \`${key}\` wants ${count} numbers`);
    return values;
  };
  const [slowest = 0, fastest = 0] = numbers('bpm', 2);
  const [section = 0, intro = 0, outro = 0] = numbers('form', 3);
  return {
    name,
    taught: choice('taught', taughtStyles),
    ...(head.has('genre') && { genre: choice('genre', taughtGenres) }),
    meters: field('meter')
      .split(/[\s,]+/)
      .map(meterOf),
    bpm: [slowest, fastest],
    majorShare: numbers('major', 1)[0]! / 100,
    seats: ensembles[choice('ensemble', ensembleNames)].seats,
    isTogether: head.get('entries') === 'together',
    patterned: (head.get('patterned') ?? '')
      .split(/[\s,]+/)
      .filter((each): each is Role => roles.some((role) => role === each)),
    form: { section, intro, outro },
    chordSource: choice('chords', chordSources),
    hasHalfBars: head.get('half bars') !== 'no',
    progressions: (key) =>
      progressions
        .filter(({ mode }) => (mode === 'major') === hasMajorThird(key))
        .map(({ chords, letter }) => ({
          bars: readChords(chords, key).map((bar) => bar.map(unsigned)),
          ...(letter !== undefined && { letter }),
        })),
    blocks,
    hasCrash: head.get('crash') === 'yes',
    velocity: Number(head.get('velocity') ?? 80),
  };
}

function meterOf(text: string): TimeSignature {
  const [numerator = 0, denominator = 0] = text.split('/').map(Number);
  return { numerator, denominator };
}

/** Removes the symbol: the book writes chords as degrees. */
function unsigned({ root, kind, tones, bass }: WrittenChord): WrittenChord {
  return { root, kind, ...(tones !== undefined && { tones }), ...(bass !== undefined && { bass }) };
}
