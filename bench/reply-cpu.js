/**
 * CPU time of whole warm replies to `/compose notes:300`: composing, writing, rendering, drawing and
 * uploading. Two bots alternate, each with its own local Discord, with the same seeds: this checkout's, and
 * that of another built one. Prints the time of each and their ratio; on a busy machine only the ratio is
 * reliable. Exits with 1 if a MIDI file differs.
 *
 * `npm run bench:reply-cpu -- --beside ../other --pieces 20`
 */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LocalDiscord } from '../dist/playground/local-discord/local-discord.js';
import { startBot } from './bot-process.js';

const { values } = parseArgs({
  options: {
    /** Folder of the other checkout. */
    beside: { type: 'string' },
    pieces: { type: 'string', default: '20' },
    notes: { type: 'string', default: '300' },
  },
});
const folders = [resolve(import.meta.dirname, '..'), ...(values.beside ? [resolve(values.beside)] : [])];
const notes = Number(values.notes);

/** Linux reports CPU time in units of 10 ms. */
const tickMs = 10;

const bots = [];
for (const folder of folders) bots.push(await open(folder));
for (const bot of bots) for (const seed of [1001, 1002, 1003]) await bot.reply(seed); // the first ones are warm-ups
for (const bot of bots) bot.times.length = 0;

let differ = 0;
for (let seed = 1; seed <= Number(values.pieces); seed++) {
  const files = [];
  for (const bot of seed % 2 === 0 ? bots : bots.toReversed()) files.push(await bot.reply(seed));
  if (files.some((file) => !file.equals(files[0]))) differ++;
}
const totals = bots.map(({ times }) => times.reduce((sum, ms) => sum + ms, 0) / times.length);
bots.forEach(({ folder }, i) => {
  const beside = i === 0 ? '' : `   ${(totals[0] / totals[i]).toFixed(2)} of it here`;
  console.log(`${folder.padEnd(40)}${totals[i].toFixed(0).padStart(6)} ms of CPU a reply${beside}`);
});
if (folders.length > 1) console.log(`MIDI files that differ: ${differ} of ${values.pieces}`);
for (const bot of bots) await bot.close();
process.exit(differ > 0 ? 1 : 0);

async function open(folder) {
  const home = mkdtempSync(join(tmpdir(), 'reply-cpu-'));
  const discord = await LocalDiscord.start();
  const settings = { PIECES_PER_HOUR: '100000', LOG_LEVEL: 'fatal' };
  const bot = startBot(discord, home, settings, join(folder, 'dist', 'main.js'));
  await discord.waitForReady({ command: 'compose' });
  const times = [];
  return {
    folder,
    times,
    async reply(seed) {
      const before = cpuMs(bot.pid);
      const sent = await discord.user().slash('compose', { notes, seed });
      const { attachments } = await sent.until(({ attachments }) => attachments.length === 3, 120_000);
      times.push(cpuMs(bot.pid) - before);
      const { url } = attachments.find(({ name }) => name.endsWith('.mid'));
      return Buffer.from(await (await fetch(url)).arrayBuffer());
    },
    async close() {
      bot.kill('SIGTERM');
      await once(bot, 'close');
      await discord.stop();
      rmSync(home, { recursive: true });
    },
  };
}

/** CPU time of a process, including all threads. */
function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
