import type { TimeSignature } from '../music/meter.js';
import type { WrittenChord } from '../music/theory/chord.js';
import type { Key } from '../music/theory/key.js';
import type { Role } from '../music/track.js';

/** Positions per quarter note: the unit of onsets and lengths in songs. */
export const positionsPerQuarter = 24;

/**
 * Classes of similar instruments, in the order of the network's vocabulary. Two are wider than General MIDI's
 * families: singers are `ensemble`, plucked strings (harp, lute) are `guitar`.
 */
export const instrumentClasses = [
  'piano',
  'chromatic-percussion',
  'organ',
  'guitar',
  'bass',
  'strings',
  'ensemble',
  'brass',
  'reed',
  'pipe',
  'lead',
  'pad',
  'drums',
] as const;
export type InstrumentClass = (typeof instrumentClasses)[number];

/** The styles that the network was trained on. */
export const taughtStyles = [
  'pop',
  'band',
  'drums',
  'lied',
  'quartet',
  'chorale',
  'hymn',
  'choir',
  'oratorio',
  'chamber',
  'orchestra',
  'piano',
  'organ',
] as const;
export type TaughtStyle = (typeof taughtStyles)[number];

/** Genres that the network knows. */
export const taughtGenres = [
  'mass',
  'requiem',
  'vespers',
  'opera',
  'song',
  'prelude',
  'etude',
  'polonaise',
  'mazurka',
  'krakowiak',
  'waltz',
  'march',
  'polka',
  'sonata',
  'variations',
  'rondo',
  'minuet',
  'contradance',
  'fugue',
  'partita',
  'rock',
  'funk',
  'jazz',
  'latin',
  'hiphop',
  'soul',
  'afrocuban',
  'punk',
  'country',
  'reggae',
  'gospel',
] as const;
export type TaughtGenre = (typeof taughtGenres)[number];

export const sectionLetters = ['intro', 'outro', 'interlude', 'A', 'B', 'C', 'D', 'other'] as const;
export type SectionLetter = (typeof sectionLetters)[number];

/** The meters that can be requested for songs. */
export const songMeters = ['4/4', '3/4', '6/8', '2/4'] as const;

/** A meter that applies from a bar on. */
export interface PlannedMeter extends TimeSignature {
  /** From 0. */
  readonly bar: number;
}

/** A chord that lasts from a position to the next chord or the end. */
export interface PlannedChord extends WrittenChord {
  /** Position from the start of the piece, on a beat or, where a bar has more chords than beats, an eighth. */
  readonly onset: number;
}

export interface PlannedSection {
  /** From 0. */
  readonly bar: number;
  readonly letter: SectionLetter;
  /** Number of earlier sections with this letter; from 1 on its notes return. */
  readonly timesBefore: number;
}

/** Consecutive bars; `end` is exclusive. */
export interface BarSpan {
  readonly first: number;
  readonly end: number;
}

/** A part. No two parts of a plan have the same instrument and role. */
export interface PlannedPart {
  readonly instrument: InstrumentClass;
  /** `drums` exactly if the instrument is drums. */
  readonly role: Role;
  /** General MIDI program, 0–127; for drums, the kit. */
  readonly program: number;
  /** Name of its track, in English. */
  readonly name: string;
  /** Lowest and highest MIDI pitch. */
  readonly range: readonly [low: number, high: number];
  /** One note at a time. */
  readonly isMonophonic: boolean;
  /** Whether the book of patterns plays it; otherwise the network does. */
  readonly isPatterned: boolean;
  /** When it plays; in order, without adjacent spans. */
  readonly plays: readonly BarSpan[];
}

/**
 * Everything about a song that is decided before notes are composed. Plain data: it crosses threads and
 * machines, and is stored in the record of a piece, so that the same seed gives the same piece.
 */
export interface SongPlan {
  /** As requested or drawn: from the book of patterns, or one that the network was trained on. */
  readonly style: string;
  /** The nearest style that the network was trained on. */
  readonly taught: TaughtStyle;
  readonly genre?: TaughtGenre;
  /** Quarter notes per minute, as a MIDI file stores them; in 6/8 a beat is a dotted one. */
  readonly bpm: number;
  readonly key: Key;
  readonly barCount: number;
  /** The first starts at bar 0. */
  readonly meters: readonly PlannedMeter[];
  /** In order, the first at 0. */
  readonly chords: readonly PlannedChord[];
  /** Whether a person gave the chords; then the piece ends on the last one. */
  readonly chordsGiven: boolean;
  /** In order; the first starts at bar 0. */
  readonly sections: readonly PlannedSection[];
  /** In order from the melody to the bass and the drums. */
  readonly parts: readonly PlannedPart[];
  /** How busy the parts are, from 0, the sparsest of the style, to 1; unset: as the network likes. */
  readonly density?: number;
}

/** A note of a song. Songs order them by onset, part and pitch. */
export interface SongNote {
  /** Position from the start of the piece. */
  readonly onset: number;
  /** Index of a part of the plan. */
  readonly part: number;
  /** MIDI pitch, 0–127; for drums, the instrument in the General MIDI percussion map. */
  readonly pitch: number;
  /** In positions, ≥ 1. */
  readonly duration: number;
  /** MIDI velocity, 1–127. */
  readonly velocity: number;
}

/** A bar of a plan, in positions. */
export interface PlanBar extends TimeSignature {
  readonly start: number;
  readonly length: number;
}

/** The bars of a plan, from position 0. */
export function barsOf({ barCount, meters }: Pick<SongPlan, 'barCount' | 'meters'>): readonly PlanBar[] {
  const bars: PlanBar[] = [];
  for (let start = 0; bars.length < barCount;) {
    const { numerator, denominator } = meters.findLast(({ bar }) => bar <= bars.length)!;
    const length = (4 * positionsPerQuarter * numerator) / denominator;
    bars.push({ start, length, numerator, denominator });
    start += length;
  }
  return bars;
}

/** Length of a beat in positions: a dotted quarter note in 6/8, 9/8 and 12/8, otherwise a quarter note. */
export function beatOf({ numerator, denominator }: TimeSignature): number {
  const isCompound = denominator === 8 && numerator % 3 === 0 && numerator > 3;
  return isCompound ? 1.5 * positionsPerQuarter : positionsPerQuarter;
}

/** The end of a plan: the position after its last bar. */
export function endOfPlan(plan: Pick<SongPlan, 'barCount' | 'meters'>): number {
  const last = barsOf(plan).at(-1);
  return last === undefined ? 0 : last.start + last.length;
}

/** The length of a plan in seconds, to the end of its last bar. */
export function secondsOfPlan(plan: Pick<SongPlan, 'barCount' | 'meters' | 'bpm'>): number {
  return (endOfPlan(plan) / positionsPerQuarter) * (60 / plan.bpm);
}

/** The chord at a position. */
export function chordAt({ chords }: Pick<SongPlan, 'chords'>, position: number): PlannedChord {
  return chords.findLast(({ onset }) => onset <= position) ?? chords[0]!;
}

/** The section that a bar belongs to. */
export function sectionAt({ sections }: Pick<SongPlan, 'sections'>, bar: number): PlannedSection {
  return sections.findLast((section) => section.bar <= bar) ?? sections[0]!;
}

/** Whether a part plays in a bar. */
export function playsIn({ plays }: Pick<PlannedPart, 'plays'>, bar: number): boolean {
  return plays.some(({ first, end }) => first <= bar && bar < end);
}

/** The order of notes in a song: by onset, part and pitch. */
export function bySongOrder(a: SongNote, b: SongNote): number {
  return a.onset - b.onset || a.part - b.part || a.pitch - b.pitch;
}
