/**
 * CPU time of whole warm replies to `/compose notes:300`: composing, writing, rendering, drawing and
 * uploading. Two bots alternate, each with its own local Discord, with the same seeds: this checkout's, and
 * that of another built one. Prints the time of each and their ratio, and the same for the time from the key
 * press to the finished reply, for the resident memory before the first request and after the last, and for the
 * event loop during the replies: its longest delay in each, of which the mean, the 99th percentile and the highest
 * are printed. On a busy machine only the ratios are reliable. Exits with 1 if a MIDI file differs.
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
import { cpuMs, freePort, residentMebibytes } from './measure-process.js';
import { quantile, sorted } from './stage.js';

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

/** After its start, until a bot counts as idle. */
const idleMs = 5000;

const bots = [];
for (const folder of folders) bots.push(await open(folder));
for (const bot of bots) for (const seed of [1001, 1002, 1003]) await bot.reply(seed); // the first ones are warm-ups
for (const bot of bots) bot.begin();

let differ = 0;
for (let seed = 1; seed <= Number(values.pieces); seed++) {
  const files = [];
  for (const bot of seed % 2 === 0 ? bots : bots.toReversed()) files.push(await bot.reply(seed));
  if (files.some((file) => !file.equals(files[0]))) differ++;
}
const figures = bots.map((bot) => bot.figures());
for (const [name, own] of Object.entries(figures[0])) {
  bots.forEach(({ folder }, i) => {
    const value = figures[i][name];
    const beside = i === 0 ? '' : `   ${(own / value).toFixed(2)} of it here`;
    console.log(`${folder.padEnd(40)}${value.toFixed(value < 100 ? 1 : 0).padStart(6)} ${name}${beside}`);
  });
}
if (folders.length > 1) console.log(`MIDI files that differ: ${differ} of ${values.pieces}`);
for (const bot of bots) await bot.close();
process.exit(differ > 0 ? 1 : 0);

async function open(folder) {
  const home = mkdtempSync(join(tmpdir(), 'reply-cpu-'));
  const discord = await LocalDiscord.start();
  const port = await freePort();
  const settings = { PIECES_PER_HOUR: '100000', LOG_LEVEL: 'fatal', MONITOR_PORT: String(port) };
  const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const bot = startBot(discord, home, settings, join(folder, scripts.start.split(' ').at(-1)));
  await discord.waitForReady({ command: 'compose' });
  await new Promise((resolve) => setTimeout(resolve, idleMs));
  const idle = residentMebibytes(bot.pid);
  const times = [];
  const waits = [];
  const delays = [];
  return {
    folder,
    /** The replies so far were warm-ups. */
    begin() {
      for (const figures of [times, waits, delays]) figures.length = 0;
    },
    figures() {
      return {
        'ms of CPU a reply': mean(times),
        'ms from the key press to the reply': mean(waits),
        'MiB of memory before the first request': idle,
        'MiB of memory after the last': residentMebibytes(bot.pid),
        'ms of longest delay of the event loop in a reply, mean': mean(delays),
        'the same, 99th percentile': quantile(sorted(delays), 0.99),
        'the same, highest': Math.max(...delays),
      };
    },
    async reply(seed) {
      await longestDelayMs(port); // since the last look
      const before = cpuMs(bot.pid);
      const start = performance.now();
      const sent = await discord.user().slash('compose', { notes, seed });
      const { attachments } = await sent.until(({ attachments }) => attachments.length === 3, 120_000);
      waits.push(performance.now() - start);
      times.push(cpuMs(bot.pid) - before);
      delays.push(await longestDelayMs(port));
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

/** Longest delay of a bot's event loop since the last call. */
async function longestDelayMs(port) {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return 1000 * Number(/^musical_ai_event_loop_delay_seconds{quantile="1"} (.*)$/m.exec(text)[1]);
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
