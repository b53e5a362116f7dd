import type { Piscina } from 'piscina';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createThreadPool } from '../../src/threads/thread-pool.js';

let pool: Piscina;

beforeEach(() => {
  pool = createThreadPool(new URL('./thread-program.mjs', import.meta.url), { maxThreads: 1 });
});

afterEach(() => pool.destroy());

it('does not require() its program, which would end the process with a thread stopped meanwhile', async () => {
  await expect(pool.run(undefined, { name: 'wasRequired' })).resolves.toBe(false);
});

it('receives transferred data, which the thread can no longer use', async () => {
  await expect(pool.run(undefined, { name: 'give' })).resolves.toEqual({
    name: 'sound',
    bytes: Uint8Array.of(1, 2, 3),
  });
  await expect(pool.run(undefined, { name: 'bytesLeft' })).resolves.toBe(0);
});
