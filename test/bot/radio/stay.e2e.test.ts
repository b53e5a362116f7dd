import { fileURLToPath } from 'node:url';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VoiceChannel } from '../../../local-discord/places.js';
import type { ShownMessage } from '../../../local-discord/shown-message.js';
import type { LocalUser } from '../../../local-discord/user.js';
import type { Listener } from '../../../local-discord/voice/listener.js';
import { Stage } from '../bot-process.js';

const certificate = new URL('../../../local-discord/voice/certificate.pem', import.meta.url);
const stage = new Stage({ VOICE: 'on', NODE_EXTRA_CA_CERTS: fileURLToPath(certificate) });
let lounge: VoiceChannel;
let garden: VoiceChannel;
let manager: LocalUser;
let ears: Listener;
let bob: LocalUser;

beforeAll(() => {
  const { discord } = stage;
  lounge = discord.addVoiceChannel(discord.guild, 'lounge');
  garden = discord.addVoiceChannel(discord.guild, 'garden');
  manager = discord.user({ name: 'Ann', permissions: PermissionFlagsBits.ManageGuild });
  bob = discord.user({ name: 'Bob' });
});

afterAll(() => {
  expect(stage.bot.complaints).toBe('');
  expect(stage.discord.voice.problems).toEqual([]);
});

async function playerThat(isAsked: (message: ShownMessage) => boolean): Promise<ShownMessage> {
  let found: ShownMessage | undefined;
  const look = (): ShownMessage | undefined =>
    stage.discord.messages().findLast((each) => each.content.includes('Radio') && isAsked(each));
  await expect.poll(() => (found = look())).toBeDefined();
  return found!;
}

async function say(
  who: LocalUser,
  command: string,
  options?: Record<string, string | number | boolean>,
): Promise<string> {
  return (await (await who.slash(command, options)).answered()).content;
}

const seedOf = ({ content }: ShownMessage): string | undefined => /seed `(\d+)`/.exec(content)?.[1];

describe('a radio that stays', () => {
  it('is started by managers only', async () => {
    const sees = await bob.joinVoice(lounge);
    expect(await say(bob, 'radio start', { stay: true })).toContain('Manage Server');
    sees.leave();
  });

  it('says that it plays around the clock', async () => {
    ears = await manager.joinVoice(lounge);
    expect(await say(manager, 'radio start', { stay: true, text: 'calm' })).toContain('Playing');
    await ears.hears(50);
    await playerThat(({ content }) => content.includes('around the clock'));
  });

  it('comes back when the network takes it out of its channel, and nobody did', async () => {
    await stage.discord.voice.drop(4014);
    const before = ears.hearing().frames.length;
    await expect.poll(() => ears.hearing().frames.length, { timeout: 60_000 }).toBeGreaterThan(before + 100);
  });

  it('says that it goes on when the bot stops, and does, in the channel it was moved to', async () => {
    await stage.discord.voice.moveBot(garden);
    ears.leave();
    ears = await manager.joinVoice(garden);
    await playerThat(({ content }) => content.includes(`<#${garden.id}>`));
    stage.bot.signal('SIGTERM');
    expect(await stage.bot.exited).toBe(0);
    await playerThat(({ content }) => content.includes('goes on by itself'));
    await stage.startBot();
    await ears.hears(100);
    const player = await playerThat((message) => seedOf(message) !== undefined);
    expect(player.content).toContain(`<#${garden.id}>`);
    expect(player.content).toContain('calm');
  });

  it('goes on after the bot was killed', async () => {
    stage.bot.signal('SIGKILL');
    await stage.bot.exited;
    await stage.startBot();
    await ears.hears(100);
  });

  it('is skipped by the DJ role alone, though others listen', async () => {
    const dj = stage.discord.addRole(stage.discord.guild, 'DJ');
    dj.members.add(bob.id);
    const carol = stage.discord.user({ name: 'Carol' });
    const others = [await bob.joinVoice(garden), await carol.joinVoice(garden)];
    expect(await say(bob, 'radio skip')).toContain('1 of 2 votes');
    expect(await say(bob, 'radio settings', { 'time-zone': 'Europe/Berlin' })).toContain('Manage Server');
    expect(await say(manager, 'radio settings', { 'time-zone': 'Nowhere' })).toContain('Nowhere');
    const answer = await manager.slash('radio settings', { dj, 'time-zone': 'europe/berlin' });
    expect((await answer.answered()).content).toContain(`<@&${dj.id}>`);
    const before = seedOf(await playerThat((message) => seedOf(message) !== undefined));
    expect(await say(bob, 'radio skip')).toContain('Skipping');
    await playerThat((message) => seedOf(message) !== undefined && seedOf(message) !== before);
    for (const other of others) other.leave();
  });

  it('does not come back once somebody stopped it', async () => {
    expect(await say(manager, 'radio stop')).toContain('Stopped');
    stage.bot.signal('SIGTERM');
    await stage.bot.exited;
    await stage.startBot();
    expect(await say(manager, 'radio now')).toContain('No radio');
  });
});

describe('a radio that ends', () => {
  it('says when, in the time of each reader', async () => {
    expect(await say(manager, 'radio start', { until: 'soon' })).toContain('soon');
    expect(await say(manager, 'radio start', { until: '22:30', 'by-hour': true })).toContain('Playing');
    await playerThat(({ content }) => /until <t:\d+:t>/.test(content));
    await ears.hears(50);
    await say(manager, 'radio stop');
  });
});
