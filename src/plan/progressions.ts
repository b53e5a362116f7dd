import { readFileSync } from 'node:fs';
import { chordKinds, chordTones, tonesOf, type WrittenChord } from '../music/theory/chord.js';
import { tonics, type Key, type Tonic } from '../music/theory/key.js';
import { hasMajorThird, scalePitchClasses } from '../music/theory/scale.js';
import { weighted, type Chance } from './chance.js';

/** Counts by name. */
type Row = Readonly<Record<string, number>>;

interface ModeCounts {
  /** The first bar of a section, or its first beat. */
  readonly begin: Row;
  /** Counts by the preceding bars or beats: none, one, or two separated by `|`. */
  readonly next: Readonly<Record<string, Row>>;
}

export const chordSources = ['pop', 'hymn', 'lied', 'chorale'] as const;
/** The music whose chords were counted: bar by bar, but beat by beat in chorales. */
export type ChordSource = (typeof chordSources)[number];

interface Counts {
  readonly chords: Readonly<Record<ChordSource, Readonly<Record<'major' | 'minor', ModeCounts>>>>;
  /** Sequences of section letters, by their length. */
  readonly forms: Readonly<Record<string, Row>>;
}

/** Described in `training/song/progressions.py`. */
export const counts = JSON.parse(
  readFileSync(new URL('../../assets/plan/counts.json', import.meta.url), 'utf8'),
) as Counts;

/** A bar's chords, which divide it equally. */
export type BarChords = readonly WrittenChord[];

/** How a section ends: on the tonic, or on the dominant. */
export type Cadence = 'full' | 'half';

const kinds = chordKinds.length;

/**
 * The chords of a section, drawn from counts of what follows the two preceding bars (in chorales: beats) in real
 * music, with a cadence at its end.
 * @param beats in a bar
 * @param mayChange whether a chord that is drawn for a bar may change within it
 * @param inScale restricts all tones of all chords to the key's scale
 */
export function drawProgression(
  chance: Chance,
  {
    source,
    key,
    bars,
    beats,
    cadence,
    mayChange,
    inScale,
  }: {
    readonly source: ChordSource;
    readonly key: Key;
    readonly bars: number;
    readonly beats: number;
    readonly cadence: Cadence;
    readonly mayChange: boolean;
    readonly inScale: boolean;
  },
): readonly BarChords[] {
  const table = counts.chords[source][hasMajorThird(key) ? 'major' : 'minor'];
  const allowed = scalePitchClasses(key);
  const fits = (word: string): boolean => {
    const chords = word.split(' ').map((each) => chordOf(Number(each), key));
    if (!mayChange && chords.length > 1) return false;
    return (
      !inScale || chords.every((chord) => pitchClassesOf(chord).every((pitchClass) => allowed[pitchClass]))
    );
  };
  const usable = (row: Row | undefined): readonly (readonly [string, number])[] =>
    Object.entries(row ?? {}).filter(([word]) => fits(word));
  const tonic = tonicChord(key);
  if (usable(table.next['']).length < 4) return ownChords(chance, key, bars, cadence);

  const [before, last] = cadenceOf(key, cadence, inScale);
  if (bars === 1) return [cadence === 'full' ? [tonic] : [last]];
  const wordsInBar = source === 'chorale' ? beats : 1;
  // All but the last bar, and the first chord of the cadence before it.
  const count = (bars - 1) * wordsInBar - 1;
  const words: string[] = [];
  while (words.length < count) {
    const [first = '', second = ''] = words.slice(-2);
    const rows =
      words.length === 0
        ? [usable(table.begin), usable(table.next[''])]
        : [
            usable(table.next[`${first}|${second}`]),
            usable(table.next[second === '' ? first : second]),
            usable(table.next['']),
          ];
    // A chord held for long tells little about the next, and a row with a single entry leaves no choice.
    const heldTooLong = words.length > 1 && words.at(-1) === words.at(-2);
    const row = rows
      .find((each) => each.length > 1)!
      .filter(([word]) => !heldTooLong || word !== words.at(-1));
    words.push(weighted(chance, row));
  }
  const drawn = words.map((word) => word.split(' ').map((each) => chordOf(Number(each), key)));
  const units = [...drawn, [before]];
  const whole = Array.from({ length: bars - 1 }, (_, bar) =>
    units.slice(bar * wordsInBar, (bar + 1) * wordsInBar).flat(),
  );
  return [...whole, [last]];
}

/** Decodes a chord of the counts: 8 times its root above the tonic, plus its kind. */
function chordOf(number: number, key: Key): WrittenChord {
  return above(key, Math.floor(number / kinds), number % kinds);
}

function above({ tonic }: Key, semitones: number, kind: number): WrittenChord {
  return { root: tonics[(tonics.indexOf(tonic) + semitones) % 12]!, kind: chordKinds[kind]! };
}

/** The chord on the tonic, major or minor by the key's third. */
export function tonicChord(key: Key): WrittenChord {
  const allowed = scalePitchClasses(key);
  const triad = above(key, 0, hasMajorThird(key) ? 0 : 1);
  return pitchClassesOf(triad).every((pitchClass) => allowed[pitchClass])
    ? triad
    : stacked(key.tonic, allowed);
}

/** The last two bars of a section. */
function cadenceOf(key: Key, cadence: Cadence, inScale: boolean): readonly [WrittenChord, WrittenChord] {
  const allowed = scalePitchClasses(key);
  const isUsable = (chord: WrittenChord): boolean =>
    !inScale || pitchClassesOf(chord).every((pitchClass) => allowed[pitchClass]);
  const isMajor = hasMajorThird(key);
  const first = (...chords: readonly WrittenChord[]): WrittenChord =>
    chords.find(isUsable) ?? tonicChord(key);
  const dominant = first(
    above(key, 7, 0),
    above(key, 10, 0),
    above(key, 7, 1),
    above(key, 5, isMajor ? 0 : 1),
  );
  const before = first(above(key, 5, isMajor ? 0 : 1), above(key, 2, 1), above(key, 8, 0));
  return cadence === 'full' ? [dominant, tonicChord(key)] : [before, dominant];
}

/** If the counts have no chords of the scale: chords stacked from its tones. */
function ownChords(chance: Chance, key: Key, bars: number, cadence: Cadence): readonly BarChords[] {
  const allowed = scalePitchClasses(key);
  const all = tonics.filter((_, pitchClass) => allowed[pitchClass]).map((root) => stacked(root, allowed));
  const tonic = stacked(key.tonic, allowed);
  const others = all.filter(({ root }) => root !== key.tonic);
  return Array.from({ length: bars }, (_, bar) => {
    const isTonic = bar === 0 || (bar === bars - 1 && cadence === 'full') || others.length === 0;
    return [isTonic ? tonic : others[chance.below(others.length)]!];
  });
}

/** A chord stacked from tones of a scale: third and fifth, or the tones nearest to them. */
function stacked(root: Tonic, allowed: readonly boolean[]): WrittenChord {
  const from = tonics.indexOf(root);
  const has = (semitones: number): boolean => allowed[(from + semitones) % 12]!;
  const third = [4, 3, 5, 2].find(has);
  const fifth = [7, 8, 6].find(has);
  const tones = [0, ...[third, fifth].filter((tone) => tone !== undefined)].sort((a, b) => a - b);
  const kind = chordKinds.find((each) => String(chordTones[each]) === String(tones));
  return kind === undefined ? { root, kind: third === 3 ? 'min' : 'maj', tones } : { root, kind };
}

/** The pitch classes of a chord, its root first. */
export function pitchClassesOf(chord: WrittenChord): readonly number[] {
  const root = tonics.indexOf(chord.root);
  return tonesOf(chord).map((tone) => (root + tone) % 12);
}

/** The most probable key of chords: the major or minor key that contains most of their tones. */
export function keyOfChords(bars: readonly BarChords[]): Key {
  const all = bars.flat();
  const fitOf = (key: Key): number => {
    const allowed = scalePitchClasses(key);
    const inside = all.reduce(
      (sum, chord) => sum + pitchClassesOf(chord).filter((pitchClass) => allowed[pitchClass]).length,
      0,
    );
    const tonic = tonicChord(key);
    const isTonic = ({ root, kind }: WrittenChord): boolean =>
      root === tonic.root && (kind === 'min' || kind === 'min7') === (tonic.kind === 'min');
    const ends = Number(isTonic(all[0]!)) * 1.5 + Number(isTonic(all.at(-1)!)) * 1.4;
    return inside + ends + all.filter(isTonic).length * 0.3;
  };
  const keys = tonics.flatMap((tonic): readonly Key[] => [
    { tonic, scale: 'major' },
    { tonic, scale: 'natural-minor' },
  ]);
  return keys.reduce((best, key) => (fitOf(key) > fitOf(best) ? key : best));
}
