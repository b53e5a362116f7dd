import { inEnglish } from '../../i18n/in-english.js';
import { ButtonStyle, ComponentType, PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { everybody } from '../../../src/bot/access/preconditions.js';
import type { Action, SlashCommand } from '../../../src/bot/dispatch/command.js';
import { formatCustomId } from '../../../src/bot/dispatch/custom-id.js';
import { UserError } from '../../../src/errors/user-error.js';
import type { LocalDiscord } from '../../../local-discord/local-discord.js';
import { useBot, type InProcessBot } from '../in-process-bot.js';

let discord: LocalDiscord;
let bot: InProcessBot;

const restart = useBot((...started) => {
  [discord, bot] = started;
});

describe('a failure before the first answer', () => {
  it('is reported at once, only to the person', async () => {
    const reply = await discord.user().slash('compose', { model: 'über alles' });
    expect(reply.message.ephemeral).toBe(true);
    expect(reply.message.content).toContain('`model` can only contain');
    expect(discord.messages()).toEqual([]);
  });

  it('is reported when the queue is full', async () => {
    bot.music.isFull = true;
    const reply = await discord.user().slash('compose');
    expect(reply.message).toMatchObject({ ephemeral: true, content: inEnglish('compose.busy') });
    expect(bot.music.jobs).toEqual([]);
  });

  it('names the permission that the bot lacks', async () => {
    discord.channel.appPermissions &= ~PermissionFlagsBits.AttachFiles;
    const reply = await discord.user().slash('compose');
    expect(reply.message.ephemeral).toBe(true);
    expect(reply.message.content).toContain('"Attach Files"');
    expect(bot.music.jobs).toEqual([]);
  });

  it('asks for no server permission in direct messages', async () => {
    await discord.user().dm().slash('compose');
    expect(await bot.music.nextJob()).toBeDefined();
  });

  it('explains a command that no longer exists', async () => {
    await restart({ forgetful: true });
    const reply = await discord.user().slash('compose');
    expect(reply.message.ephemeral).toBe(true);
    expect(reply.message.content).toBe(inEnglish('command.unknown'));
  });
});

describe('a failure after the public acknowledgement', () => {
  it('replaces the reply with the reason, which the requester can delete', async () => {
    const user = discord.user();
    const reply = await user.slash('compose');
    expect(reply.message.loading).toBe(true);
    (await bot.music.nextJob()).fail(new UserError('compose.lost'));
    const told = await reply.answered();
    expect(told.content).toBe(inEnglish('compose.lost'));
    expect(told.ephemeral).toBe(false);
    expect(reply.followUps).toEqual([]);
    const refused = await discord.user().press(told, 'Delete');
    expect(refused.message.content).toBe(inEnglish('bot.not-owner', { act: 'delete' }));
    await user.press(told, 'Delete');
    await expect.poll(() => discord.messages()).toEqual([]);
  });

  it('stays private when the reply was private', async () => {
    const reply = await discord.user().slash('compose', { private: true });
    (await bot.music.nextJob()).fail(new UserError('compose.lost'));
    const told = await reply.answered();
    expect(told).toMatchObject({ ephemeral: true, content: inEnglish('compose.lost'), buttons: [] });
    expect(reply.followUps).toEqual([]);
  });

  it('replaces the progress that was shown', async () => {
    const reply = await discord.user().slash('compose');
    const job = await bot.music.nextJob();
    job.options.onProgress?.({ stage: 'composing', notes: 10, total: 300 });
    await reply.until(({ content }) => content.startsWith('Composing'));
    job.fail(new UserError('compose.lost'));
    const told = await reply.until(({ content }) => content === inEnglish('compose.lost'));
    expect(told.buttons).toMatchObject([{ label: 'Delete' }]);
  });

  it('apologises for an internal error with the error ID from the log', async () => {
    const reply = await discord.user().slash('compose');
    (await bot.music.nextJob()).fail(new TypeError('x is not a function'));
    const told = await reply.answered();
    expect(told.content).not.toContain('x is not a function');
    const id = /this error ID: ([\da-f]{8})$/.exec(told.content)?.[1];
    expect(bot.log.all('failed')).toMatchObject([{ request: id, err: { name: 'TypeError' } }]);
  });

  it('is sent as a follow-up when the reply cannot be edited', async () => {
    const refusal = { status: 403, body: { code: 50013, message: 'no' } };
    discord.faults.plan('PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original', refusal, Infinity);
    const reply = await discord.user().slash('compose');
    (await bot.music.nextJob()).fail(new UserError('compose.lost'));
    expect((await reply.answered()).content).toBe(inEnglish('compose.lost'));
    discord.faults.clear();
  });

  it('is logged when it cannot be reported, and the bot keeps running', async () => {
    const refusal = { status: 400, body: { code: 0, message: 'no' } };
    discord.faults.plan('PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original', refusal);
    discord.faults.plan('POST /webhooks/{webhook_id}/{webhook_token}', refusal);
    const reply = await discord.user().slash('compose');
    (await bot.music.nextJob()).fail(new TypeError('x is not a function'));
    await bot.log.first('could not say why it failed');
    expect(reply.followUps).toEqual([]);
    await discord.user().slash('compose');
    expect(await bot.music.nextJob()).toBeDefined();
  });
});

describe('an interaction that is lost', () => {
  it('is dropped with one line when Discord no longer knows it', async () => {
    discord.settings.acknowledgeWithinMs = 50;
    discord.faults.plan('POST /interactions/{interaction_id}/{interaction_token}/callback', { delayMs: 200 });
    const reply = await discord.user().slash('compose');
    expect(reply.state).toBe('unanswered');
    await bot.log.first('nobody waits for the answer');
    expect(bot.log.all('nobody waits for the answer')).toMatchObject([{ level: 30, err: { code: 10062 } }]);
    expect(bot.music.jobs).toEqual([]);
    expect(callbacks()).toHaveLength(1);
  });

  it('is dropped with one line when another process has it', async () => {
    discord.faults.plan('POST /interactions/{interaction_id}/{interaction_token}/callback', {
      status: 400,
      body: { code: 40060, message: 'Interaction has already been acknowledged.' },
    });
    discord.settings.acknowledgeWithinMs = 300;
    await discord.user().slash('compose');
    await bot.log.first('nobody waits for the answer');
    expect(bot.log.all('nobody waits for the answer')).toMatchObject([{ level: 30, err: { code: 40060 } }]);
    expect(bot.music.jobs).toEqual([]);
    expect(callbacks()).toHaveLength(1);
  });

  function callbacks(): readonly unknown[] {
    return discord.requests.filter(({ path }) => path.includes('/callback'));
  }
});

describe('a request that takes longer than Discord waits', () => {
  it('is aborted, and the person is told', async () => {
    await restart({ answerWithinMs: 300 });
    const reply = await discord.user().slash('compose');
    const job = await bot.music.nextJob();
    const told = await reply.answered();
    expect(told.content).toBe(inEnglish('bot.too-late'));
    expect(job.options.signal?.aborted).toBe(true);
  });
});

describe('stopping', () => {
  it('lets running requests finish and refuses new ones', async () => {
    const reply = await discord.user().slash('compose');
    const job = await bot.music.nextJob();
    const stopped = bot.dispatcher.stop(10_000);
    const late = await discord.user().slash('compose');
    expect(late.message.ephemeral).toBe(true);
    expect(late.message.content).toBe(inEnglish('bot.stopping'));
    job.finish();
    await stopped;
    expect(reply.message.attachments).toHaveLength(3);
  });

  it('aborts requests that run for too long, and says so', async () => {
    const reply = await discord.user().slash('compose');
    const job = await bot.music.nextJob();
    await bot.dispatcher.stop(100);
    expect(job.options.signal?.aborted).toBe(true);
    expect(reply.message.content).toBe(inEnglish('bot.stopping'));
  });

  it('ends at once when nothing is running', async () => {
    await bot.dispatcher.stop(2 ** 31 - 1);
  });
});

describe('autocompletion', () => {
  it('suggests choices that contain the text', async () => {
    const choices = await discord.user().autocomplete('compose', { preset: 'L' }, 'preset');
    expect(choices.map(({ value }) => value)).toEqual(['lullaby', 'lament', 'blues', 'melody']);
    expect(await discord.user().autocomplete('compose', {}, 'model')).toEqual([
      { name: expect.stringMatching(/^lstm: .+ \(in use\)$/) as string, value: 'lstm' },
    ]);
  });

  it('suggests no more than Discord shows, and nothing when it fails', async () => {
    const many = Array.from({ length: 40 }, (_, n) => `style-${n}`);
    await restart({ wrap: (command) => ({ ...command, suggest: () => many }) });
    expect(await discord.user().autocomplete('compose', {}, 'style')).toHaveLength(25);
    await restart({
      wrap: (command) => ({
        ...command,
        suggest() {
          throw new Error('broken');
        },
      }),
    });
    discord.settings.acknowledgeWithinMs = 300;
    await expect(discord.user().autocomplete('compose', {}, 'style')).rejects.toThrow();
    await bot.log.first('no suggestions');
  });
});

describe('the log', () => {
  it('contains neither tokens nor what people wrote', async () => {
    const reply = await discord.user().slash('compose', { model: 'secret words' });
    const second = await discord.user().slash('compose');
    discord.faults.plan(
      'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original',
      { status: 500, body: 'broken' },
      20,
    );
    (await bot.music.nextJob()).finish();
    await bot.log.first('failed');
    const { text } = bot.log;
    for (const secret of [discord.token, reply.token, second.token, 'secret words', 'MThd']) {
      expect(text).not.toContain(secret);
    }
    expect(text).toContain(':token');
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThan(4000);
  });
});

describe('a button', () => {
  const button = (customId: string): ((command: SlashCommand) => SlashCommand) => {
    return (command) => ({
      ...command,
      async execute(interaction) {
        await interaction.reply({
          content: 'Press.',
          components: [
            {
              type: ComponentType.ActionRow,
              components: [
                { type: ComponentType.Button, style: ButtonStyle.Primary, label: 'Press', customId },
              ],
            },
          ],
        });
      },
    });
  };
  const echo: Action = {
    name: 'echo',
    allowed: everybody,
    botPermissions: [],
    execute: (interaction, args) => interaction.reply(args.join(' and ')).then(() => undefined),
  };

  it('passes its arguments to its action', async () => {
    await restart({ wrap: button(formatCustomId('echo', 'one', 'two')), actions: [echo] });
    const reply = await discord.user().slash('compose');
    expect((await discord.user().press(reply.message, 'Press')).message.content).toBe('one and two');
  });

  it.each(['7:echo:one', formatCustomId('gone')])('of another version is explained: %s', async (customId) => {
    await restart({ wrap: button(customId), actions: [echo] });
    const reply = await discord.user().slash('compose');
    const told = await discord.user().press(reply.message, 'Press');
    expect(told.message.ephemeral).toBe(true);
    expect(told.message.content).toBe(inEnglish('action.unknown'));
  });

  it('that fails after deferring an update leaves the message and tells the person', async () => {
    const failing: Action = {
      ...echo,
      async execute(interaction) {
        if (interaction.isButton()) await interaction.deferUpdate();
        throw new UserError('compose.busy');
      },
    };
    await restart({ wrap: button(formatCustomId('echo')), actions: [failing] });
    const reply = await discord.user().slash('compose');
    const told = await (await discord.user().press(reply.message, 'Press')).followUp();
    expect(told.ephemeral).toBe(true);
    expect(told.content).toBe(inEnglish('compose.busy'));
    expect(discord.messages().map(({ content }) => content)).toEqual(['Press.']);
  });
});
