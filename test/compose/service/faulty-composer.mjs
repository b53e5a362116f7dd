/**
 * A stand-in for the composing thread that fails as the request's seed tells it:
 * 1 throws, 2 exits, 3 hangs, 4 never answers, 5 hangs after its first notes, 6 says for three seconds that it lives
 * and then answers, 7 exits the first time; any other answers at once with its seed as pitch.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

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
  if (seed === 5) {
    parentPort?.postMessage({ type: 'progress', notes: [{ id, count: 3 }] });
    return;
  }
  if (seed === 7 && isFirst()) process.exit(3);
  const done = () => {
    const generated = [{ pitch: seed, stepSeconds: 0, durationSeconds: 1 }];
    parentPort?.postMessage({ type: 'done', id, composed: { opening, generated }, model: 'faulty' });
  };
  if (seed !== 6) return done();
  const alive = setInterval(() => parentPort?.postMessage({ type: 'alive' }), 50);
  setTimeout(() => {
    clearInterval(alive);
    done();
  }, 3000);
}

/** Whether no other thread was asked this before. */
function isFirst() {
  const mark = join(workerData.modelFolders.servers, 'first.mark');
  if (existsSync(mark)) return false;
  writeFileSync(mark, '');
  return true;
}

parentPort?.postMessage({ type: 'alive' });
parentPort?.on('message', (message) => answer(message));
