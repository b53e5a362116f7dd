/** Runs the bot as its operator starts it, for benchmarks that talk to it from outside. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const parameters = scripts.start
  .split(' ')
  .slice(1) // after `node`
  // The bot runs in a folder of its own.
  .map((each) => (each.startsWith('./') ? new URL(`../${each}`, import.meta.url).href : each));
const here = fileURLToPath(new URL(`../${parameters.at(-1)}`, import.meta.url));

/** Node's own arguments in `npm start`. */
export const nodeOptions = parameters.slice(0, -1);

// Otherwise the bot would outlive this process.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/**
 * Starts the bot in a separate process, which ends with this one. Its errors go to the output of this
 * process.
 * @param program of another checkout, instead of this one's bot
 */
export function startBot(discord, home, settings = {}, program = here) {
  const bot = spawn(process.execPath, [...nodeOptions, program], {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_CDN_HOSTS: discord.cdnHost,
      LOG_LEVEL: 'warn',
      // As in the systemd unit and the image.
      MALLOC_ARENA_MAX: '2',
      MALLOC_MMAP_THRESHOLD_: '1048576',
      ...settings,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const end = () => bot.kill('SIGKILL');
  process.once('exit', end);
  bot.once('exit', () => process.off('exit', end));
  return bot;
}
