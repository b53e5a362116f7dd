/**
 * The benefit of workers: 24 pieces of 300 notes, requested by 8 people at once, composed in this process,
 * then through Redis by one worker and by two, in turn. Each worker has its own core, as on single-core
 * machines. Prints the medians of the rounds: seconds until all are finished and pieces per minute, CPU time
 * per piece of this process (the bot's share), and of its workers. Needs redis-server and Linux. `npm run
 * bench:workers -- ROUNDS`
 */
import { english } from '../dist/i18n/en/english.js';
import { rollWordsIn } from '../dist/i18n/picture.js';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { RemoteCompositionService } from '../dist/compose/remote/remote-composition-service.js';
import { openMusicServices } from '../dist/compose/music-services.js';
import { modelFoldersIn } from '../dist/compose/composition-service.js';
import { nodeOptions } from './bot-process.js';
import { cpuMs } from './measure-process.js';

const rounds = Number(process.argv[2] ?? 3);
const pieces = 24;
const people = 8;
const port = 16_379;
const redisUrl = `redis://127.0.0.1:${port}`;

const dataFolder = await mkdtemp(join(tmpdir(), 'bench-'));
const server = spawn('redis-server', ['--port', String(port), '--save', '', '--dir', dataFolder], {
  stdio: 'ignore',
});
const redis = new Redis(redisUrl);
redis.on('error', () => undefined); // until it is running
await redis.ping();
redis.disconnect();

/** Starts a worker on this core, and waits until it is ready. */
async function startWorker(core) {
  const program = fileURLToPath(new URL('../dist/worker.js', import.meta.url));
  const env = { PATH: process.env.PATH, REDIS_URL: redisUrl, DATA_DIR: dataFolder };
  const worker = spawn('taskset', ['--cpu-list', String(core), process.execPath, ...nodeOptions, program], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(worker.stdout, 'data');
  worker.stdout.resume();
  return worker;
}

async function measure(workerCount) {
  const workers = await Promise.all(Array.from({ length: workerCount }, (_, core) => startWorker(core)));
  const log = pino({ level: 'silent' });
  const remote = { redisUrl, modelFolders: modelFoldersIn(dataFolder), queueLimit: pieces, log };
  const composing = workerCount === 0 ? undefined : await RemoteCompositionService.open(remote);
  const music = await openMusicServices({
    dataFolder,
    queueLimit: pieces,
    words: rollWordsIn(english),
    ...(composing && { composing }),
  });
  const compose = (seed) =>
    music.composing.compose(music.requests.start({ notes: 300, seed, opening: 'bach-prelude' }), {
      owner: String(seed % people),
    });
  // Loads the network in all threads before the measurement.
  await Promise.all(Array.from({ length: 8 }, (_, seed) => compose(seed)));
  const ids = workers.map(({ pid }) => pid);
  const before = { own: process.cpuUsage(), theirs: ids.map(cpuMs), at: performance.now() };
  await Promise.all(Array.from({ length: pieces }, (_, seed) => compose(seed)));
  const seconds = (performance.now() - before.at) / 1000;
  const { user, system } = process.cpuUsage(before.own);
  const theirs = ids.reduce((sum, pid, i) => sum + cpuMs(pid) - before.theirs[i], 0);
  await music.close();
  for (const worker of workers) {
    worker.kill('SIGTERM');
    await once(worker, 'close');
  }
  return { seconds, own: (user + system) / 1000 / pieces, theirs: theirs / pieces };
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

const counts = [0, 1, 2];
const results = counts.map(() => []);
for (let round = 0; round < rounds; round++) {
  for (const [i, count] of counts.entries()) results[i].push(await measure(count));
}
console.log(
  `${pieces} pieces of 300 notes, ${rounds} rounds; load average ${loadavg()[0].toFixed(1)} at the end`,
);
console.log('                    s (all rounds)          pieces/min   CPU ms a piece: bot   workers');
for (const [i, count] of counts.entries()) {
  const of = (name) => median(results[i].map((result) => result[name]));
  const all = results[i].map(({ seconds }) => seconds.toFixed(1)).join(' ');
  const name = count === 0 ? 'in the bot' : `${count} worker${count > 1 ? 's' : ''}`;
  console.log(
    `${name.padEnd(12)}${of('seconds').toFixed(1).padStart(9)} (${all})`.padEnd(46) +
      (60 * (pieces / of('seconds'))).toFixed(0).padStart(8) +
      of('own').toFixed(0).padStart(22) +
      of('theirs').toFixed(0).padStart(10),
  );
}
server.kill();
await once(server, 'close');
await rm(dataFolder, { recursive: true });
