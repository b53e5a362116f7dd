/**
 * One sounding note, in seconds: as heard, edited and composed. The notes of a piece's tracks are in ticks.
 */
export interface Note {
  /** MIDI pitch, integer 0–127; 60 is middle C. */
  readonly pitch: number;
  /** Seconds from the start of the piece to the moment the note is struck, ≥ 0. */
  readonly onsetSeconds: number;
  /** Seconds for which the key is held, > 0. */
  readonly durationSeconds: number;
  /** MIDI velocity, integer 1–127 (0 would mean note off). */
  readonly velocity: number;
}

/** Onset order; notes struck together from the lowest pitch up. */
export function byOnset(a: Note, b: Note): number {
  return a.onsetSeconds - b.onsetSeconds || a.pitch - b.pitch;
}

/** When the last of these notes ends, in seconds; 0 without notes. */
export function endOf(notes: readonly Note[]): number {
  return notes.reduce((end, note) => Math.max(end, note.onsetSeconds + note.durationSeconds), 0);
}
