/**
 * A stand-in for the composing thread that fails as the request's seed tells it:
 * 1 throws, 2 exits, 3 hangs, 4 never answers; any other answers at once with its seed as pitch.
 */
import { parentPort } from 'node:worker_threads';

/** @param {{ type: string, id: number, request: { seed: number, task: { opening: object } } }} message */
function answer({ type, id, request }) {
  if (type !== 'compose') return;
  const {
    seed,
    task: { opening },
  } = request;
  if (seed === 1) throw new Error('a fault of the program');
  if (seed === 2) process.exit(3);
  if (seed === 3) for (;;);
  if (seed === 4) return;
  const generated = [{ pitch: seed, stepSeconds: 0, durationSeconds: 1 }];
  parentPort?.postMessage({ type: 'done', id, composed: { opening, generated }, model: 'faulty' });
}

parentPort?.on('message', (message) => answer(message));
