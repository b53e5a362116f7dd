import { scalePitchClasses } from '../../music/theory/scale.js';
import { beatOf, type PlanBar } from '../../plan/song-plan.js';
import type { Key } from '../../music/theory/key.js';
import type { NetworkNote } from '../../model/song/sequence.js';
import { drumsPart } from '../../model/song/vocabulary.js';
import type { Random } from '../../model/random.js';
import { lastFrom, recogniseChords, tonesOfChord, type Beats } from '../../music/theory/recognise-chords.js';

/** A piece to be measured, limited to its first bars. */
export interface MeasuredPiece {
  /** In order. */
  readonly notes: readonly NetworkNote[];
  readonly bars: readonly PlanBar[];
  readonly key: Key | undefined;
  /** Pitch class of the tonic. */
  readonly tonic: number | undefined;
  /** The requested chords, as numbers of the network, by onset. */
  readonly chords: readonly { readonly onset: number; readonly chord: number }[];
}

const classes = 12;
const melodyRole = 0;

/** The measures of a piece; undefined if not measurable. */
export const measures = {
  /** Bits of the distribution of pitch classes. */
  entropy: ({ notes }) => entropy(pitched(notes).map(({ pitch }) => pitch % 12)),
  /** Similarity of the grid positions used in neighbouring bars (MusPy). */
  groove,
  /** Mean entropy of the pitch classes of a bar, in bits. */
  barEntropy: (piece) =>
    mean(
      barSets(piece, ({ pitch }) => pitch, true)
        .filter(({ size }) => size >= 2)
        .map((bar) => entropy([...bar].map((key) => Number(key.split(' ')[1]) % 12))!),
    ),
  /** Mean Jaccard index of each bar's positions and pitches with those of the bar eight before. */
  likenessBack8: (piece) => likeness(piece, 8),
  /** Share of bars that equal an earlier one. */
  equalBars,
  notesPerBar: ({ notes, bars }) => notes.length / bars.length,
  /** Share of the melody's time on tones of the chords recognised in the other parts. */
  melodyOnChords,
  /** Share of the melody's notes that have the pitch of the note before. */
  melodyRepeats,
  /** Share of beats in which the requested root is heard. */
  rootHeard: askedRoot,
  /** Share of the accompaniment's time on tones of the requested chords. */
  inChord: inAskedChord,
  /** Share of pitched notes in the key, or in the requested chord. */
  inKey,
} as const satisfies Readonly<Record<string, (piece: MeasuredPiece) => number | undefined>>;
export type Measure = keyof typeof measures;

function pitched(notes: readonly NetworkNote[]): readonly NetworkNote[] {
  return notes.filter(({ part }) => part !== drumsPart);
}

function entropy(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / values.length);
  return shares.reduce((sum, share) => sum - share * Math.log2(share), 0);
}

export function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The notes of each bar as a set of pairs of position and another property. */
function barSets(
  { notes, bars }: MeasuredPiece,
  what: (note: NetworkNote) => number | string,
  isPitched = false,
): readonly ReadonlySet<string>[] {
  const starts = bars.map(({ start }) => start);
  const sets = bars.map(() => new Set<string>());
  for (const note of isPitched ? pitched(notes) : notes) {
    const bar = lastFrom(starts, note.onset);
    sets[bar]?.add(`${note.onset - starts[bar]!} ${what(note)}`);
  }
  return sets;
}

function groove(piece: MeasuredPiece): number | undefined {
  const sets = barSets(piece, () => '');
  return mean(
    sets.slice(1).map((set, i) => {
      const before = sets[i]!;
      const shared = [...set].filter((key) => before.has(key)).length;
      const length = Math.max(piece.bars[i]!.length, piece.bars[i + 1]!.length);
      return 1 - (set.size + before.size - 2 * shared) / length;
    }),
  );
}

/** Mean similarity of each bar to the one this many bars before: Jaccard index of positions and pitches. */
export function likeness(piece: MeasuredPiece, back: number): number | undefined {
  const sets = barSets(piece, ({ pitch }) => pitch);
  const pairs = sets.slice(back).map((set, i) => [set, sets[i]!] as const);
  return mean(
    pairs
      .filter(([a, b]) => a.size + b.size > 0)
      .map(([a, b]) => {
        const shared = [...a].filter((key) => b.has(key)).length;
        return shared / (a.size + b.size - shared);
      }),
  );
}

function equalBars(piece: MeasuredPiece): number {
  const seen = new Set<string>();
  const sounding = barSets(piece, ({ part, pitch }) => `${part} ${pitch}`).filter(({ size }) => size > 0);
  const equal = sounding.filter((set) => {
    const key = [...set].sort().join();
    const isKnown = seen.has(key);
    seen.add(key);
    return isKnown;
  });
  return equal.length / Math.max(1, sounding.length);
}

export function beatsOf(bars: readonly PlanBar[]): Beats {
  const limits: number[] = [];
  const strong: boolean[] = [];
  for (const bar of bars) {
    const count = Math.ceil(bar.length / beatOf(bar));
    for (let beat = 0; beat < count; beat++) {
      limits.push(bar.start + beat * beatOf(bar));
      strong.push(beat === 0 || (count === 4 && beat === 2));
    }
  }
  const last = bars.at(-1);
  return { limits: last === undefined ? [] : [...limits, last.start + last.length], strong };
}

/** The melody, that is, the melody part with the most notes, and the other pitched notes. */
function melodyOf(notes: readonly NetworkNote[]): readonly [readonly NetworkNote[], readonly NetworkNote[]] {
  const counts = new Map<number, number>();
  for (const { part } of pitched(notes)) {
    if (Math.floor(part / classes) === melodyRole) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  const [melody] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([part]) => part);
  return [
    notes.filter(({ part }) => part === melody),
    melody === undefined ? [] : pitched(notes).filter(({ part }) => part !== melody),
  ];
}

/** Parts with fewer notes are ignored. */
const fewestNotes = 8;

function melodyOnChords(piece: MeasuredPiece): number | undefined {
  const [melody, others] = melodyOf(piece.notes);
  if (melody.length < fewestNotes || others.length < fewestNotes) return undefined;
  const beats = beatsOf(piece.bars);
  return timeOnChords(melody, beats.limits, recogniseChords(others, beats));
}

function melodyRepeats({ notes }: MeasuredPiece): number | undefined {
  const [melody] = melodyOf(notes);
  if (melody.length < fewestNotes) return undefined;
  const repeats = melody.filter(({ pitch }, i) => pitch === melody[i - 1]?.pitch);
  return repeats.length / (melody.length - 1);
}

/** Share of the notes' time on tones of the chords of the beats; beats without a chord do not count. */
function timeOnChords(
  notes: readonly NetworkNote[],
  limits: readonly number[],
  chords: readonly number[],
): number | undefined {
  let [on, all] = [0, 0];
  for (const { onset, duration, pitch } of notes) {
    for (let beat = Math.max(0, lastFrom(limits, onset)); beat < chords.length; beat++) {
      const time = Math.min(onset + duration, limits[beat + 1]!) - Math.max(onset, limits[beat]!);
      if (time <= 0) break;
      if (chords[beat] === 0) continue;
      all += time;
      if (tonesOfChord(chords[beat]!).includes(pitch % 12)) on += time;
    }
  }
  return all === 0 ? undefined : on / all;
}

/** The requested chord at each beat. */
function askedChords({ chords }: MeasuredPiece, { limits }: Beats): readonly number[] {
  const onsets = chords.map(({ onset }) => onset);
  return limits.slice(0, -1).map((limit) => chords[lastFrom(onsets, limit)]?.chord ?? 0);
}

function askedRoot(piece: MeasuredPiece): number | undefined {
  const beats = beatsOf(piece.bars);
  const asked = askedChords(piece, beats);
  const found = recogniseChords(pitched(piece.notes), beats);
  const rootOf = (chord: number): number => (chord - 1) >> 3;
  const both = asked.flatMap((chord, i) =>
    chord > 0 && found[i]! > 0 ? [rootOf(chord) === rootOf(found[i]!)] : [],
  );
  return mean(both.map(Number));
}

function inAskedChord(piece: MeasuredPiece): number | undefined {
  const [, others] = melodyOf(piece.notes);
  const beats = beatsOf(piece.bars);
  return timeOnChords(others, beats.limits, askedChords(piece, beats));
}

function inKey(piece: MeasuredPiece): number | undefined {
  if (piece.key === undefined) return undefined;
  const scale = scalePitchClasses(piece.key);
  const onsets = piece.chords.map(({ onset }) => onset);
  return mean(
    pitched(piece.notes).map(({ onset, pitch }) => {
      const chord = piece.chords[lastFrom(onsets, onset)]?.chord ?? 0;
      return Number(scale[pitch % 12]! || (chord > 0 && tonesOfChord(chord).includes(pitch % 12)));
    }),
  );
}

/* Music that is wrong in a known way; every measure has to distinguish it from real music. */

/** Shuffles the pitches of the piece and keeps the rhythm. */
export function shuffled(piece: MeasuredPiece, random: Random): MeasuredPiece {
  const pitches = pitched(piece.notes).map(({ pitch }) => pitch);
  for (let i = pitches.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [pitches[i], pitches[j]] = [pitches[j]!, pitches[i]!];
  }
  let next = 0;
  return {
    ...piece,
    notes: piece.notes.map((note) => (note.part === drumsPart ? note : { ...note, pitch: pitches[next++]! })),
  };
}

/** Moves onsets by up to a 16th. */
export function jittered(piece: MeasuredPiece, random: Random): MeasuredPiece {
  const last = piece.bars.at(-1)!;
  const end = last.start + last.length;
  const notes = piece.notes.map((note) => ({
    ...note,
    onset: Math.min(Math.max(note.onset + random.below(13) - 6, 0), end - 1),
  }));
  return { ...piece, notes: notes.sort((a, b) => a.onset - b.onset) };
}

/** The pitches of each part in order, drums excluded. */
export function pitchesByPart({ notes }: MeasuredPiece): readonly Uint8Array[] {
  return [...partsOf(notes).values()].map((part) => Uint8Array.from(part, ({ pitch }) => pitch));
}

function partsOf(notes: readonly NetworkNote[]): ReadonlyMap<number, readonly NetworkNote[]> {
  const parts = new Map<number, NetworkNote[]>();
  for (const note of pitched(notes)) {
    const part = parts.get(note.part);
    if (part === undefined) parts.set(note.part, [note]);
    else part.push(note);
  }
  return parts;
}

/**
 * Replaces the pitches of each part by those of a bigram chain, trained on the parts in the same role of all
 * these pieces, transposed to one tonic. Rhythm and first pitch stay.
 */
export function chained(
  piece: MeasuredPiece,
  pieces: readonly MeasuredPiece[],
  random: Random,
): MeasuredPiece {
  const roleOf = (part: number): number => Math.floor(part / classes);
  const drawn = new Map<NetworkNote, number>();
  for (const [part, own] of partsOf(piece.notes)) {
    const followers = new Map<number, number[]>();
    for (const { notes, tonic = 0 } of pieces) {
      for (const [number, line] of partsOf(notes)) {
        if (roleOf(number) !== roleOf(part)) continue;
        line.slice(1).forEach(({ pitch }, i) => {
          const before = line[i]!.pitch - tonic;
          const known = followers.get(before);
          if (known === undefined) followers.set(before, [pitch - tonic]);
          else known.push(pitch - tonic);
        });
      }
    }
    const { tonic = 0 } = piece;
    let last = own[0]!.pitch - tonic;
    for (const note of own.slice(1)) {
      const next = followers.get(last) ?? [last];
      last = next[random.below(next.length)]!;
      drawn.set(note, Math.min(Math.max(last + tonic, 0), 127));
    }
  }
  return { ...piece, notes: piece.notes.map((note) => ({ ...note, pitch: drawn.get(note) ?? note.pitch })) };
}

/** Repeats the fullest bar. */
export function looped(piece: MeasuredPiece): MeasuredPiece {
  const starts = piece.bars.map(({ start }) => start);
  const inBar = piece.bars.map((): NetworkNote[] => []);
  for (const note of piece.notes) inBar[lastFrom(starts, note.onset)]?.push(note);
  const fullest = inBar.reduce((a, b) => (b.length > a.length ? b : a));
  const from = starts[inBar.indexOf(fullest)]!;
  const notes = piece.bars.flatMap(({ start, length }) =>
    fullest
      .map((note) => ({ ...note, onset: note.onset - from + start }))
      .filter(({ onset }) => onset < start + length),
  );
  return { ...piece, notes };
}

/** Puts a piece's melody over the other parts of another, transposed to its key. */
export function swapped(piece: MeasuredPiece, other: MeasuredPiece): MeasuredPiece | undefined {
  const [melody] = melodyOf(piece.notes);
  const [, others] = melodyOf(other.notes);
  if (piece.tonic === undefined || other.tonic === undefined) return undefined;
  if (melody.length < fewestNotes || others.length < fewestNotes) return undefined;
  const up = ((piece.tonic - other.tonic + 17) % 12) - 5;
  const moved = others.map((note) => ({ ...note, pitch: note.pitch + up }));
  return { ...piece, notes: [...melody, ...moved].sort((a, b) => a.onset - b.onset) };
}

/** Mean, 10th percentile, median and 90th percentile of a measure over pieces. */
export interface Spread {
  readonly mean: number;
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

export type Row = Readonly<Partial<Record<Measure, Spread>>>;

export function rowOf(pieces: readonly MeasuredPiece[]): Row {
  const names = Object.keys(measures) as Measure[];
  const sounding = pieces.filter(({ notes }) => notes.length > 4);
  return Object.fromEntries(
    names.flatMap((name) => {
      const values = sounding.flatMap((piece) => measures[name](piece) ?? []).sort((a, b) => a - b);
      if (values.length === 0) return [];
      const at = (share: number): number => values[Math.round(share * (values.length - 1))]!;
      return [[name, { mean: mean(values)!, low: at(0.1), median: at(0.5), high: at(0.9) }]];
    }),
  );
}
