/**
 * Loaded into the bot before it starts: from one SIGUSR2 to the next, its main thread is busy for 300 ms of every
 * second.
 */
import { isMainThread } from 'node:worker_threads';

const everyMs = 1000;
const blockedMs = 300;
let timer;

function block() {
  const end = performance.now() + blockedMs;
  while (performance.now() < end);
}

// Threads load it, too.
if (isMainThread) {
  process.on('SIGUSR2', () => {
    if (timer === undefined) timer = setInterval(block, everyMs);
    else timer = void clearInterval(timer);
  });
}
