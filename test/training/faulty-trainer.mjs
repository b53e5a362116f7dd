/** A thread program that ends as the name of the model says. */
import { parentPort, workerData } from 'node:worker_threads';

const name = workerData.modelFolder.split(/[/\\]/).at(-1);
if (name === 'throws') throw new Error('a fault');
if (name === 'exits') process.exit(3);
if (name === 'full') parentPort.postMessage({ type: 'failed', message: 'no space', code: 'ENOSPC' });
if (name === 'swells') {
  const held = [];
  for (;;) held.push(new Array(10_000).fill(0.5));
}
