import { fileURLToPath } from 'node:url';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VoiceChannel } from '../../local-discord/places.js';
import type { ShownMessage } from '../../local-discord/shown-message.js';
import type { LocalUser } from '../../local-discord/user.js';
import type { Listener } from '../../local-discord/voice/listener.js';
import { readRecorded } from '../../src/request/recorded-piece.js';
import { Stage } from './bot-process.js';

const certificate = new URL('../../local-discord/voice/certificate.pem', import.meta.url);
const stage = new Stage({ VOICE: 'on', RADIOS: '1', NODE_EXTRA_CA_CERTS: fileURLToPath(certificate) });
let lounge: VoiceChannel;
let garden: VoiceChannel;
let ann: LocalUser;
let ears: Listener;
let bob: LocalUser;

beforeAll(() => {
  const { discord } = stage;
  lounge = discord.addVoiceChannel(discord.guild, 'lounge');
  garden = discord.addVoiceChannel(discord.guild, 'garden');
  ann = discord.user({ name: 'Ann' });
  bob = discord.user({ name: 'Bob' });
});

afterAll(() => {
  expect(stage.bot.complaints).toBe('');
  expect(stage.bot.log.all('something went wrong in a voice channel')).toEqual([]);
  expect(stage.discord.voice.problems).toEqual([]);
});

/** The radio's message, the newest there is. */
function player(): ShownMessage | undefined {
  return stage.discord.messages().findLast(({ content }) => content.includes('Radio'));
}

/** The radio's message, once it is as asked for. */
async function playerThat(isAsked: (message: ShownMessage) => boolean): Promise<ShownMessage> {
  let found: ShownMessage | undefined;
  await expect
    .poll(() => (found = [player()].find((message) => message !== undefined && isAsked(message))))
    .toBeDefined();
  return found!;
}

function seedOf({ content }: ShownMessage): string | undefined {
  return /seed `(\d+)`/.exec(content)?.[1];
}

async function say(
  who: LocalUser,
  command: string,
  options?: Record<string, string | number>,
): Promise<string> {
  return (await (await who.slash(command, options)).answered()).content;
}

/** Presses a button whose label begins with a word. */
async function press(who: LocalUser, word: string): Promise<Awaited<ReturnType<LocalUser['press']>>> {
  const message = player()!;
  const labels = message.buttons.flatMap((each) => ('label' in each ? [each.label ?? ''] : []));
  return who.press(message, labels.find((label) => label.startsWith(word)) ?? word);
}

describe('a radio', () => {
  it('is not started where it could not play', async () => {
    expect(await say(ann, 'radio now')).toContain('No radio is playing');
    expect(await say(ann, 'radio start')).toContain('Join a voice channel first');
    const { discord } = stage;
    const mute = discord.addVoiceChannel(discord.guild, 'mute');
    const all = mute.appPermissions;
    const sees = await ann.joinVoice(mute);
    discord.permit(mute, all & ~(PermissionFlagsBits.Speak | PermissionFlagsBits.Administrator));
    await expect.poll(() => say(ann, 'radio start')).toContain('I need "Speak"');
    sees.leave();
    const small = discord.addVoiceChannel(discord.guild, 'small', { userLimit: 1 });
    const alone = await ann.joinVoice(small);
    const refused = await say(ann, 'radio start');
    // Who may move members gets into full channels.
    if (!refused.includes('Playing')) expect(refused).toContain('is full');
    else await say(ann, 'radio stop');
    alone.leave();
  });

  it('is heard, encrypted, with every frame in order', async () => {
    ears = await ann.joinVoice(lounge);
    expect(await say(ann, 'radio start', { text: 'calm' })).toContain(`Playing in <#${lounge.id}>`);
    await ears.hears(300);
    const hearing = ears.hearing();
    expect(hearing.encrypted).toBe(hearing.frames.length);
    expect(hearing.failures).toEqual([]);
    expect(hearing.lost + hearing.outOfOrder + hearing.wrongTimestamps).toBe(0);
    const pcm = ears.pcm();
    const loudest = pcm.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest).toBeGreaterThan(300);
    const shown = await playerThat(
      (message) => seedOf(message) !== undefined && message.attachments.length === 1,
    );
    expect(shown.content).toContain('calm');
    expect(shown.attachments[0]).toMatchObject({ contentType: 'image/png' });
    expect(await say(ann, 'radio now')).toBe(shown.content);
    expect(await say(ann, 'radio start')).toContain('already playing');
  });

  it('becomes livelier when someone asks for it', async () => {
    const before = seedOf(player()!);
    await press(ann, 'Livelier');
    await playerThat(({ content }) => content.includes('livelier'));
    await playerThat((message) => seedOf(message) !== undefined && seedOf(message) !== before);
    await ears.hears(200);
    expect(ears.hearing().lost).toBe(0);
  });

  it('keeps a piece, with its MIDI file, sound and picture', async () => {
    await playerThat((message) => seedOf(message) !== undefined);
    const kept = await (
      await press(ann, 'Keep')
    ).until((message) => message.attachments.some(({ name }) => name.endsWith('.mid')));
    expect(kept.attachments.map(({ contentType }) => contentType)).toEqual([
      'audio/midi',
      'audio/ogg',
      'image/png',
    ]);
    const { request } = readRecorded(kept.file('.mid').bytes());
    expect(String(request.seed)).toBe(/seed `(\d+)`/.exec(kept.content)![1]);
  });

  it('can be liked, and its volume set', async () => {
    await press(ann, 'Like');
    await playerThat((message) =>
      message.buttons.some((each) => 'label' in each && each.label === 'Like (1)'),
    );
    expect(await say(ann, 'radio volume', { percent: 50 })).toContain('50%');
    await playerThat(({ content }) => content.includes('volume 50%'));
    expect(await say(bob, 'radio volume', { percent: 90 })).toContain('Only the person');
  });

  it('can be skipped by half of its listeners, but not by people who are not listening', async () => {
    expect(
      (await (await press(bob, 'Skip')).until(({ content }) => content.includes('listening'))).content,
    ).toContain('who are listening');
    const carol = stage.discord.user({ name: 'Carol' });
    const others = [await bob.joinVoice(lounge), await carol.joinVoice(lounge)];
    const before = seedOf(player()!);
    await press(bob, 'Skip');
    await playerThat((message) =>
      message.buttons.some((each) => 'label' in each && each.label === 'Skip (1/2)'),
    );
    await press(carol, 'Skip');
    await playerThat((message) => seedOf(message) !== undefined && seedOf(message) !== before);
    for (const other of others) other.leave();
  });

  it('pauses while nobody but another bot listens, and resumes when someone joins', async () => {
    const jukebox = stage.discord.user({ name: 'Jukebox', isBot: true });
    const other = await jukebox.joinVoice(lounge);
    await playerThat(({ content }) => content.includes(`Also here: <@${jukebox.id}>`));
    await other.hears(50);
    ears.leave();
    await playerThat(({ content }) => content.includes('Paused'));
    const heard = other.frames.length;
    ears = await ann.joinVoice(lounge);
    await ears.hears(100);
    // What the bot heard began with the person, too.
    expect(other.frames.length - heard).toBeLessThan(ears.frames.length + 50);
    await playerThat(({ content }) => !content.includes('Paused'));
    other.leave();
  });

  it('survives a broken connection and an invalid session', async () => {
    for (const code of [4015, 4006, undefined]) {
      await stage.discord.voice.drop(code);
      await ears.hears(150);
    }
    expect(await say(ann, 'radio now')).toContain(`<#${lounge.id}>`);
  });

  it('continues in the channel it is moved to', async () => {
    const others = await bob.joinVoice(garden);
    await stage.discord.voice.moveBot(garden);
    await others.hears(100);
    ears.leave();
    ears = await ann.joinVoice(garden);
    await ears.hears(100);
    others.leave();
    await playerThat(({ content }) => content.includes(`<#${garden.id}>`));
  });

  it('stops when it is disconnected, and says so', async () => {
    await stage.discord.voice.disconnectBot(stage.discord.guild);
    const last = await playerThat(({ content }) => content.includes('disconnected me'));
    expect(last.buttons).toEqual([]);
    expect(await say(ann, 'radio now')).toContain('No radio is playing');
  });

  it('can be stopped by the person who started it', async () => {
    await say(ann, 'radio start');
    await ears.hears(50);
    await playerThat((message) => message.buttons.length > 0);
    await press(ann, 'Stop');
    await playerThat(({ content }) => content.includes(`stopped the radio`));
    await expect.poll(() => stage.discord.voice.channelOfBot(stage.discord.guild)).toBeUndefined();
  });

  it('plays songs, where a style asks for them', async () => {
    await say(ann, 'radio start', { style: 'pop' });
    await ears.hears(100);
    const shown = await playerThat(({ content }) => content.includes('**Pop'));
    expect(shown.content).toMatch(/♩=\d+/);
    const kept = await (
      await press(ann, 'Keep')
    ).until((message) => message.attachments.some(({ name }) => name.endsWith('.mid')));
    const { request, piece } = readRecorded(kept.file('.mid').bytes());
    expect(request.task.kind).toBe('song');
    expect(piece.tracks.length).toBeGreaterThan(2);
    await say(ann, 'radio stop');
  });

  it('says so when the voice server refuses it', async () => {
    stage.discord.voice.faults.refusals = [4017];
    await say(ann, 'radio start');
    await playerThat(({ content }) => content.includes('encryption'));
  });

  it('says that it is stopping when the bot stops', async () => {
    await say(ann, 'radio start');
    await ears.hears(50);
    stage.bot.signal('SIGTERM');
    expect(await stage.bot.exited).toBe(0);
    await playerThat(({ content }) => content.includes('being restarted'));
  });
});
