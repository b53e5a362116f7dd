import { expect, it } from 'vitest';
import { createThreadPool } from '../../src/studio/thread-pool.js';

it('does not require its program: the process would die with a thread that is ended meanwhile', async () => {
  const pool = createThreadPool(new URL('./required.mjs', import.meta.url), { maxThreads: 1 });
  await expect(pool.run(undefined, { name: 'wasRequired' })).resolves.toBe(false);
  await pool.destroy();
});
