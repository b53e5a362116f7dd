import { inEnglish } from '../i18n/in-english.js';
import { english } from '../../src/i18n/en/english.js';
import { MessageFlags, PermissionFlagsBits } from 'discord.js';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FairShareLimits } from '../../src/bot/access/fair-share.js';
import type { Job } from '../bot/fake-music.js';
import { useBot, type InProcessBot } from '../bot/in-process-bot.js';
import type { LocalDiscord } from '../../local-discord/local-discord.js';
import type { Channel } from '../../local-discord/places.js';
import type { Reply } from '../../local-discord/reply.js';
import type { ShownMessage } from '../../local-discord/shown-message.js';
import type { LocalUser } from '../../local-discord/user.js';

const patch = 'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original';

let discord: LocalDiscord;
let bot: InProcessBot;
let user: LocalUser;

const restart = useBot((...started) => {
  [discord, bot] = started;
});

beforeEach(() => {
  user = discord.user();
});

async function withLimits(limits: Partial<FairShareLimits>): Promise<void> {
  await restart({ limits });
}

function labels({ buttons }: ShownMessage): string[] {
  return buttons.map((button) => ('label' in button ? (button.label ?? '') : ''));
}

async function jobs(count: number): Promise<Job[]> {
  const found: Job[] = [];
  while (found.length < count) found.push(await bot.music.nextJob());
  return found;
}

async function finished(reply: Reply, count = 1): Promise<ShownMessage> {
  for (const job of await jobs(count)) job.finish();
  return reply.finished();
}

describe('takes', () => {
  it('are composed together, with a seed each', async () => {
    const reply = await user.slash('compose', { takes: 3, seed: 4_294_967_295, notes: 12 });
    const each = await jobs(3);
    expect(each.map(({ request }) => request.seed)).toEqual([4_294_967_295, 0, 1]);
    for (const job of each) job.finish();
    const message = await reply.finished();
    expect(message.attachments.map(({ name }) => /\.\w+$/.exec(name)![0])).toEqual([
      ...['.mid', '.ogg', '.mid', '.ogg', '.mid', '.ogg'],
    ]);
    expect(labels(message)).toEqual(['Take 1', 'Take 2', 'Take 3', 'Again', 'Delete']);
    for (const { description } of message.attachments) expect(description).toMatch(/2 notes/);
  });

  it('can be picked, each to its own message', async () => {
    const message = await finished(await user.slash('compose', { takes: 4, seed: 10 }), 4);
    const picked = await (await discord.user().press(message, 'Take 3')).finished();
    expect(picked.content).toContain('seed `12`');
    expect(picked.attachments).toHaveLength(3);
    expect(labels(picked)).toContain('Remix');
    for (const extension of ['.mid', '.ogg']) {
      const third = message.attachments.filter(({ name }) => name.endsWith(extension))[2]!;
      expect(picked.file(extension).bytes()).toEqual(third.bytes());
    }
    const audio = Buffer.from(message.attachments[5]!.bytes());
    expect(bot.music.kept).toEqual([{ '.ogg': audio }]);
  });

  it('are repeated in the same number by Again', async () => {
    const message = await finished(await user.slash('compose', { takes: 2, seed: 10 }), 2);
    const again = await user.press(message, 'Again');
    const each = await jobs(2);
    expect(new Set(each.map(({ request }) => request.seed)).size).toBe(2);
    for (const job of each) job.finish();
    expect(labels(await again.finished())).toContain('Take 2');
  });

  it('show their combined progress', async () => {
    const reply = await user.slash('compose', { takes: 2, notes: 100 });
    const each = await jobs(2);
    each[0]!.options.onProgress?.({ stage: 'composing', notes: 30, total: 100 });
    each[1]!.options.onProgress?.({ stage: 'queued', position: 1 });
    const shown = await reply.answered();
    expect(shown.content).toBe('Composing: 30 of 200 notes.');
    for (const job of each) job.finish();
    await reply.finished();
  });

  it('fail together', async () => {
    const reply = await user.slash('compose', { takes: 2 });
    const [first, second] = await jobs(2);
    first!.fail(new Error('no luck'));
    expect((await reply.answered()).content).toContain('Something went wrong');
    expect(second!.options.signal!.aborted).toBe(true);
    expect(reply.followUps).toEqual([]);
  });

  it('are sent without previews when those are too large', async () => {
    const reply = await user.slash('compose', { takes: 2 });
    discord.faults.plan(patch, { status: 413, body: { code: 40005, message: 'Request entity too large' } });
    const message = await finished(reply, 2);
    expect(message.attachments.map(({ contentType }) => contentType)).toEqual(['audio/midi', 'audio/midi']);
  });
});

describe('Cancel', () => {
  async function begin(): Promise<{ reply: Reply; job: Job; shown: ShownMessage }> {
    const reply = await user.slash('compose');
    const job = await bot.music.nextJob();
    job.options.onProgress?.({ stage: 'composing', notes: 10, total: 300 });
    return { reply, job, shown: await reply.answered() };
  }

  it('stops the work and says so, only in the same message', async () => {
    const { reply, job, shown } = await begin();
    await user.press(shown, 'Cancel');
    const told = await reply.until(({ content }) => content === inEnglish('compose.cancelled'));
    expect(job.options.signal!.aborted).toBe(true);
    expect(labels(told)).toEqual(['Delete']);
    expect(reply.followUps).toEqual([]);
    await user.press(told, 'Delete');
    await expect.poll(() => discord.messages()).toEqual([]);
  });

  it('is for the requester and for moderators', async () => {
    const { reply, job, shown } = await begin();
    const refused = await discord.user().press(shown, 'Cancel');
    expect(refused.message.content).toBe(inEnglish('bot.not-owner', { act: 'cancel' }));
    expect(job.options.signal!.aborted).toBe(false);
    await discord.user({ permissions: PermissionFlagsBits.ManageMessages }).press(shown, 'Cancel');
    await reply.until(({ content }) => content === inEnglish('compose.cancelled'));
  });

  it('says so when there is nothing left to cancel', async () => {
    const { shown } = await begin();
    // The progress message stays, as when a bot is killed.
    discord.faults.plan(patch, { status: 404, body: { code: 10008, message: 'Unknown Message' } }, Infinity);
    await restart();
    const late = await user.press(shown, 'Cancel');
    expect(late.message.content).toBe(inEnglish('compose.over'));
  });

  it('is not on the result', async () => {
    const { reply, job } = await begin();
    job.finish();
    expect(labels(await reply.finished())).not.toContain('Cancel');
  });
});

describe('progress', () => {
  it('shows the place in the queue', async () => {
    const reply = await user.slash('compose');
    const job = await bot.music.nextJob();
    job.options.onProgress?.({ stage: 'queued', position: 3 });
    expect((await reply.answered()).content).toBe(english.progress.queued(3));
    job.options.onProgress?.({ stage: 'queued', position: 1 });
    await reply.until(({ content }) => content === english.progress.queued(1));
    job.finish();
    await reply.finished();
  });

  it('shows the time left once it can be estimated', async () => {
    const reply = await user.slash('compose');
    const job = await bot.music.nextJob();
    const clock = vi.spyOn(performance, 'now');
    const startMs = performance.now();
    clock.mockReturnValue(startMs);
    job.options.onProgress?.({ stage: 'composing', notes: 0, total: 300 });
    clock.mockReturnValue(startMs + 10_000);
    job.options.onProgress?.({ stage: 'composing', notes: 100, total: 300 });
    clock.mockRestore();
    // Two thirds of the notes are left: twice the time between the two reports.
    expect((await reply.answered()).content).toBe('Composing: 100 of 300 notes, about 20 s left.');
    job.finish();
    await reply.finished();
  });
});

describe('a private result', () => {
  it('is visible to one person until it is shared', async () => {
    const message = await finished(await user.slash('compose', { private: true, seed: 3 }));
    expect(message.ephemeral).toBe(true);
    expect(discord.messages()).toEqual([]);
    expect(labels(message)).toEqual(['Again', 'Vary', 'Continue', 'Remix', 'Info', 'Share']);

    const again = await finished(await user.press(message, 'Again'));
    expect(again.ephemeral).toBe(true);

    const shared = await (await user.press(message, 'Share')).finished();
    expect(shared.ephemeral).toBe(false);
    expect(shared.content).toContain('seed `3`');
    expect(shared.attachments).toHaveLength(3);
    expect(labels(shared)).toContain('Delete');
    const [audio, image] = ['.ogg', '.png'].map((type) => Buffer.from(message.file(type).bytes()));
    expect(bot.music.kept).toEqual([{ '.ogg': audio, '.png': image }]);
  });

  it('is shared with missing files generated again', async () => {
    const message = await finished(await user.slash('compose', { private: true, seed: 3 }));
    for (const extension of ['.ogg', '.png']) discord.cdn.remove(message.file(extension).id);
    const shared = await (await user.press(message, 'Share')).finished();
    expect(shared.attachments).toHaveLength(3);
    expect(bot.music.kept).toEqual([{}]);
  });
});

describe('a share channel', () => {
  async function sharing(): Promise<{ gallery: Channel; message: ShownMessage }> {
    const gallery = discord.addChannel(discord.guild, 'gallery');
    const manager = discord.user({ permissions: PermissionFlagsBits.ManageGuild });
    await manager.slash('settings share-channel', { channel: gallery });
    return { gallery, message: await finished(await user.slash('compose', { private: true, seed: 3 })) };
  }

  it('is where Share posts to', async () => {
    const { gallery, message } = await sharing();
    const told = await (await user.press(message, 'Share')).answered();
    expect(told.ephemeral).toBe(true);
    expect(told.content).toBe(`Shared in <#${gallery.id}>.`);
    const [shared] = discord.messages(gallery);
    expect(shared!.content).toContain('seed `3`');
    expect(shared!.attachments).toHaveLength(3);
    expect(labels(shared!)).toContain('Delete');
    expect(labels(shared!)).not.toContain('Share');
    expect(discord.messages()).toEqual([]);

    const again = await finished(await user.in(gallery).press(shared!, 'Again'));
    expect(again.channelId).toBe(gallery.id);
  });

  it('also takes public results', async () => {
    const { gallery } = await sharing();
    const message = await finished(await user.slash('compose', { seed: 5 }));
    await (await user.press(message, 'Share')).answered();
    expect(discord.messages(gallery).map(({ content }) => content)).toEqual([
      expect.stringContaining('seed `5`'),
    ]);
  });

  it('is named in the error if the bot cannot post there', async () => {
    const { gallery, message } = await sharing();
    gallery.appPermissions &= ~PermissionFlagsBits.SendMessages;
    const reply = await user.press(message, 'Share');
    const told = await reply.until(({ content }) => content !== '');
    expect(told.ephemeral).toBe(true);
    expect(told.content).toBe(inEnglish('share.channel', { channel: gallery.id }));
  });
});

describe('a voice message', () => {
  beforeEach(() => {
    discord.channel.appPermissions |= PermissionFlagsBits.SendVoiceMessages;
  });

  it('follows the result', async () => {
    const reply = await user.slash('compose', { voice: true });
    await finished(reply);
    const voice = await reply.followUp();
    expect(voice.flags & MessageFlags.IsVoiceMessage).not.toBe(0);
    expect(voice.raw.attachments[0]).toMatchObject({
      content_type: 'audio/ogg',
      duration_secs: 64.2,
      waveform: Buffer.from([10, 255, 80]).toString('base64'),
    });
  });

  it('of a private result is private', async () => {
    const reply = await user.slash('compose', { voice: true, private: true });
    await finished(reply);
    expect((await reply.followUp()).ephemeral).toBe(true);
  });

  it('contains a single piece', async () => {
    const reply = await user.slash('compose', { voice: true, takes: 2 });
    expect(reply.message.content).toBe(inEnglish('options.voice', { problem: 'voice-of-several' }));
  });

  it('needs its own permission', async () => {
    discord.channel.appPermissions &= ~PermissionFlagsBits.SendVoiceMessages;
    const reply = await user.slash('compose', { voice: true });
    expect(reply.message.content).toContain('"Send Voice Messages"');
  });
});

describe('a fair share', () => {
  it('limits a person’s simultaneous requests', async () => {
    await withLimits({ requestsAtOnce: 2 });
    const replies = [await user.slash('compose'), await user.slash('compose')];
    const refused = await user.slash('compose');
    expect(refused.message.ephemeral).toBe(true);
    expect(refused.message.content).toBe(inEnglish('share.at-once', { running: 2 }));
    const other = await discord.user().slash('compose');
    for (const job of await jobs(3)) job.finish();
    for (const reply of [...replies, other]) await reply.finished();
    await finished(await letIn());

    /** A request ends when Discord has responded to its result, a moment after showing it. */
    async function letIn(): Promise<Reply> {
      for (;;) {
        const reply = await user.slash('compose');
        if (!reply.message.ephemeral) return reply;
      }
    }
  });

  it('says when the next piece is possible', async () => {
    await withLimits({ piecesPerHour: 2 });
    await finished(await user.slash('compose', { takes: 2 }), 2);
    const refused = await user.slash('compose');
    const [, seconds] = /<t:(\d+):R>/.exec(refused.message.content)!;
    expect(Number(seconds) * 1000 - Date.now()).toBeGreaterThan(59 * 60_000);
    expect(Number(seconds) * 1000 - Date.now()).toBeLessThanOrEqual(60 * 60_000 + 1000);
  });

  it('applies to buttons too, and to a whole server', async () => {
    await withLimits({ serverPiecesPerHour: 1 });
    const message = await finished(await user.slash('compose'));
    const refused = await discord.user().press(message, 'Again');
    expect(refused.message.ephemeral).toBe(true);
    expect(refused.message.content).toContain('This server has used its 1 piece for this hour');
    await finished(await user.dm().slash('compose'));
  });
});
