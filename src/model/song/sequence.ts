import type { PlanBar } from '../../plan/song-plan.js';
import { barAt, toldAt, type SongFrame } from './frame.js';
import type { Heard } from './network.js';
import {
  composed,
  durationNumber,
  endStep,
  given,
  startMark,
  unknownVelocity,
  velocityNumber,
  type SongVocabulary,
} from './vocabulary.js';

/** A note in the network's numbers. */
export interface NetworkNote {
  /** Position from the start of the piece. */
  readonly onset: number;
  /** 0–48. */
  readonly part: number;
  /** MIDI pitch. */
  readonly pitch: number;
  /** In positions. */
  readonly duration: number;
  /** MIDI velocity 1-127, or 0 if unknown. */
  readonly velocity: number;
}

/** The order of notes in a sequence. */
export function byNetworkOrder(a: NetworkNote, b: NetworkNote): number {
  return a.onset - b.onset || a.part - b.part || a.pitch - b.pitch;
}

/** Consecutive bars that are composed, in part or completely. */
export interface Passage {
  readonly first: number;
  /** The bar after the last. */
  readonly end: number;
}

/**
 * The six fields of a note.
 * @param fromBar the bar that the bar step is relative to
 */
export function fieldsOf(
  note: NetworkNote,
  fromBar: number,
  bars: readonly PlanBar[],
  vocabulary: SongVocabulary,
): number[] {
  const bar = barAt(bars, note.onset);
  return [
    Math.min(Math.max(bar - fromBar, 0), endStep - 1),
    note.onset - bars[bar]!.start,
    note.part,
    note.pitch,
    durationNumber(note.duration, vocabulary.durations),
    velocityNumber(note.velocity, vocabulary),
  ];
}

/**
 * The input before a passage: the given notes and the start mark. Notes after the passage come first, so that those
 * before it lead into it.
 * @param notes the given ones, in order
 */
export function openingOf(
  notes: readonly NetworkNote[],
  passage: Passage,
  frame: SongFrame,
  vocabulary: SongVocabulary,
): Heard[] {
  const { bars } = frame;
  const start = bars[passage.first]!.start;
  const end = bars[passage.end]?.start ?? Infinity;
  const later = notes.filter(({ onset }) => onset >= end);
  const ordered = [...later, ...notes.slice(0, notes.length - later.length)];
  let fromBar = ordered.length > 0 ? barAt(bars, ordered[0]!.onset) : 0;
  const heard = ordered.map((note): Heard => {
    const fields = fieldsOf(note, fromBar, bars, vocabulary);
    fromBar = barAt(bars, note.onset);
    return { kind: given, fields, onset: note.onset, told: toldAt(frame, note.onset, fromBar, passage.end) };
  });
  const mark = [0, 0, 0, 0, 0, unknownVelocity];
  const told = toldAt(frame, start, passage.first, passage.end);
  const positions = [...heard, { kind: startMark, fields: mark, onset: start, told }];
  return fromEarliest(positions, earliestOf(notes, start));
}

/** The onset that is the origin of a sequence. */
export function earliestOf(notes: readonly NetworkNote[], start: number): number {
  return Math.min(start, notes[0]?.onset ?? start);
}

/**
 * A composed note as input.
 * @param fields as drawn
 */
export function composedNote(
  fields: readonly number[],
  onset: number,
  told: readonly number[],
  earliest: number,
): Heard {
  return { kind: composed, fields, onset: onset - earliest, told };
}

function fromEarliest(positions: readonly Heard[], earliest: number): Heard[] {
  return positions.map((position) => ({ ...position, onset: position.onset - earliest }));
}
