import { expect, it } from 'vitest';
import { Patience } from '../../src/threads/patience.js';

it('doubles up to eight times with each thread that is given up, and is what it was after a success', () => {
  const patience = new Patience(100);
  const limits = Array.from({ length: 5 }, () => {
    const { ms } = patience;
    patience.grow();
    return ms;
  });
  expect(limits).toEqual([100, 200, 400, 800, 800]);
  patience.reset();
  expect(patience.ms).toBe(100);
});
