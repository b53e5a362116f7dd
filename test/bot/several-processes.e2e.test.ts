import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalDiscord } from '../../local-discord/local-discord.js';
import type { Guild } from '../../local-discord/places.js';
import type { LocalUser } from '../../local-discord/user.js';
import { BotProcess, makeHome, removeHome } from './bot-process.js';

let home: string;
let discord: LocalDiscord;
let bots: BotProcess[] = [];
const started: BotProcess[] = [];

beforeEach(async () => {
  home = await makeHome();
  discord = await LocalDiscord.start();
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((bot) => bot.stop()));
  await discord.stop();
  await removeHome(home);
  expect(discord.violations).toEqual([]);
});

/** Starts processes that share a home and a data folder. */
async function start(...settings: readonly Readonly<Record<string, string>>[]): Promise<void> {
  bots = await Promise.all(settings.map((each) => BotProcess.start(home, discord, each)));
  started.push(...bots);
}

/** A server of a shard, with an ID near that of the first server. */
function guildOn(shard: number, shards: number): Guild {
  const first = BigInt(discord.guild.id) >> 22n;
  const offset = (BigInt(shard) - (first % BigInt(shards)) + BigInt(shards)) % BigInt(shards);
  if (offset === 0n) return discord.guild;
  return discord.addGuild({ id: String(BigInt(discord.guild.id) + (offset << 22n)) });
}

function managerOf(guild: Guild): LocalUser {
  const manager = discord.user({ permissions: PermissionFlagsBits.ManageGuild });
  return manager.in(discord.addChannel(guild, 'music'));
}

async function expectPiece(user: LocalUser): Promise<void> {
  const reply = await user.slash('compose', { notes: 5 });
  await reply.until(({ attachments }) => attachments.length === 3);
}

async function expectShards(...shards: readonly number[]): Promise<void> {
  await expect.poll(() => [...discord.gateway.readyShards].sort()).toEqual(shards);
}

function answered(bot: BotProcess): number {
  return bot.log.all('answered').length;
}

describe('two processes with one token, as during an upgrade', () => {
  it('answer everything once', async () => {
    await start({}, {});
    const user = discord.user({ permissions: PermissionFlagsBits.ManageGuild });
    for (let n = 0; n < 5; n++) await expectPiece(user);
    const replies = await Promise.all([
      user.slash('settings defaults', { notes: 7 }),
      user.slash('preset save', { name: 'mine', notes: 8 }),
      user.slash('help'),
    ]);
    const said = [...(await Promise.all(replies.map((reply) => reply.answered())))];
    expect(said).toHaveLength(3);
    for (const reply of replies) expect(reply.followUps).toEqual([]);

    await expect.poll(() => bots.flatMap((bot) => bot.log.all('nobody waits for the answer')).length).toBe(8);
    await expect.poll(() => bots.flatMap((bot) => bot.log.all('answered')).length).toBe(8);
    for (const bot of bots) {
      expect(bot.log.all('failed')).toEqual([]);
      expect(bot.log.all('nobody waits for the answer').map(({ level }) => level)).not.toContain(50);
    }
    const files = discord.messages().filter(({ attachments }) => attachments.length === 3);
    expect(files).toHaveLength(5);
    await start({});
    const shown = await (await user.slash('settings show')).answered();
    expect(shown.content).toContain('notes:7');
  });
});

describe('several shards', () => {
  it('are as many as Discord recommends, in one process', async () => {
    const guilds = [guildOn(0, 2), guildOn(1, 2)];
    discord.gateway.recommendedShards = 2;
    await start({});
    await expectShards(0, 1);
    for (const guild of guilds) await expectPiece(managerOf(guild));
    await expectPiece(discord.user().dm());
  });

  it('can be divided among processes, each of which serves its own servers', async () => {
    const people = [0, 1, 2, 3].map((shard) => managerOf(guildOn(shard, 4)));
    await start({ SHARD_LIST: '0,2', SHARD_COUNT: '4' }, { SHARD_LIST: '1, 3', SHARD_COUNT: '4' });
    await expectShards(0, 1, 2, 3);
    for (const person of people) {
      await expectPiece(person);
      await person.slash('settings defaults', { notes: 6 });
    }
    await expect.poll(() => bots.map((bot) => answered(bot))).toEqual([4, 4]);
    await expectPiece(discord.user().dm());
    await expect.poll(() => bots.map((bot) => answered(bot))).toEqual([5, 4]);
    for (const bot of bots) expect(bot.log.all('nobody waits for the answer')).toEqual([]);
  });
});
