import type { Mood } from '../request/words/wishes.js';

/** From which hour on a mood is played. */
const moods: readonly (readonly [hour: number, mood: Mood])[] = [
  [0, 'dreamy'],
  [5, 'tender'],
  [8, 'happy'],
  [11, 'playful'],
  [14, 'happy'],
  [17, 'tender'],
  [20, 'calm'],
  [22, 'dreamy'],
];

/** The mood for an hour of the day, 0 to 23: quiet at night, lively by day. */
export function moodAt(hour: number): Mood {
  return moods.findLast(([from]) => from <= hour)![1];
}
