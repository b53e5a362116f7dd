import type { Note } from './note.js';
import { meanVelocity, toVelocity } from './velocity.js';

/**
 * An octave higher is three steps of velocity louder. The rule leaves its amount to the
 * performer; this one is modest, so that the dynamics of the given notes stay the larger.
 */
const velocityPerSemitone = 3 / 12;

/**
 * Velocities for notes of a network that predicts none: around the mean velocity of the given
 * notes, by the rule "high loud" of the KTH system, the higher the louder (Friberg, Bresin &
 * Sundberg 2006, "Overview of the KTH rule system for musical performance").
 * @param given at least one note
 * @returns the velocity of a new note of a pitch, an integer 1–127
 */
export function newVelocity(given: readonly Note[]): (pitch: number) => number {
  const mean = meanVelocity(given);
  const meanPitch = given.reduce((sum, note) => sum + note.pitch, 0) / given.length;
  return (pitch) => toVelocity(mean + (pitch - meanPitch) * velocityPerSemitone);
}
