import type { Chord } from '../../../src/music/theory/chord.js';
import type { Piece } from '../../../src/music/piece.js';
import { fixedTempo } from '../../../src/music/tempo-map.js';
import type { Role, Track, TrackNote } from '../../../src/music/track.js';

const ticksPerQuarter = 480;
const barTicks = 4 * ticksPerQuarter;

/** Am F C G, a bar each. */
const chords: readonly (Chord & { readonly pitches: readonly number[] })[] = [
  { root: 'A', kind: 'min', pitches: [57, 60, 64] },
  { root: 'F', kind: 'maj', pitches: [53, 57, 60] },
  { root: 'C', kind: 'maj', pitches: [55, 60, 64] },
  { root: 'G', kind: 'maj', pitches: [55, 59, 62] },
];

const melody: readonly number[] = [76, 74, 72, 69, 72, 74, 69, 67, 72, 76, 79, 76, 74, 71, 74, 67];

/** What one of the band plays in a bar. */
type Playing = (
  bar: number,
) => readonly (readonly [pitch: number, beat: number, beats: number, velocity: number])[];

const singing: Playing = (bar) =>
  [0, 1, 2, 3].map((beat) => [melody[(4 * bar + beat) % melody.length]!, beat, 0.95, 84 + ((beat * 7) % 12)]);
const holding: Playing = (bar) => chords[bar % 4]!.pitches.map((pitch) => [pitch, 0, 4, 70]);
const comping: Playing = (bar) =>
  [0.5, 1.5, 2.5, 3.5].flatMap((beat) =>
    chords[bar % 4]!.pitches.map((pitch) => [pitch + 12, beat, 0.4, 76] as const),
  );
const picking: Playing = (bar) =>
  Array.from({ length: 8 }, (_, i) => [chords[bar % 4]!.pitches[i % 3]! + 12, i / 2, 0.5, 72]);
const walking: Playing = (bar) =>
  [0, 1, 2, 3].map((beat) => [chords[bar % 4]!.pitches[0]! - 24 + (beat === 2 ? 7 : 0), beat, 0.9, 92]);
const drumming: Playing = () => [
  ...[0, 2].map((beat) => [36, beat, 0.25, 104] as const),
  ...[1, 3].map((beat) => [38, beat, 0.25, 98] as const),
  ...Array.from({ length: 8 }, (_, i) => [42, i / 2, 0.25, i % 2 === 0 ? 84 : 62] as const),
];

function track(name: string, program: number, role: Role, bars: number, playing: Playing, from = 0): Track {
  const notes = Array.from({ length: bars - from }, (_, i) => i + from).flatMap((bar) =>
    playing(bar).map(([pitch, beat, beats, velocity]): TrackNote => ({
      pitch,
      velocity,
      startTick: bar * barTicks + beat * ticksPerQuarter,
      lengthTicks: beats * ticksPerQuarter,
    })),
  );
  const isDrums = role === 'drums';
  return {
    ...{ name, program, isDrums, role },
    notes: notes.sort((a, b) => a.startTick - b.startTick || a.pitch - b.pitch),
  };
}

function piece(title: string, bars: number, tracks: readonly Track[]): Piece {
  return {
    title,
    ...{ ticksPerQuarter, tempos: fixedTempo(120), hasBars: true, tracks },
    meters: [{ tick: 0, numerator: 4, denominator: 4 }],
    keys: [{ tick: 0, key: { tonic: 'A', scale: 'natural-minor' } }],
    chords: Array.from({ length: bars }, (_, bar) => {
      const { root, kind } = chords[bar % 4]!;
      return { tick: bar * barTicks, chord: { root, kind } };
    }),
    sections: ['Intro', 'A', 'B', 'A'].map((name, i) => ({ tick: (i * barTicks * bars) / 4, name })),
  };
}

/** A song of five: a melody over strings, a piano, a bass and drums. Two seconds a bar. */
export function band(bars = 16): Piece {
  return piece('Song of five', bars, [
    track('Flute', 73, 'melody', bars, singing, bars / 4),
    track('Strings', 48, 'harmony', bars, holding),
    track('Piano', 0, 'harmony', bars, comping),
    track('Bass', 33, 'bass', bars, walking),
    track('Drums', 0, 'drums', bars, drumming),
  ]);
}

/** Eight instruments and drums, which play 28 notes a second. */
export function bigBand(bars = 30): Piece {
  const third: Playing = (bar) => singing(bar).map(([pitch, ...rest]) => [pitch - 12, ...rest]);
  return piece('Song of nine', bars, [
    track('Trumpet', 56, 'melody', bars, singing),
    track('Saxophone', 65, 'counter-melody', bars, third),
    track('Strings', 48, 'harmony', bars, holding),
    track('Choir', 52, 'harmony', bars, holding),
    track('Piano', 0, 'harmony', bars, comping),
    track('Guitar', 25, 'harmony', bars, picking),
    track('Harp', 46, 'harmony', bars, picking),
    track('Bass', 32, 'bass', bars, walking),
    track('Drums', 0, 'drums', bars, drumming),
  ]);
}

/** A string quartet in which the first violin leads. */
export function quartet(bars = 16): Piece {
  const voice =
    (index: number, down: number): Playing =>
    (bar) =>
      [0, 2].map((beat) => [chords[bar % 4]!.pitches[index]! + 12 - down, beat, 1.9, 72]);
  return piece('Quartet', bars, [
    track('Violin 1', 40, 'melody', bars, singing),
    track('Violin 2', 40, 'harmony', bars, voice(2, 0)),
    track('Viola', 41, 'harmony', bars, voice(1, 0)),
    track('Cello', 42, 'bass', bars, voice(0, 12)),
  ]);
}
