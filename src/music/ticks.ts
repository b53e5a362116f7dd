import type { Note } from './note.js';

/** Ticks per quarter note: 32 · 3 · 5, so that straight and triplet grids are whole ticks. */
export const ticksPerQuarter = 480;

/** Start and end of a note, in ticks. */
export interface TickSpan {
  readonly start: number;
  readonly end: number;
}

export function ticksPerSecond(tempoBpm: number): number {
  return (tempoBpm / 60) * ticksPerQuarter;
}

/** Start and end of a note, rounded to ticks of a tempo; a note lasts at least one tick. */
export function tickSpan({ onsetSeconds, durationSeconds }: Note, tempoBpm: number): TickSpan {
  const perSecond = ticksPerSecond(tempoBpm);
  const start = Math.round(onsetSeconds * perSecond);
  return { start, end: Math.max(Math.round((onsetSeconds + durationSeconds) * perSecond), start + 1) };
}

/** A note with these start and end ticks: the same ticks always give the same seconds. */
export function withTickSpan(note: Note, { start, end }: TickSpan, tempoBpm: number): Note {
  const perSecond = ticksPerSecond(tempoBpm);
  return { ...note, onsetSeconds: start / perSecond, durationSeconds: (end - start) / perSecond };
}

/** Rounds both ends of every note to ticks. Idempotent. */
export function onTicks(notes: readonly Note[], tempoBpm: number): Note[] {
  return notes.map((note) => withTickSpan(note, tickSpan(note, tempoBpm), tempoBpm));
}

/** The nearest tempo that a MIDI file can store: in whole microseconds per quarter note. */
export function statedTempo(tempoBpm: number): number {
  return 6e7 / Math.round(6e7 / tempoBpm);
}
