/**
 * Runs the bot as its operator starts it, against the local Discord. Prints, as JSON and in ms: the time of
 * `/compose notes:300` from the key press to the finished reply with all its files, one at a time; and the
 * time to an acknowledgement while four others compose 2,000 notes each.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalDiscord } from '../dist/playground/local-discord/local-discord.js';
import { startBot } from './bot-process.js';

const rounds = 20;
const home = await mkdtemp(join(tmpdir(), 'bench-'));
const discord = await LocalDiscord.start();
const bot = startBot(discord, home, { PIECES_PER_HOUR: '1000', LOG_LEVEL: 'fatal' });
await discord.waitForReady({ command: 'compose' });

async function reply(options) {
  const start = performance.now();
  const sent = await discord.user().slash('compose', options);
  const acknowledged = performance.now() - start;
  const finished = await sent.until(({ attachments }) => attachments.length === 3);
  return { acknowledged, finished: performance.now() - start, message: finished };
}

const times = [];
for (let seed = 0; seed <= rounds; seed++) {
  const { finished } = await reply({ notes: 300, seed });
  if (seed > 0) times.push(finished); // the first is a warm-up
}
const sorted = times.toSorted((a, b) => a - b);

const others = [1, 2, 3, 4].map((seed) => reply({ notes: 2000, seed }));
await new Promise((resolve) => setTimeout(resolve, 300)); // so that they are composing
const { acknowledged } = await reply({ notes: 300, seed: 5 });
await Promise.all(others);

bot.kill('SIGTERM');
await once(bot, 'close');
await discord.stop();
await rm(home, { recursive: true });
console.log(
  JSON.stringify({ median: sorted[rounds / 2], p95: sorted[Math.ceil(0.95 * rounds) - 1], acknowledged }),
);
