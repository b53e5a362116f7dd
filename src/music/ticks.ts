import type { Note } from './note.js';

/** Ticks in a quarter note: 32 · 3 · 5, so that straight and triplet grids fall on whole ticks. */
export const ticksPerQuarter = 480;

/** Where a note begins and ends, in ticks. */
export interface TickSpan {
  readonly start: number;
  readonly end: number;
}

export function ticksPerSecond(tempoBpm: number): number {
  return (tempoBpm / 60) * ticksPerQuarter;
}

/** Both ends of a note at the nearest tick of a tempo; a note lasts at least one tick. */
export function tickSpan({ onsetSeconds, durationSeconds }: Note, tempoBpm: number): TickSpan {
  const perSecond = ticksPerSecond(tempoBpm);
  const start = Math.round(onsetSeconds * perSecond);
  return { start, end: Math.max(Math.round((onsetSeconds + durationSeconds) * perSecond), start + 1) };
}

/** A note with its ends on these ticks: the same ticks always give the same seconds. */
export function withTickSpan(note: Note, { start, end }: TickSpan, tempoBpm: number): Note {
  const perSecond = ticksPerSecond(tempoBpm);
  return { ...note, onsetSeconds: start / perSecond, durationSeconds: (end - start) / perSecond };
}

/** Puts both ends of every note on the nearest tick. Doing so again changes nothing. */
export function onTicks(notes: readonly Note[], tempoBpm: number): Note[] {
  return notes.map((note) => withTickSpan(note, tickSpan(note, tempoBpm), tempoBpm));
}

/** The tempo that a MIDI file states in place of this one: in whole microseconds a quarter note. */
export function statedTempo(tempoBpm: number): number {
  return 6e7 / Math.round(6e7 / tempoBpm);
}
