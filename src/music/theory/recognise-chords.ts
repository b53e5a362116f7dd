import { chordKinds, type Chord } from './chord.js';
import { tonics } from './key.js';

/** Boundaries of beats in positions, one more than there are beats, and which beats are strong. */
export interface Beats {
  readonly limits: readonly number[];
  readonly strong: readonly boolean[];
}

/** A note as part of the harmony, in positions. */
interface Sounding {
  readonly onset: number;
  readonly duration: number;
  readonly pitch: number;
}

/** Semitones above the root of the recognised kinds, and the cost of rarer kinds. */
const templates = [
  { tones: [0, 4, 7], prior: 0 },
  { tones: [0, 3, 7], prior: 0 },
  { tones: [0, 4, 7, 10], prior: -0.16 },
  { tones: [0, 4, 7, 11], prior: -0.18 },
  { tones: [0, 3, 7, 10], prior: -0.14 },
  { tones: [0, 3, 6], prior: -0.12 },
  { tones: [0, 4, 8], prior: -0.25 },
] as const;
const kinds = templates.length;
const states = 12 * kinds;
/** Pitch classes of each state. */
const tonesOf = Array.from({ length: states }, (_, state) =>
  templates[state % kinds]!.tones.map((tone) => (Math.floor(state / kinds) + tone) % 12),
);
const bassRoot = 0.4;
const bassTone = 0.04;
const change = 0.28;
const changeOffBeat = 0.42;
/** Minimum number of positions that a note has to sound in a beat to be its bass. */
const bassLength = 3;

/** Pitch classes of a chord, by its number. */
export function tonesOfChord(chord: number): readonly number[] {
  const kind = (chord - 1) % chordKinds.length;
  const root = Math.floor((chord - 1) / chordKinds.length);
  const tones = [...templates.map(({ tones }) => tones), [0, 5, 7]][kind]!;
  return tones.map((tone) => (root + tone) % 12);
}

/** The chord with a number; undefined for 0. */
export function chordOfNumber(number: number): Chord | undefined {
  if (number < 1) return undefined;
  const root = Math.floor((number - 1) / chordKinds.length);
  return { root: tonics[root]!, kind: chordKinds[(number - 1) % chordKinds.length]! };
}

/**
 * The chord of each beat, as numbers of the network; 0 before the first note and after the last. Viterbi's
 * path over 84 templates, by the share of each beat's sound on their tones and by its bass; the same
 * algorithm as `training/song/harmony.py`.
 */
export function recogniseChords(notes: readonly Sounding[], { limits, strong }: Beats): readonly number[] {
  const count = limits.length - 1;
  if (count <= 0 || notes.length === 0) return Array.from({ length: Math.max(count, 0) }, () => 0);
  const weights = Array.from({ length: count }, () => new Float64Array(12));
  const lowest = new Array<number>(count).fill(128);
  for (const { onset, duration, pitch } of notes) {
    let beat = clamp(lastFrom(limits, onset), 0, count - 1);
    for (; beat < count && limits[beat]! < onset + duration; beat++) {
      const sounding = Math.min(onset + duration, limits[beat + 1]!) - Math.max(onset, limits[beat]!);
      weights[beat]![pitch % 12]! += Math.sqrt(Math.max(sounding, 0));
      if (sounding >= bassLength) lowest[beat] = Math.min(lowest[beat]!, pitch);
    }
  }
  const heard = weights.map((row) => row.some((weight) => weight > 0));
  const fits = weights.map((row, beat) => {
    const fit = new Float64Array(states);
    if (!heard[beat]) return fit;
    const total = row.reduce((sum, weight) => sum + weight, 0);
    for (let state = 0; state < states; state++) {
      const inside = tonesOf[state]!.reduce((sum, tone) => sum + row[tone]!, 0) / total;
      const bass = lowest[beat]! < 128 ? lowest[beat]! % 12 : undefined;
      const isRoot = bass === Math.floor(state / kinds);
      const bonus = isRoot ? bassRoot : bass !== undefined && tonesOf[state]!.includes(bass) ? bassTone : 0;
      fit[state] = inside - (1 - inside) + templates[state % kinds]!.prior + bonus;
    }
    return fit;
  });
  const back = Array.from({ length: count }, () => new Int16Array(states));
  let here = fits[0]!;
  for (let beat = 1; beat < count; beat++) {
    const top = best(here);
    const jump = here[top]! - (strong[beat] ? change : changeOffBeat);
    here = here.map((value, state) => {
      back[beat]![state] = jump > value ? top : state;
      return Math.max(value, jump) + fits[beat]![state]!;
    });
  }
  const chords = new Array<number>(count).fill(0);
  for (let beat = count - 1, state = best(here); beat >= 0; beat--) {
    chords[beat] = 1 + chordKinds.length * Math.floor(state / kinds) + (state % kinds);
    state = back[beat]![state]!;
  }
  const [first, last] = [heard.indexOf(true), heard.lastIndexOf(true)];
  return chords.map((chord, beat) => (beat < first || beat > last ? 0 : chord));
}

function best(values: Float64Array): number {
  let top = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[top]!) top = i;
  return top;
}

/** Index of the last of ascending values that is not above a value; −1 if all are. */
export function lastFrom(ascending: readonly number[], value: number): number {
  let low = -1;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (ascending[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
