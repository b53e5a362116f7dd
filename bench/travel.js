/**
 * Measures how much code a request runs: the bot runs with V8's precise coverage, in all its threads, against
 * a local Discord in this process, which is not counted. Prints, for `/compose notes:200 temp:0.8` and for
 * `/train` with one epoch, the number of functions that ran and of files that contain them. A function counts
 * once, and only if it ran more often than in a bot that was started and stopped without a request.
 *
 * Needs Linux, whose /proc shows when a bot has finished its startup work.
 *
 * Usage: npm run travel -- [--of FOLDER] [--list]
 *   --of    a built checkout to measure (its dist, assets and node_modules) instead of this one
 *   --list  lists every file with its functions
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { LocalDiscord } from '../dist/playground/local-discord/local-discord.js';
import { cpuMs } from './measure-process.js';
import { wanderingMelody } from './wandering-melody.js';

const { values } = parseArgs({ options: { of: { type: 'string' }, list: { type: 'boolean' } } });
const folder = resolve(values.of ?? join(import.meta.dirname, '..'));
const program = [join(folder, 'dist', 'main.js'), join(folder, 'dist', 'bot', 'main.js')].find(existsSync);
const sources = pathToFileURL(join(folder, 'dist')).href + '/';

/** Coverage slows the bot down, and so can other work on the machine. */
const patienceMs = 300_000;

/** People who make requests, by kind of request. */
const requests = {
  async '/compose'(user) {
    const reply = await user.slash('compose', { notes: 200, temp: 0.8 });
    await reply.until(({ attachments }) => attachments.length === 3, patienceMs);
  },
  async '/train'(user, discord) {
    const files = [1, 2, 3].map((seed) => [
      `file${seed}`,
      { name: `${seed}.mid`, bytes: wanderingMelody(seed, 300) },
    ]);
    await user.slash('train', { name: 'mine', epochs: 1, ...Object.fromEntries(files) });
    const isOver = ({ attachments }) => attachments.length === 5;
    await discord.until(() => discord.messages().some(isOver), 'the end of the training', patienceMs);
  },
};

const idle = await functionsRun(() => undefined);
for (const [name, ask] of Object.entries(requests)) {
  const ran = await functionsRun(ask);
  const more = [...ran].filter(([place, count]) => count > (idle.get(place) ?? 0)).map(([place]) => place);
  const byFile = grouped(more);
  console.log(`${name}: ${byFile.size} files, ${more.length} functions`);
  if (values.list !== true) continue;
  for (const [file, places] of [...byFile].sort()) {
    console.log(`  ${file}: ${places.map((place) => place.split(' ')[1] || '(arrow)').join(', ')}`);
  }
}

/**
 * Runs the bot, makes a request and ends it.
 * @returns the number of calls of each function
 */
async function functionsRun(ask) {
  const home = mkdtempSync(join(tmpdir(), 'travel-'));
  const coverage = join(home, 'coverage');
  const discord = await LocalDiscord.start();
  const bot = spawn(process.execPath, [program], {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_CDN_HOSTS: discord.cdnHost,
      LOG_LEVEL: 'warn',
      NODE_V8_COVERAGE: coverage,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const end = () => bot.kill('SIGKILL');
  process.once('exit', end);
  await discord.waitForReady({ command: 'compose', timeoutMs: patienceMs });
  await settled(bot.pid);
  await ask(discord.user({ permissions: PermissionFlagsBits.ManageGuild }), discord);
  bot.kill('SIGTERM');
  await once(bot, 'close');
  process.off('exit', end);
  await discord.stop();
  const counts = countsIn(coverage);
  rmSync(home, { recursive: true });
  return counts;
}

/** Waits until a process has finished its startup work: it uses no CPU time for two seconds. */
async function settled(pid) {
  for (let before = -Infinity; cpuMs(pid) - before > 10;) {
    before = cpuMs(pid);
    await sleep(2000);
  }
}

/** Counts by file, name and offset, over all threads. */
function countsIn(coverage) {
  const counts = new Map();
  for (const file of readdirSync(coverage)) {
    const { result } = JSON.parse(readFileSync(join(coverage, file), 'utf8'));
    for (const { url, functions } of result) {
      if (!url.startsWith(sources) || url.includes('/playground/')) continue;
      for (const { functionName, ranges } of functions) {
        const [{ startOffset, count }] = ranges;
        if (count === 0 || startOffset === 0) continue; // the module itself
        const place = `${url.slice(sources.length)} ${functionName} ${startOffset}`;
        counts.set(place, (counts.get(place) ?? 0) + count);
      }
    }
  }
  return counts;
}

function fileOf(place) {
  return place.split(' ')[0];
}

function grouped(places) {
  const byFile = new Map();
  for (const place of places) byFile.set(fileOf(place), [...(byFile.get(fileOf(place)) ?? []), place]);
  return byFile;
}
