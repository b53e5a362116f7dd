/**
 * Feeds broken MIDI files to the thread that reads users' files: each has to end in music or in an error
 * message, within two seconds, in a process that stays small. `npm run fuzz -- 100000 SEED`; resumes after an
 * interruption. Failing files are saved in out/fuzz.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { runnerImport } from 'vite';
import { UserError } from '../dist/errors/user-error.js';
import { noteCount } from '../dist/music/piece.js';
import { MidiReader } from '../dist/compose/midi-reader.js';

const [count = 100_000, seed = 1] = process.argv.slice(2).map(Number);
const folder = 'out/fuzz';
const progressFile = `${folder}/seed-${seed}.json`;
const maxMebibytes = 512;
const { mutant } = (await runnerImport('./test/music/midi/midi-mutants.ts')).module;
const reader = new MidiReader({ deadlineMs: 2000 });
const ways = [
  (bytes) => reader.opening(bytes, 'a.mid'),
  (bytes) => reader.piece(bytes, 'a.mid'),
  (bytes) => reader.recorded(bytes),
];

// Starts all threads first: startup time does not count.
for (const read of ways) await read(mutant(seed, 0)).catch(() => undefined);
mkdirSync(folder, { recursive: true });
const seen = { next: 0, read: 0, refused: {}, wrong: 0, slowestMs: 0, mebibytes: 0, ...before() };
let stopping = false;
process.on('SIGINT', () => (stopping = true));
for (; seen.next < count && !stopping; seen.next++) {
  const bytes = mutant(seed, seen.next);
  const startMs = performance.now();
  try {
    const { notes, piece } = await twice(() => ways[seen.next % ways.length](bytes));
    if ((notes?.length ?? noteCount(piece)) === 0) throw new Error('read, and without notes');
    seen.read++;
  } catch (error) {
    if (error instanceof UserError && error.code !== 'midi.unreadable') {
      seen.refused[error.code] = (seen.refused[error.code] ?? 0) + 1;
    } else {
      complain(bytes, error);
    }
  }
  seen.slowestMs = Math.max(seen.slowestMs, Math.round(performance.now() - startMs));
  seen.mebibytes = Math.max(seen.mebibytes, Math.round(process.memoryUsage.rss() / 2 ** 20));
  if (seen.mebibytes > maxMebibytes) {
    complain(bytes, new Error(`the process has ${seen.mebibytes} MiB`));
    break;
  }
  if (seen.next % 1000 === 999) writeFileSync(progressFile, JSON.stringify({ ...seen, next: seen.next + 1 }));
}
await reader.close();
console.log(JSON.stringify(seen, undefined, 2));
if (seen.next >= count) rmSync(progressFile, { force: true });
else writeFileSync(progressFile, JSON.stringify(seen));
process.exitCode = seen.wrong > 0 ? 1 : 0;

/** Tries a second time: a busy machine may be late once, but a file that takes too long always is. */
async function twice(read) {
  try {
    return await read();
  } catch (error) {
    if (error.code !== 'midi.unreadable') throw error;
    return read();
  }
}

function before() {
  try {
    return JSON.parse(readFileSync(progressFile, 'utf8'));
  } catch {
    return {};
  }
}

function complain(bytes, error) {
  const path = `${folder}/${seed}-${seen.next}.mid`;
  writeFileSync(path, bytes);
  console.error(path, error, error.cause ?? '');
  seen.wrong++;
}
