import { expect, it } from 'vitest';
import { Patience } from '../../src/threads/patience.js';

it('doubles with each lost thread, up to eight times, and is reset by a success', () => {
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
