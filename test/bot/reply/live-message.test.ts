import { PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { byRole } from '../../compose/by-role.js';
import type { LocalDiscord } from '../../../local-discord/local-discord.js';
import type { Reply } from '../../../local-discord/reply.js';
import { english } from '../../../src/i18n/en/english.js';
import { soundIn } from '../../../src/i18n/sound.js';
import { fakeComposition } from '../fake-composition.js';
import type { Job } from '../fake-music.js';
import { useBot, type InProcessBot } from '../in-process-bot.js';

const edit = 'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original';

let discord: LocalDiscord;
let bot: InProcessBot;

useBot((...started) => {
  [discord, bot] = started;
});

async function begin(): Promise<{ reply: Reply; job: Job }> {
  const reply = await discord.user().slash('compose');
  return { reply, job: await bot.music.nextJob() };
}

function composing(notes: number): Parameters<NonNullable<Job['options']['onProgress']>>[0] {
  return { stage: 'composing', notes, total: 300 };
}

describe('the message while work is in progress', () => {
  it('is not edited when work finishes quickly', async () => {
    const { reply, job } = await begin();
    job.options.onProgress?.({ stage: 'queued', position: 1 });
    job.options.onProgress?.(composing(300));
    job.finish();
    await reply.finished();
    expect(reply.history.map(({ loading }) => loading)).toEqual([true, false]);
  });

  it('catches up after an edit that failed', async () => {
    const { reply, job } = await begin();
    discord.faults.plan(edit, { status: 400, body: { code: 0, message: 'not now' } });
    job.options.onProgress?.(composing(100));
    const shown = await reply.answered();
    expect(shown.content).toBe('Composing: 100 of 300 notes.');
    expect(bot.log.all('progress not shown')).toHaveLength(1);
    job.finish();
    await reply.finished();
  });

  it('pings nobody', async () => {
    const { reply, job } = await begin();
    job.options.onProgress?.(composing(1));
    await reply.answered();
    job.finish(fakeComposition({ named: { title: '@everyone' } }));
    await reply.finished();
    for (const { allowedMentions } of reply.history.slice(1)) expect(allowedMentions).toEqual({ parse: [] });
  });
});

describe('the result', () => {
  it('has its three files, byte for byte, and their alt texts', async () => {
    const { reply, job } = await begin();
    const composition = fakeComposition();
    job.finish(composition);
    const { attachments } = await reply.finished();
    const { midi, audio, image } = byRole(composition);
    const sound = soundIn(english, composition.piece);
    expect(sound).toContain('2 notes');
    expect(attachments.map(({ description }) => description)).toEqual([
      sound,
      english.altText.outputs.audio(sound, true),
      `Piano roll: ${sound}`,
    ]);
    expect(attachments.map((file) => Buffer.from(file.bytes()))).toEqual(
      [midi, audio, image].map(({ bytes }) => Buffer.from(bytes)),
    );
  });

  it('is sent as Ogg audio, not as application/ogg', async () => {
    const { reply, job } = await begin();
    const opus = Buffer.concat([Buffer.from('OggS\0\x02'), Buffer.alloc(22), Buffer.from('OpusHead')]);
    job.finish(fakeComposition({ audio: opus }));
    await reply.finished();
    const sent = discord.requests.find(({ route }) => route === edit)?.files;
    expect(sent?.map(({ contentType }) => contentType)).toEqual(['audio/midi', 'audio/ogg', 'image/png']);
  });

  it.each([
    ['the connection breaks', { hangUp: 'before' }],
    ['the connection breaks after it arrived', { hangUp: 'after' }],
  ] as const)('is sent again when %s', async (_, fault) => {
    const { reply, job } = await begin();
    discord.faults.plan(edit, fault);
    job.finish();
    await reply.until(({ attachments }) => attachments.length === 3);
    await bot.log.first('answered');
    expect(reply.followUps).toEqual([]);
  });

  it('survives three Discord errors in a row', async () => {
    const { reply, job } = await begin();
    discord.faults.plan(edit, { status: 502, body: 'Bad Gateway' }, 3);
    job.finish();
    expect((await reply.finished()).attachments).toHaveLength(3);
  });

  it('is sent without the preview when Discord finds it too large', async () => {
    const { reply, job } = await begin();
    const body = { code: 40005, message: 'Request entity too large' };
    discord.faults.plan(edit, { status: 413, body });
    job.finish();
    const { attachments, content } = await reply.finished();
    expect(attachments.map(({ name }) => name.split('.')[1])).toEqual(['mid', 'png']);
    expect(content).toContain('The preview was too large for Discord');
    expect(reply.followUps).toEqual([]);
  });

  it('is sent without the preview when a proxy refuses its size', async () => {
    const { reply, job } = await begin();
    discord.faults.plan(edit, { status: 413, body: '<html>too large</html>' });
    job.finish();
    expect((await reply.finished()).attachments).toHaveLength(2);
  });
});

describe('a message that is gone', () => {
  it('ends the work quietly when it was deleted', async () => {
    const { reply, job } = await begin();
    discord.user({ permissions: PermissionFlagsBits.ManageMessages }).delete(reply.message);
    job.options.onProgress?.(composing(100));
    expect(await bot.log.first('nobody waits for the answer')).toMatchObject({ err: { code: 10008 } });
    expect(job.options.signal?.aborted).toBe(true);
    expect(reply.followUps).toEqual([]);
    expect(discord.messages()).toEqual([]);
  });

  it('ends it quietly when it can no longer be edited', async () => {
    const { job } = await begin();
    discord.settings.tokenLifetimeMs = 1;
    job.options.onProgress?.(composing(100));
    expect(await bot.log.first('nobody waits for the answer')).toMatchObject({ err: { code: 50027 } });
    expect(job.options.signal?.aborted).toBe(true);
  });

  it('is not an error when the result is too late', async () => {
    const { reply, job } = await begin();
    discord.user({ permissions: PermissionFlagsBits.ManageMessages }).delete(reply.message);
    job.finish();
    await bot.log.first('nobody waits for the answer');
    expect(reply.followUps).toEqual([]);
  });
});
