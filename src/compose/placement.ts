import type { GeneratedNote } from '../model/generated.js';
import { newVelocity } from '../music/edit/dynamics.js';
import type { Note } from '../music/note.js';
import { shortestSeconds } from '../music/edit/overlap.js';

/**
 * The new notes that sound, each with an onset and a velocity.
 * @param after onset of the preceding note, in seconds
 * @param given notes whose loudness determines the velocity of new notes without one
 * @throws Error when a note is invalid; a network must never get this far with one
 */
export function placeAfter(
  after: number,
  generated: readonly GeneratedNote[],
  given: readonly Note[],
): Note[] {
  /** For networks that do not compose velocities. */
  let velocityOf: ReturnType<typeof newVelocity> | undefined;
  let onsetSeconds = after;
  const placed: Note[] = [];
  for (const note of generated) {
    assertIsNote(note);
    onsetSeconds += note.stepSeconds;
    if (note.durationSeconds === 0) continue;
    placed.push({
      pitch: note.pitch,
      onsetSeconds,
      durationSeconds: Math.max(note.durationSeconds, shortestSeconds),
      velocity: note.velocity ?? (velocityOf ??= newVelocity(given))(note.pitch, note.accent),
    });
  }
  return placed;
}

function assertIsNote(note: GeneratedNote): void {
  const { pitch, stepSeconds, durationSeconds, accent = 0, velocity = 1 } = note;
  const isPitch = Number.isInteger(pitch) && pitch >= 0 && pitch <= 127;
  const isTimed = stepSeconds >= 0 && durationSeconds >= 0 && Number.isFinite(stepSeconds + durationSeconds);
  const isLoudness =
    Number.isInteger(velocity) && velocity >= 1 && velocity <= 127 && Number.isFinite(accent);
  if (!isPitch || !isTimed || !isLoudness) {
    throw new Error(
      `Not a note: pitch ${pitch}, step ${stepSeconds} s, duration ${durationSeconds} s, velocity ${velocity}.`,
    );
  }
}
