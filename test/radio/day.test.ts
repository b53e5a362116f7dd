import { expect, it } from 'vitest';
import { moodAt } from '../../src/radio/day.js';
import { moodNames } from '../../src/request/words/wishes.js';

it('has a mood for every hour: quiet at night, lively by day', () => {
  const moods = Array.from({ length: 24 }, (_, hour) => moodAt(hour));
  expect(moods.every((mood) => moodNames.includes(mood))).toBe(true);
  expect([moods[3], moods[12], moods[21]]).toEqual(['dreamy', 'playful', 'calm']);
  expect(new Set(moods).size).toBeGreaterThan(3);
});
