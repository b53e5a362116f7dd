/**
 * Runs the bot on one core with eight busy programs: some people request pieces, some of them pop songs, and some
 * upload files, one after another, while the bot gets a small share of the core. After a while the other programs
 * end, and a last piece is requested. Prints a table, and exits with 1 if something was lost, or the bot did not
 * recover. Needs taskset. `npm run bench:busy -- --pieces 40 --files 20`
 */
import { execFileSync, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { wanderingMelody } from './wandering-melody.js';
import { openStage, quantile, seconds, sorted, Table } from './stage.js';

const { values } = parseArgs({
  options: {
    pieces: { type: 'string', default: '40' },
    files: { type: 'string', default: '20' },
    /** Programs that compete with the bot. */
    busy: { type: 'string', default: '8' },
    core: { type: 'string', default: '0' },
    /** Seconds between requests. */
    apart: { type: 'string', default: '2' },
    /** Seconds that the other programs continue after the last request. */
    after: { type: 'string', default: '60' },
    notes: { type: 'string', default: '100' },
  },
});
// By name: the order of `values` is that in which they were given.
const [pieces, files, busy, core, apart, after, notes] = [
  ...[values.pieces, values.files, values.busy, values.core],
  ...[values.apart, values.after, values.notes],
].map(Number);

const kinds = Array.from({ length: pieces + files }, (_, n) => {
  // Pieces and files are interleaved evenly.
  const filesSoFar = Math.floor(((n + 1) * files) / (pieces + files));
  return filesSoFar > Math.floor((n * files) / (pieces + files)) ? 'file' : 'piece';
});
const stage = await openStage({
  users: kinds.length + 1,
  seed: 1,
  settings: { QUEUE_LIMIT: String(2 * kinds.length), LOG_LEVEL: 'fatal' },
});
execFileSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(core), String(stage.pid)]);
const others = Array.from({ length: busy }, () =>
  spawn('taskset', ['--cpu-list', String(core), process.execPath, '-e', 'for (;;);']),
);
process.once('exit', () => others.forEach((other) => other.kill('SIGKILL')));

const asked = [];
for (const [n, kind] of kinds.entries()) {
  asked.push(ask(stage.people[n], kind, n));
  await sleep(apart * 1000);
}
await sleep(after * 1000);
const inTime = count('result');
others.forEach((other) => other.kill('SIGKILL'));
const freeMs = performance.now();
await Promise.all(asked);
const restMs = performance.now() - freeMs;
const last = stage.people.at(-1);
await ask(last, 'piece', kinds.length);
const [lastSeen] = last.seen;
const delay = await stage.delay();
const lost = await stage.figure('musical_ai_threads_lost_total');
const { code, violations } = await stage.close();

const table = new Table(`${pieces} pieces and ${files} files on one core beside ${busy} busy programs`);
const took = sorted(seen().flatMap(({ end, sentMs, endMs }) => (end === 'result' ? [endMs - sentMs] : [])));
const late = sorted(seen().flatMap(({ ackMs }) => ackMs ?? []));
table.row('asked for', kinds.length);
table.row('without an acknowledgement', count('unanswered'), 'none', count('unanswered') === 0);
table.row('acknowledged after, latest', seconds(late.at(-1)), '3 s', late.at(-1) < 3000);
table.row('ended in a result', count('result'));
table.row('of them while the others ran', inTime);
table.row('ended in a sentence', count('sentence'));
table.row('did not end', count('lost'), 'none', count('lost') === 0);
table.row('from the request to the result, median', seconds(quantile(took, 0.5)));
table.row('longest', seconds(took.at(-1)));
table.row('the last one ended, after the others had', seconds(restMs));
table.row('a piece then', lastSeen.end, 'result', lastSeen.end === 'result');
table.row('it took', seconds(lastSeen.endMs - lastSeen.sentMs));
table.row('threads that were given up', lost);
table.row('event loop of the bot, longest', seconds(delay.max));
table.row('bodies that Discord forbids', violations.length, 'none', violations.length === 0);
table.row('exit code after SIGTERM', code, '0', code === 0);
console.log();
for (const { kind, sentence } of seen()) if (sentence) console.log(`${kind}: ${sentence.split('\n', 1)[0]}`);
table.end();
process.exit();

async function ask(person, kind, n) {
  const midi = { name: `melody-${n}.mid`, bytes: wanderingMelody(n, 40) };
  const wished = kind === 'file' ? { notes, midi } : { notes };
  const options = n % 5 === 1 && kind === 'piece' ? { style: 'pop', seed: n } : { ...wished, seed: n };
  await person.wait(await person.note(kind, () => person.user.slash('compose', options)));
}

function seen() {
  return stage.people.slice(0, kinds.length).flatMap((person) => person.seen);
}

function count(end) {
  return seen().filter((each) => each.end === end).length;
}
