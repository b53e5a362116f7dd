import { inEnglish } from '../i18n/in-english.js';
import { Locale, MessageFlags, PermissionFlagsBits } from 'discord.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { useBot, type InProcessBot } from '../bot/in-process-bot.js';
import type { LocalDiscord } from '../../local-discord/local-discord.js';
import type { ShownMessage } from '../../local-discord/shown-message.js';
import type { LocalUser } from '../../local-discord/user.js';

const midi = { name: 'tune.mid', bytes: Buffer.from('MThd and the rest') };
const post = 'POST /channels/{channel_id}/messages';

let discord: LocalDiscord;
let bot: InProcessBot;
let user: LocalUser;
let me: string;

const restart = useBot((...started) => {
  [discord, bot] = started;
});

beforeEach(() => {
  user = discord.user();
  me = `<@${discord.applicationId}>`;
});

/** The bot's reply to a message, once it matches. */
async function replyTo(
  { id }: ShownMessage,
  isAsked: (reply: ShownMessage) => boolean = () => true,
  where: LocalUser = user,
): Promise<ShownMessage> {
  let found: ShownMessage | undefined;
  await discord.until(() => {
    found = where
      .messages()
      .find((other) => other.raw.message_reference?.message_id === id && isAsked(other));
    return found !== undefined;
  }, 'a reply');
  return found!;
}

const hasFiles = ({ attachments }: ShownMessage): boolean => attachments.length > 0;

describe('the language of a reply', () => {
  it('is the server’s, unless a manager chose another', async () => {
    const guild = discord.addGuild({ locale: Locale.Russian });
    const there = user.in(discord.addChannel(guild, 'общий'));
    await restart();
    const refused = await replyTo(there.say(`${me} nots:3`), undefined, there);
    expect(refused.content).toContain('Параметра «nots» нет');

    const admin = there.as({ permissions: PermissionFlagsBits.ManageGuild });
    const chosen = await admin.slash('settings language', { language: 'de' });
    expect(chosen.message.content).toContain('Deutsch');
    const asked = there.say(`${me} noten:20 tonleiter:dorisch stimmung:traurig`);
    const job = await bot.music.nextJob();
    expect(job.request).toMatchObject({ notes: 20, key: { scale: 'dorian' }, mood: ['sad'] });
    job.finish();
    const { buttons } = await replyTo(asked, hasFiles, there);
    expect(buttons.map((button) => 'label' in button && button.label)).toContain('Noch eins');
  });
});

describe('a message that mentions the bot', () => {
  it('is answered by a reply with the piece and its buttons', async () => {
    const asked = user.say(`${me} notes:20 temp:0.8 key:C`, { files: [midi] });
    const job = await bot.music.nextJob();
    expect(job.request).toMatchObject({
      notes: 20,
      temperature: 0.8,
      key: { tonic: 'C', scale: 'major' },
      task: { opening: { title: 'tune.mid' } },
    });
    expect(job.options.owner).toBe(user.id);
    job.finish();
    const reply = await replyTo(asked, hasFiles);
    expect(reply.attachments).toHaveLength(3);
    expect(reply.allowedMentions).toEqual({ parse: [] });

    const again = await discord.user().press(reply, 'Again');
    const next = await bot.music.nextJob();
    expect(next.request).toMatchObject({ notes: 20, task: { opening: { title: 'tune.mid' } } });
    next.finish();
    await again.finished();
    await user.press(reply, 'Delete');
    await discord.until(() => !discord.messages().some(({ id }) => id === reply.id), 'the deletion');
  });

  it('is answered in its thread', async () => {
    const thread = discord.addThread(discord.channel, 'nocturnes');
    thread.appPermissions &= ~PermissionFlagsBits.SendMessages;
    const asked = user.in(thread).say(`${me} notes:20`);
    (await bot.music.nextJob()).finish();
    expect((await replyTo(asked, hasFiles, user.in(thread))).channelId).toBe(thread.id);
  });

  it('shows progress in the same reply, and can be cancelled there', async () => {
    const asked = user.say(`${me} notes:20`);
    const job = await bot.music.nextJob();
    job.options.onProgress?.({ stage: 'composing', notes: 5, total: 20 });
    const reply = await replyTo(asked);
    expect(reply.content).toBe('Composing: 5 of 20 notes.');
    await user.press(reply, 'Cancel');
    const told = await replyTo(asked, ({ content }) => content.startsWith('Cancelled'));
    expect(told.content).toBe(inEnglish('compose.cancelled'));
    expect(discord.messages().map(({ id }) => id)).toEqual([asked.id, told.id]);
  });

  it('becomes the result without another message', async () => {
    const asked = user.say(`${me} takes:2`);
    const jobs = [await bot.music.nextJob(), await bot.music.nextJob()];
    for (const job of jobs) job.options.onProgress?.({ stage: 'rendering' });
    await replyTo(asked);
    for (const job of jobs) job.finish();
    const reply = await replyTo(asked, hasFiles);
    expect(reply.content).toContain('**2 versions.**');
    expect(discord.messages()).toHaveLength(2);
  });

  it('is answered even if the connection breaks once', async () => {
    discord.faults.plan(post, { hangUp: 'before' });
    const asked = user.say(`${me} notes:20`);
    (await bot.music.nextJob()).finish();
    await replyTo(asked, hasFiles);
    expect(discord.messages()).toHaveLength(2);
  });

  it.each([
    ['notes:0', '`notes` must be a whole number from 1 to 2,000'],
    ['takes:5', '`takes` must be a whole number from 1 to 4.'],
    ['voice:maybe', '`voice` must be true or false'],
    ['nots:20', 'There is no option called "nots"'],
    ['private:true', 'There is no option called "private"'],
  ])('with %j gets an error that says what is wrong', async (text, sentence) => {
    const told = await replyTo(user.say(`${me} ${text}`));
    expect(told.content).toContain(sentence);
    expect(told.attachments).toEqual([]);
  });

  it.each([
    ['a sad slow piece please', { text: { words: ['sad', 'slow'], ignored: [] } }],
    ['sad, notes:20, temp:0.8', { text: { words: ['sad'] }, notes: 20, temperature: 0.8 }],
    ['notes:20,temp:0.8', { notes: 20, temperature: 0.8 }],
    ['notes:20 text:"very happy" in 3/4', { notes: 20, text: { words: ['very:happy', '3/4'] } }],
    ['style:sad,chopin, notes:20', { mood: ['sad'], composer: 'chopin', notes: 20 }],
    ['please: notes:20', { notes: 20 }],
    ['a sad piece: notes:20', { notes: 20, text: { said: 'a sad piece', words: ['sad'] } }],
    ['request: sad and slow', { text: { words: ['sad', 'slow'] } }],
    ['make music, please, takes:1', { notes: 300 }],
  ])('is understood: %s', async (text, request) => {
    user.say(`${me} ${text}`);
    const job = await bot.music.nextJob();
    expect(job.request).toMatchObject(request);
    job.finish();
  });

  it.each(['', 'help', 'Hilfe!', 'hello', 'how was your weekend?'])(
    'gets help when it has no request: %j',
    async (text) => {
      const told = await replyTo(user.say(`${me} ${text}`), hasFiles);
      expect(told.content).toContain('`/compose style:dreamy,debussy`');
      expect(told.attachments.map(({ name }) => name)).toEqual(['piano-roll.png', 'preview.ogg']);
    },
  );

  it('with another kind of file gets an error', async () => {
    const files = [{ name: 'a.png', bytes: Buffer.from('\x89PNG', 'latin1') }];
    expect((await replyTo(user.say(me, { files }))).content).toBe(inEnglish('message.one-midi'));
  });

  it('gets an error that names a missing permission', async () => {
    expect((await replyTo(user.say(`${me} voice:true`))).content).toContain('"Send Voice Messages"');
  });
});

describe('a command that was copied into a message', () => {
  it('is read with its style and its settings in more', async () => {
    user.say(`${me} notes:20 style:"sad, debussy" more:scale:dorian tempo:0.5`);
    const { request } = await bot.music.nextJob();
    expect(request).toMatchObject({
      ...{ notes: 20, mood: ['sad'], composer: 'debussy', key: { scale: 'dorian' }, tempo: 0.5 },
    });
    const told = await replyTo(user.say(`${me} tempo:1 more:"tempo:0.5"`));
    expect(told.content).toContain('You set `tempo` twice');
  });
});

describe('other messages', () => {
  it('are ignored', async () => {
    user.say('notes:20', { files: [midi] });
    const reply = await user.slash('compose');
    (await bot.music.nextJob()).finish();
    user.say('lovely', { replyTo: await reply.finished() });
    const asked = user.say(`${me} notes:33`);
    const job = await bot.music.nextJob();
    expect(job.request.notes).toBe(33);
    job.finish();
    await replyTo(asked, hasFiles);
  });
});

describe('a direct message', () => {
  it('gets a voice message', async () => {
    const there = user.dm();
    there.say('voice:true');
    (await bot.music.nextJob()).finish();
    const isVoice = ({ flags }: ShownMessage): boolean => (flags & MessageFlags.IsVoiceMessage) !== 0;
    await discord.until(() => there.messages().some(isVoice), 'a voice message');
  });

  it('can forward a message with a MIDI file', async () => {
    const there = user.dm();
    const forwarded = there.forward(there.say('notes:21', { files: [midi] }));
    await bot.music.nextJob().then((job) => job.finish());
    const job = await bot.music.nextJob();
    expect(job.request).toMatchObject({ task: { opening: { title: 'tune.mid' } } });
    job.finish();
    await replyTo(forwarded, hasFiles, there);
  });

  it('needs no mention', async () => {
    const there = user.dm();
    const asked = there.say('notes:21', { files: [midi] });
    const job = await bot.music.nextJob();
    expect(job.request).toMatchObject({ notes: 21, task: { opening: { title: 'tune.mid' } } });
    job.finish();
    expect((await replyTo(asked, hasFiles, there)).attachments).toHaveLength(3);
    there.say('ein trauriges Stück');
    const sad = await bot.music.nextJob();
    expect(sad.request).toMatchObject({ text: { words: ['sad'], ignored: [] } });
    sad.finish();
    expect((await replyTo(there.say('hello'), hasFiles, there)).content).toContain('/compose');
  });
});
