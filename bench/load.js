/**
 * A crowd that uses the bot for some time, while two servers train models: `npm run bench:load -- --minutes
 * 10 --users 200`; with `--songs 0.5`, half of what is requested anew are songs. Prints a table, and exits with 1 if
 * something was lost, or took longer than Discord or people wait.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { train } from './crowd.js';
import { openStage, quantile, seconds, servers, sorted, Table } from './stage.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    users: { type: 'string', default: '200' },
    /** Average pause between a person's actions, in seconds. */
    pause: { type: 'string', default: '45' },
    trainers: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    songs: { type: 'string', default: '0' },
  },
});
const [minutes, users, pause, trainers, seed, songs] = [
  values.minutes,
  values.users,
  values.pause,
  values.trainers,
  values.seed,
  values.songs,
].map(Number);

const stage = await openStage({ users, trainers, seed });
for (const person of stage.people) person.songs = songs;
const endMs = performance.now() + minutes * 60_000;
const isOver = () => performance.now() >= endMs;
const memory = [];
const watch = setInterval(() => memory.push(stage.resident()), 2000);
await stage.delay();
await Promise.all([
  ...stage.people.map((person) => person.live(isOver, pause * 1000)),
  ...stage.trainers.map((person) => train(person, isOver)),
]);
const lastMs = performance.now() - endMs;
const delay = await stage.delay();
await sleep(10_000);
clearInterval(watch);
const rest = stage.resident();
const end = await stage.close();

const seen = [...stage.people, ...stage.trainers].flatMap((person) => person.seen);
const results = seen.filter(({ end: how }) => how === 'result');
const took = sorted(results.map(({ sentMs, endMs: at }) => at - sentMs));
const table = new Table(
  `${users} people in ${servers} servers for ${minutes} min, seed ${seed}, ${100 * songs} % songs`,
);
table.rows(seen, delay, end);
table.row('from the request to the result, median', seconds(quantile(took, 0.5)));
table.row('from the request to the result, 95th percentile', seconds(quantile(took, 0.95)));
table.row('the last one ended, after the crowd went', seconds(lastMs));
table.row('served before who had asked earlier, by', seconds(overtaken()), '3 s', overtaken() < 3000);
table.row('models that two servers trained', seen.filter(({ kind }) => kind === 'trained').length);
table.row('memory, most in the first half', mebibytes(memory.slice(0, memory.length / 2)));
table.row('memory, most in the second half', mebibytes(memory.slice(memory.length / 2)));
table.row('memory, ten seconds after the end', mebibytes([rest]));
console.log();
for (const [sentence, times] of sentences()) console.log(`${times} × ${sentence}`);
table.end();
process.exit();

/**
 * Maximum time by which a request was served before an earlier one, in ms. The start of a piece shows in the
 * next change of its message, which happens every two seconds. Requests with a file are left out, because
 * they enter the queue only when the file has been read, and so are those that were refused or cancelled.
 */
function overtaken() {
  const queued = seen
    .filter(({ kind, end, startMs }) => kind === 'compose' && end === 'result' && startMs !== undefined)
    .toSorted((a, b) => a.sentMs + a.ackMs - (b.sentMs + b.ackMs));
  let most = 0;
  let latest = 0;
  for (const { startMs } of queued) {
    most = Math.max(most, latest - startMs);
    latest = Math.max(latest, startMs);
  }
  return most;
}

/** The error messages of requests, first lines without numbers, and their frequencies. */
function sentences() {
  const times = new Map();
  for (const { sentence } of seen) {
    const text = sentence?.split('\n', 1)[0].replaceAll(/\d+/g, '…');
    if (text !== undefined) times.set(text, (times.get(text) ?? 0) + 1);
  }
  return times;
}

function mebibytes(samples) {
  return `${Math.round(Math.max(...samples))} MiB`;
}
