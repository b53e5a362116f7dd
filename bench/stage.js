/** A local Discord in this process, the bot in another, and simulated people. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { runnerImport } from 'vite';
import { Random } from '../dist/model/random.js';
import { LocalDiscord } from '../dist/playground/local-discord/local-discord.js';
import { startBot } from './bot-process.js';
import { Person } from './crowd.js';
import { cpuMs, freePort, peakMebibytes, residentMebibytes } from './measure-process.js';

export const servers = 10;
const channelsEach = 3;

/**
 * @param trainers number of servers whose manager trains models
 * @param settings environment variables of the bot
 */
export async function openStage({ users, trainers = 0, seed, settings = {} }) {
  const { smallMidi } = (await runnerImport('./test/bot/small-midi.ts')).module;
  const discord = await LocalDiscord.start();
  // Before the bot starts: it receives its servers when it connects.
  const guilds = [discord.guild, ...Array.from({ length: servers - 1 }, () => discord.addGuild({}))];
  const rooms = guilds.map((guild) =>
    Array.from({ length: channelsEach }, (_, n) => discord.addChannel(guild, `music-${n}`)),
  );
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), 'load-'));
  const bot = startBot(discord, home, { MONITOR_PORT: String(port), ...settings });
  await discord.waitForReady({ command: 'compose' });

  const person = (channel, n, permissions = 0n) =>
    new Person(discord, discord.user({ permissions }).in(channel), new Random(seed * 100_000 + n), smallMidi);
  const channels = rooms.flat();
  async function figures() {
    return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  }
  return {
    discord,
    /** Process ID of the bot. */
    pid: bot.pid,
    /** A text channel of each server. */
    channels: rooms.map(([channel]) => channel),
    people: Array.from({ length: users }, (_, n) => person(channels[n % channels.length], n)),
    trainers: rooms
      .slice(0, trainers)
      .map(([channel], n) => person(channel, users + n, PermissionFlagsBits.ManageGuild)),

    /** Resident memory of the bot, in MiB. */
    resident: () => residentMebibytes(bot.pid),

    /** The most so far. */
    peakResident: () => peakMebibytes(bot.pid),

    /** CPU time that the bot has used so far, in ms, of all threads. */
    cpuMs: () => cpuMs(bot.pid),

    /** Delay of the bot's event loop since the last call, in ms. */
    async delay() {
      const text = await figures();
      const at = (quantile) => {
        const line = new RegExp(`^musical_ai_event_loop_delay_seconds{quantile="${quantile}"} (.*)$`, 'm');
        return Number(line.exec(text)[1]) * 1000;
      };
      return { p99: at('0.99'), max: at('1') };
    },

    /** The sum of one of the bot's metrics over all labels, or over those that match a pattern. */
    async figure(name, labels = '.*') {
      const lines = (await figures()).matchAll(new RegExp(`^${name}(?:\\{${labels}\\})? (.*)$`, 'gm'));
      return [...lines].reduce((sum, [, value]) => sum + Number(value), 0);
    },

    /** @returns the bot's exit code, and request bodies that Discord would have rejected */
    async close() {
      bot.kill('SIGTERM');
      const [code] = await once(bot, 'close');
      const { violations } = discord;
      await discord.stop();
      rmSync(home, { recursive: true });
      return { code, violations };
    },
  };
}

/** Prints a table row by row, and keeps track of exceeded limits. */
export class Table {
  #broken = [];

  constructor(title) {
    console.log(`\n${title}\n\n|  | measured | bound |\n| --- | --- | --- |`);
  }

  row(what, value, bound = '', holds = true) {
    if (!holds) this.#broken.push(what);
    console.log(`| ${what} | ${value} | ${bound} |`);
  }

  /** Limits for every run. */
  rows(seen, delay, { code, violations }) {
    const late = sorted(seen.flatMap(({ ackMs }) => ackMs ?? []));
    const count = (end) => seen.filter((each) => each.end === end).length;
    const [p95, last] = [quantile(late, 0.95), late.at(-1)];
    this.row('interactions', seen.length);
    this.row('without an acknowledgement', count('unanswered'), 'none', count('unanswered') === 0);
    this.row('acknowledged after, 95th percentile', ms(p95), '300 ms', p95 < 300);
    this.row('acknowledged after, latest', ms(last), '3000 ms', last < 3000);
    this.row('ended in a result', count('result'));
    this.row('ended in a sentence', count('sentence'));
    this.row('did not end', count('lost'), 'none', count('lost') === 0);
    this.row('event loop of the bot, 99th percentile', ms(delay.p99), '50 ms', delay.p99 < 50);
    this.row('event loop of the bot, longest', ms(delay.max));
    this.row('bodies that Discord forbids', violations.length, 'none', violations.length === 0);
    this.row('exit code after SIGTERM', code, '0', code === 0);
  }

  /** Sets the exit code. */
  end() {
    if (this.#broken.length === 0) return;
    console.log(`\nOut of bounds: ${this.#broken.join('; ')}.`);
    process.exitCode = 1;
  }
}

export function sorted(values) {
  return values.toSorted((a, b) => a - b);
}

export function quantile(values, q) {
  return values[Math.min(values.length - 1, Math.floor(values.length * q))] ?? NaN;
}

export function ms(value) {
  return `${value.toFixed(0)} ms`;
}

export function seconds(value) {
  return `${(value / 1000).toFixed(1)} s`;
}
