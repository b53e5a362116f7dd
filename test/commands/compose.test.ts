import { inEnglish } from '../i18n/in-english.js';
import { ApplicationCommandOptionType, Locale, PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { fakeComposition } from '../bot/fake-composition.js';
import { useBot, type InProcessBot } from '../bot/in-process-bot.js';
import type { LocalDiscord } from '../../local-discord/local-discord.js';
import { ClientRefusal } from '../../local-discord/refusal.js';
import type { LoggedRequest } from '../../local-discord/rest/log.js';
import { slashCommandData } from '../bot/fake-services.js';

const download = 'GET /attachments/{channel_id}/{attachment_id}/{name}';
const midi = { name: 'Für Elise.mid', bytes: Buffer.from('MThd and the rest') };

let discord: LocalDiscord;
let bot: InProcessBot;

const restart = useBot((...started) => {
  [discord, bot] = started;
});

describe('the definition of /compose', () => {
  const data = slashCommandData('compose');

  it('declares every option with its limits', () => {
    const declared = Object.fromEntries(data.options!.map((option) => [option.name, option]));
    expect(Object.keys(declared)).toEqual([
      ...['text', 'style', 'notes', 'length', 'temp', 'key', 'chords', 'bpm', 'seed', 'model'],
      ...['preset', 'midi', 'takes', 'private', 'voice', 'more'],
    ]);
    expect(declared).toMatchObject({
      notes: { type: ApplicationCommandOptionType.Integer, minValue: 1, maxValue: 2000 },
      temp: { type: ApplicationCommandOptionType.Number, minValue: 0.1, maxValue: 5 },
      text: { maxLength: 200 },
      style: { autocomplete: true },
      model: { autocomplete: true },
      more: { autocomplete: true },
      midi: {
        type: ApplicationCommandOptionType.Attachment,
        fileTypes: ['.mid', '.midi', '.kar', '.rmi', '.smf'],
      },
    });
  });

  it('lets Discord itself reject invalid values', async () => {
    const user = discord.user();
    for (const options of [
      { notes: 0 },
      { notes: 2001 },
      { notes: 1.5 },
      { temp: 5.1 },
      { key: 'H' },
      { seed: 2 ** 32 },
      { midi: { name: 'picture.png', bytes: midi.bytes } },
    ]) {
      await expect(user.slash('compose', options)).rejects.toThrow(ClientRefusal);
    }
  });
});

describe('/compose', () => {
  it('passes on the options, the owner and the size limit', async () => {
    const user = discord.user();
    await user.slash('compose', {
      notes: 12,
      temp: 0.8,
      key: 'Eb',
      seed: 4_294_967_295,
      model: 'lstm-small',
      more: 'tempo:0.5 pitch:60 velocity:80 scale:dorian quantise:triplet voices:mono',
    });
    const { request, options } = await bot.music.nextJob();
    expect(request).toMatchObject({
      notes: 12,
      temperature: 0.8,
      tempo: 0.5,
      pitch: 60,
      velocity: 80,
      key: { tonic: 'Eb', scale: 'dorian' },
      quantise: 'triplet',
      voices: 'mono',
      seed: 4_294_967_295,
      model: 'lstm-small',
    });
    expect(options).toMatchObject({ owner: user.id, maxFileBytes: 10 * 1024 * 1024 });
  });

  it('never exceeds the size limit of the channel', async () => {
    discord.settings.attachmentSizeLimit = 1_000_000;
    await discord.user().slash('compose');
    expect((await bot.music.nextJob()).options.maxFileBytes).toBe(1_000_000);
  });

  it('never exceeds its own size limit, whatever Discord allows', async () => {
    discord.settings.attachmentSizeLimit = 500 * 1024 * 1024;
    await discord.user().slash('compose');
    expect((await bot.music.nextJob()).options.maxFileBytes).toBe(10 * 1024 * 1024);
  });

  it('works in direct messages and, for those who installed it, anywhere', async () => {
    const user = discord.user({ hasInstalledApp: true });
    const elsewhere = discord.addChannel(discord.addGuild({ name: 'Elsewhere', hasBot: false }), 'general');
    for (const place of [user.dm(), user.in(discord.addGroup([user, discord.user()])), user.in(elsewhere)]) {
      const reply = await place.slash('compose');
      (await bot.music.nextJob()).finish();
      expect((await reply.finished()).attachments).toHaveLength(3);
    }
  });

  it('answers privately where external apps may not post, with working buttons', async () => {
    const user = discord.user({ hasInstalledApp: true, lacks: PermissionFlagsBits.UseExternalApps });
    const elsewhere = discord.addChannel(discord.addGuild({ name: 'Strict', hasBot: false }), 'general');
    const place = user.in(elsewhere);
    const reply = await place.slash('compose');
    (await bot.music.nextJob()).finish();
    const message = await reply.finished();
    expect(message.ephemeral).toBe(true);
    const again = await place.press(message, 'Again');
    (await bot.music.nextJob()).finish();
    const other = await again.finished();
    expect(other.ephemeral).toBe(true);
    expect(other.attachments).toHaveLength(3);
    await place.press(message, 'Delete');
    const isDeleted = ({ method, status }: LoggedRequest): boolean => method === 'DELETE' && status === 204;
    await discord.until(() => discord.requests.some(isDeleted), 'the deletion');
  });

  it('works in threads created before and after the bot joined', async () => {
    const user = discord.user();
    const threads = [discord.addThread(discord.channel, 'one')];
    await restart();
    threads.push(discord.addThread(discord.channel, 'another'));
    for (const thread of threads) {
      const reply = await user.in(thread).slash('compose');
      (await bot.music.nextJob()).finish();
      const message = await reply.finished();
      expect(message.channelId).toBe(thread.id);
      const again = await user.in(thread).press(message, 'Again');
      (await bot.music.nextJob()).finish();
      expect((await again.finished()).channelId).toBe(thread.id);
    }
  });

  it('says when the preview is only the beginning', async () => {
    const reply = await discord.user().slash('compose');
    (await bot.music.nextJob()).finish(fakeComposition({ audioCutAtSeconds: 30 }));
    expect((await reply.finished()).content).toContain('the first 0:30');
  });
});

describe('style', () => {
  it('accepts several moods, which Again keeps', async () => {
    const user = discord.user();
    const reply = await user.slash('compose', { style: 'sad, ruhig, chopin' });
    const job = await bot.music.nextJob();
    job.finish();
    expect(job.request).toMatchObject({ mood: ['sad', 'calm'], composer: 'chopin' });
    await user.press(await reply.finished(), 'Again');
    expect((await bot.music.nextJob()).request).toMatchObject({ mood: ['sad', 'calm'], composer: 'chopin' });
  });

  it('accepts moods, eras and composers, in any language', async () => {
    const user = discord.user();
    for (const style of ['sad, debussy, modern', 'Traurig、ドビュッシー，moderne', 'sad,debussy,modern,']) {
      await user.slash('compose', { style });
      const { request } = await bot.music.nextJob();
      expect(request).toMatchObject({ mood: ['sad'], composer: 'debussy', era: 'modern' });
    }
  });

  it.each([
    ['sad, polonaise', '`style` must be one of sad, calm,'],
    ['chopin, bach', 'You set `composer` twice'],
  ])('says what is wrong with %s', async (style, sentence) => {
    const { message } = await discord.user().slash('compose', { style });
    expect(message.ephemeral).toBe(true);
    expect(message.content).toContain(sentence);
  });

  it('suggests what can be added after what was typed', async () => {
    const suggested = async (style: string, locale?: Locale): Promise<unknown> =>
      (await discord.user({ ...(locale && { locale }) }).autocomplete('compose', { style }, 'style')).map(
        ({ value }) => value,
      );
    expect(await suggested('')).toHaveLength(25);
    expect(await suggested('dra')).toEqual(['dramatic']);
    expect(await suggested('sad, de')).toEqual([
      'sad, modern',
      'sad, handel',
      'sad, mendelssohn',
      'sad, debussy',
    ]);
    expect(await suggested('sad,')).not.toContain('sad, calm');
    expect(await suggested('traurig, deb', Locale.German)).toEqual(['traurig, debussy']);
  });
});

describe('more', () => {
  it.each([
    ['tempo', '0.5', '2.5'],
    ['opening', 'bach-prelude', 'x y'],
  ])('accepts %s, and says what is wrong with it', async (name, fine, wrong) => {
    const user = discord.user();
    await user.slash('compose', { more: `${name}:${fine}` });
    expect(await bot.music.nextJob()).toBeDefined();
    const { message } = await user.slash('compose', { more: `${name}:"${wrong}"` });
    expect(message.ephemeral).toBe(true);
    expect(message.content).toContain(`\`${name}\` `);
  });

  it('suggests openings by their titles, which it accepts as well', async () => {
    const user = discord.user();
    const suggestions = await user.autocomplete('compose', { more: 'notes:9 opening:fur' }, 'more');
    expect(suggestions).toEqual([
      { name: 'notes:9 opening:"L. van Beethoven, Für Elise"', value: 'notes:9 opening:beethoven-elise' },
    ]);
    const inGerman = discord.user({ locale: Locale.German });
    expect(await inGerman.autocomplete('compose', { more: 'anfang:präludium' }, 'more')).toMatchObject([
      { value: 'anfang:bach-prelude' },
    ]);
  });

  it('accepts every setting by every name it ever had, in every language', async () => {
    const user = discord.user();
    await user.slash('compose', { more: 'mood:sad composer:bach era:baroque density:dense polyphonie:dünn' });
    expect((await bot.music.nextJob()).request).toMatchObject({
      ...{ mood: ['sad'], composer: 'bach', era: 'baroque', density: 'dense', polyphony: 'thin' },
    });
    await user.slash('compose', { more: 'notes:20 temperature:0.5 quantize:straight sampling:source' });
    expect((await bot.music.nextJob()).request).toMatchObject({
      ...{ notes: 20, temperature: 0.5, quantise: 'straight', sampling: 'source' },
    });
  });

  it.each([
    [{ notes: 20, more: 'notes:30' }, 'You set `notes` twice'],
    [{ style: 'sad', more: 'mood:happy' }, 'You set `mood` twice'],
    [{ more: 'slow' }, 'I don\'t understand "slow"'],
    [{ more: 'takes:2' }, 'There is no option called "takes". Use one of text, style, notes'],
  ])('is refused: %j', async (options, sentence) => {
    const { message } = await discord.user().slash('compose', options);
    expect(message.ephemeral).toBe(true);
    expect(message.content).toContain(sentence);
  });

  it('is completed while typing: first the name, then the value', async () => {
    const suggested = async (more: string, locale?: Locale): Promise<readonly unknown[]> => {
      const user = discord.user({ ...(locale && { locale }) });
      const found = await user.autocomplete('compose', { more }, 'more');
      for (const { name, value } of found)
        expect(Math.max(name.length, String(value).length)).toBeLessThan(101);
      return found.map(({ value }) => value);
    };
    expect(await suggested('')).toEqual(
      ['scale', 'tempo', 'pitch', 'velocity', 'quantise', 'voices', 'sampling', 'mood', 'density']
        .concat('polyphony', 'composer', 'era', 'genre', 'ensemble', 'instruments', 'without')
        .concat('meter', 'bars', 'form', 'opening', 'title')
        .map((name) => `${name}:`),
    );
    expect(await suggested('tempo:0.5 ve')).toEqual(['tempo:0.5 velocity:']);
    expect(await suggested('tempo:0.5 tem')).toEqual([]);
    expect(await suggested('tempo:0.5 scale:har')).toEqual(['tempo:0.5 scale:harmonic-minor']);
    expect(await suggested('tempo:')).toEqual(['tempo:0.5', 'tempo:0.75', 'tempo:1.25', 'tempo:1.5']);
    expect(await suggested('tempo:0.6')).toEqual(['tempo:0.6']);
    expect(await suggested('opening:mo')).toEqual(['opening:mozart-sonata']);
    expect(await suggested('tempo:0.5 tonl', Locale.German)).toEqual(['tempo:0.5 tonleiter:']);
    expect(await suggested('tonleiter:dor', Locale.German)).toEqual(['tonleiter:dorisch']);
    expect(await suggested(`opening:${'x'.repeat(80)} scale:har`)).toEqual([]);
  });
});

describe('/compose with a MIDI file', () => {
  it('starts from the file', async () => {
    await discord.user().slash('compose', { midi, notes: 5 });
    const { request } = await bot.music.nextJob();
    expect(request).toMatchObject({
      notes: 5,
      task: { opening: { title: expect.stringMatching(/Elise\.mid$/) as string } },
    });
  });

  it('tells only the person when the file is something else', async () => {
    const reply = await discord.user().slash('compose', {
      midi: { name: 'picture.mid', bytes: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') },
    });
    const told = await reply.answered();
    expect(told.ephemeral).toBe(true);
    expect(told.content).toContain('not a MIDI file');
    expect(discord.messages()).toEqual([]);
  });

  it('reports a late failure in the public reply, which can be deleted', async () => {
    discord.faults.plan(download, {
      delayMs: 2300,
      status: 404,
      body: 'This content is no longer available.',
    });
    const user = discord.user();
    const reply = await user.slash('compose', { midi });
    expect(reply.message).toMatchObject({ loading: true, ephemeral: false });
    const told = await reply.answered();
    expect(told).toMatchObject({ ephemeral: false, content: inEnglish('attachment.expired') });
    expect(reply.followUps).toEqual([]);
    await user.press(told, 'Delete');
    await expect.poll(() => discord.messages()).toEqual([]);
  });

  it('refuses one that is too large before fetching it', async () => {
    const reply = await discord.user().slash('compose', {
      midi: { name: 'large.mid', bytes: Buffer.alloc(1100 * 1024) },
    });
    expect(reply.message.ephemeral).toBe(true);
    expect(reply.message.content).toContain(
      inEnglish('midi.too-large', { actual: 1100 * 1024, limit: 1024 * 1024 }),
    );
    expect(downloads()).toEqual([]);
  });

  it('refuses two beginnings at once', async () => {
    const reply = await discord.user().slash('compose', { midi, more: 'opening:bach-prelude' });
    expect(reply.message.ephemeral).toBe(true);
    expect(reply.message.content).toBe(inEnglish('options.opening', { problem: 'two-beginnings' }));
    expect(downloads()).toEqual([]);
  });

  it.each([
    ['has expired', { status: 404, body: 'This content is no longer available.' }, 'no longer on Discord'],
    [
      'lies behind a redirect',
      { status: 302, headers: { location: '/elsewhere' } },
      inEnglish('attachment.unreachable'),
    ],
    ['never ends', { endless: true }, '1,024 kB'],
    ['cannot be reached', { hangUp: 'before' }, inEnglish('attachment.unreachable')],
  ] as const)('says so when the file %s', async (_, fault, sentence) => {
    discord.faults.plan(download, fault);
    const reply = await discord.user().slash('compose', { midi });
    const told = await reply.answered();
    expect(told.ephemeral).toBe(true);
    expect(told.content).toContain(sentence);
    expect(discord.messages()).toEqual([]);
    expect(downloads()).toHaveLength(1);
  });

  function downloads(): readonly unknown[] {
    return discord.requests.filter(({ route }) => route === download);
  }
});
