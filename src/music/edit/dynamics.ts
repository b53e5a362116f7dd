import type { Note } from '../note.js';
import { meanVelocity, toVelocity } from './velocity.js';

/**
 * An octave is three units of velocity. The rule leaves the amount to the performer; this one is small, so
 * that the dynamics of the given notes dominate.
 */
const velocityPerSemitone = 3 / 12;

/**
 * Velocities for notes of a network that predicts none: around the mean velocity of the given
 * notes, by the rule "high loud" of the KTH system, the higher the louder (Friberg, Bresin &
 * Sundberg 2006, "Overview of the KTH rule system for musical performance"), and accented as
 * strongly as the given notes are.
 * @param given at least one note
 * @returns the velocity of a new note of a pitch, an integer 1–127; the accent is in standard
 * deviations of the given velocities
 */
export function newVelocity(given: readonly Note[]): (pitch: number, accent?: number) => number {
  const mean = meanVelocity(given);
  const meanPitch = given.reduce((sum, note) => sum + note.pitch, 0) / given.length;
  const deviation = Math.sqrt(
    given.reduce((sum, note) => sum + (note.velocity - mean) ** 2, 0) / given.length,
  );
  return (pitch, accent = 0) =>
    toVelocity(mean + (pitch - meanPitch) * velocityPerSemitone + accent * deviation);
}
