import { expect, it } from 'vitest';
import { Votes } from '../../src/radio/votes.js';

it.each([
  [1, 1],
  [2, 1],
  [3, 2],
  [4, 2],
  [7, 4],
])('of %i listeners, %i have to agree', (count, needed) => {
  const listeners = Array.from({ length: count }, (_, i) => String(i));
  expect(new Votes().add('0', listeners)).toEqual({ votes: 1, needed });
});

it('counts each person once, and nobody who has left', () => {
  const votes = new Votes();
  votes.add('a', ['a', 'b', 'c', 'd', 'e']);
  expect(votes.add('a', ['a', 'b', 'c', 'd', 'e'])).toEqual({ votes: 1, needed: 3 });
  expect(votes.add('b', ['a', 'b', 'c', 'd', 'e'])).toEqual({ votes: 2, needed: 3 });
  expect(votes.count(['b', 'c'])).toEqual({ votes: 1, needed: 1 });
  votes.clear();
  expect(votes.count(['a', 'b'])).toEqual({ votes: 0, needed: 1 });
});
