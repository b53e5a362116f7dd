import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  MessageFlags,
  SlashCommandBuilder,
  type ChatInputCommandInteraction,
  type Interaction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { InteractionResponseType } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBot, type TestBot } from './bot.js';
import { LocalDiscord } from './local-discord.js';
import { rawCall, type RawAnswer } from './raw-call.js';
import type { Reply } from './reply.js';

const command = new SlashCommandBuilder()
  .setName('compose')
  .setDescription('Compose a piece')
  .addStringOption((option) => option.setName('model').setDescription('Which').setAutocomplete(true))
  .addIntegerOption((option) => option.setName('bars').setDescription('How many').setAutocomplete(true));
const pong = { type: InteractionResponseType.ChannelMessageWithSource, data: { content: 'pong' } };

let discord: LocalDiscord;
let bot: TestBot;
beforeEach(async () => {
  discord = await LocalDiscord.start();
});
afterEach(async () => {
  await bot.stop();
  await discord.stop();
});

async function serve(handler: (interaction: Interaction) => unknown): Promise<void> {
  bot = await startBot(discord, handler, { commands: [command.toJSON()] });
}

function onSlash(handler: (interaction: ChatInputCommandInteraction) => unknown): Promise<void> {
  return serve((interaction) => (interaction.isChatInputCommand() ? handler(interaction) : undefined));
}

function callback({ id, token }: { id: string; token: string }, body: unknown): Promise<RawAnswer> {
  return rawCall(discord, `POST /interactions/${id}/${token}/callback`, body);
}

function webhook(
  method: string,
  { token }: { token: string },
  path = '',
  body?: unknown,
): Promise<RawAnswer> {
  return rawCall(discord, `${method} /webhooks/${discord.applicationId}/${token}${path}`, body);
}

describe('an interaction', () => {
  it('that is not acknowledged within three seconds is lost', async () => {
    expect(discord.settings.acknowledgeWithinMs).toBe(3000);
    discord.settings.acknowledgeWithinMs = 100;
    let answer!: () => void;
    const isLost = new Promise<void>((resolve) => (answer = resolve));
    await onSlash(async (interaction) => {
      await isLost;
      await interaction.reply('too late');
    });
    const reply = await discord.user().slash('compose');
    expect(reply.state).toBe('unanswered');
    expect(() => reply.message).toThrow('the application did not respond');
    answer();
    await discord.until(() => bot.errors.length === 1, 'the error');
    expect(bot.errors[0]).toMatchObject({ code: 10062, status: 404 });
    expect(discord.messages()).toEqual([]);
  });

  it('is acknowledged once', async () => {
    await onSlash((interaction) => interaction.reply('once'));
    const reply = await discord.user().slash('compose');
    expect(await callback(reply, pong)).toMatchObject({ status: 400, code: 40060 });
    expect(reply.message.content).toBe('once');
    expect(discord.violations).toEqual([]);
  });

  it('is found only by its ID and token together', async () => {
    await onSlash((interaction) => interaction.reply('x'));
    const { id, token } = await discord.user().slash('compose');
    expect(await callback({ id: '123', token }, pong)).toMatchObject({ status: 404, code: 10062 });
    expect(await callback({ id, token: 'wrong' }, pong)).toMatchObject({ status: 404, code: 10062 });
  });

  it('has no webhook before it is acknowledged, nor under another application', async () => {
    discord.settings.acknowledgeWithinMs = 300;
    const early: unknown[] = [];
    await onSlash(async (interaction) => {
      early.push(await webhook('POST', interaction, '', { content: 'x' }));
      await interaction.reply('now');
    });
    const reply = await discord.user().slash('compose');
    expect(early).toMatchObject([{ status: 404, code: 10015 }]);
    expect(await rawCall(discord, `POST /webhooks/123456789012345678/${reply.token}`, {})).toMatchObject({
      status: 404,
      code: 10015,
    });
  });

  it('takes edits and follow-ups for fifteen minutes', async () => {
    expect(discord.settings.tokenLifetimeMs).toBe(15 * 60 * 1000);
    await onSlash((interaction) => interaction.deferReply());
    const reply = await discord.user().slash('compose');
    expect(await webhook('PATCH', reply, '/messages/@original', { content: 'x' })).toMatchObject({
      status: 200,
    });
    discord.settings.tokenLifetimeMs = 1;
    for (const answer of [
      await webhook('PATCH', reply, '/messages/@original', { content: 'y' }),
      await webhook('POST', reply, '', { content: 'y' }),
      await webhook('GET', reply, '/messages/@original'),
      await webhook('DELETE', reply, '/messages/@original'),
    ]) {
      expect(answer).toMatchObject({ status: 401, code: 50027 });
    }
  });

  it('does not find a message that was deleted or belongs to another interaction', async () => {
    await onSlash((interaction) => interaction.reply('x'));
    const [first, second] = [await discord.user().slash('compose'), await discord.user().slash('compose')];
    const foreign = `/messages/${second.message.id}`;
    expect(await webhook('PATCH', first, foreign, { content: 'y' })).toMatchObject({
      status: 404,
      code: 10008,
    });
    const moderator = discord.user({ permissions: 1n << 13n });
    moderator.delete(first.message);
    expect(await webhook('PATCH', first, '/messages/@original', { content: 'y' })).toMatchObject({
      status: 404,
      code: 10008,
    });
    expect(() => discord.user().delete(second.message)).toThrow('cannot delete');
  });

  it('only accepts responses that fit its type', async () => {
    await onSlash(() => undefined);
    const sent: { id: string; token: string }[] = [];
    bot.client.on('interactionCreate', ({ id, token }) => sent.push({ id, token }));
    const pending = discord.user().slash('compose');
    await discord.until(() => sent.length === 1, 'the interaction');
    const [interaction] = sent as [{ id: string; token: string }];
    for (const [body, where] of [
      [{ type: InteractionResponseType.UpdateMessage, data: { content: 'x' } }, 'type'],
      [{ type: InteractionResponseType.DeferredMessageUpdate }, 'type'],
      [{ type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices: [] } }, 'type'],
      [{ type: 99 }, 'type'],
      [{ type: InteractionResponseType.ChannelMessageWithSource }, 'data'],
      [
        {
          type: InteractionResponseType.DeferredChannelMessageWithSource,
          data: { flags: MessageFlags.IsComponentsV2 },
        },
        'data.flags',
      ],
      [
        {
          type: InteractionResponseType.Modal,
          data: { custom_id: 'x', title: 'x'.repeat(46), components: [] },
        },
        'data.title',
      ],
    ] as const) {
      const answer = await callback(interaction, body);
      expect(answer).toMatchObject({ status: 400, code: 50035 });
      expect(answer.wrong).toContain(where);
    }
    expect(await callback(interaction, pong)).toMatchObject({ status: 204 });
    expect((await pending).message.content).toBe('pong');
  });

  it('of a user-installed app takes five follow-ups where the bot is not a member', async () => {
    bot = await startBot(
      discord,
      (interaction) => (interaction.isChatInputCommand() ? interaction.reply('x') : undefined),
      { commands: [{ ...command.toJSON(), integration_types: [1] }] },
    );
    discord.settings.routeRateLimit = { limit: 100, windowMs: 1000 };
    const elsewhere = discord.addChannel(discord.addGuild({ hasBot: false }), 'general');
    const reply = await discord.user({ hasInstalledApp: true }).in(elsewhere).slash('compose');
    const follow = (): Promise<RawAnswer> => webhook('POST', reply, '?wait=true', { content: 'more' });
    for (let n = 0; n < 5; n += 1) expect(await follow()).toMatchObject({ status: 200 });
    expect(await follow()).toMatchObject({ status: 400, code: 40094 });
  });
});

describe('a modal', () => {
  const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('remix').setLabel('Remix').setStyle(ButtonStyle.Primary),
  );
  const label = (component: object, more: object = {}): object => ({
    type: 18,
    label: 'Notes',
    component,
    ...more,
  });
  const input = { type: 4, custom_id: 'notes', style: 1 };
  const fine = { custom_id: 'remix', title: 'Remix', components: [label(input)] };

  /** Opens a modal from a button, past the builders of discord.js. */
  async function open(
    modal: object,
    onSubmit?: (interaction: ModalSubmitInteraction) => unknown,
  ): Promise<{ answer: RawAnswer; reply: Reply }> {
    let answer: RawAnswer | undefined;
    await serve(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply({ content: 'x', components: [buttons] });
      if (interaction.isModalSubmit()) await onSubmit?.(interaction);
      if (!interaction.isButton()) return;
      answer = await callback(interaction, { type: InteractionResponseType.Modal, data: modal });
      if (answer.status !== 204) await interaction.deferUpdate();
    });
    const user = discord.user();
    const { message } = await user.slash('compose');
    const reply = await user.press(message, 'Remix');
    await discord.until(() => answer !== undefined, 'the answer to the modal');
    if (onSubmit) await user.submitModal(reply);
    return { answer: answer!, reply };
  }

  it('opened by a button can update the button’s message', async () => {
    const filled = { ...fine, components: [label({ ...input, value: '300' })] };
    const { reply } = await open(filled, (interaction) =>
      interaction.isFromMessage() ? interaction.update('updated') : undefined,
    );
    expect(reply.modal.field('Notes').customId).toBe('notes');
    expect(discord.messages().map(({ content }) => content)).toEqual(['updated']);
  });

  it.each<[string, object, string]>([
    ['without a title', { ...fine, title: '' }, 'data.title'],
    ['without fields', { ...fine, components: [] }, 'data.components'],
    [
      'with six fields',
      { ...fine, components: Array.from({ length: 6 }, (_, n) => label({ ...input, custom_id: `${n}` })) },
      'data.components',
    ],
    ['with a bare text input', { ...fine, components: [input] }, 'data.components.0.type'],
    [
      'with a label over 45 characters',
      { ...fine, components: [label(input, { label: 'x'.repeat(46) })] },
      'data.components.0.label',
    ],
    [
      'with two fields of one custom_id',
      { ...fine, components: [label(input), label(input)] },
      'data.components.1.component.custom_id',
    ],
    [
      'with a text longer than it may be',
      { ...fine, components: [label({ ...input, max_length: 2, value: '300' })] },
      'data.components.0.component.value',
    ],
    [
      'with one radio button',
      { ...fine, components: [label({ type: 21, custom_id: 'x', options: [{ label: 'a', value: 'a' }] })] },
      'data.components.0.component.options',
    ],
    [
      'with eleven files',
      { ...fine, components: [label({ type: 19, custom_id: 'x', max_values: 11 })] },
      'data.components.0.component.max_values',
    ],
  ])('%s is refused', async (_, modal, where) => {
    const { answer } = await open(modal);
    expect(answer).toMatchObject({ status: 400, code: 50035 });
    expect(answer.wrong).toContain(where);
  });
});

describe('autocomplete', () => {
  it.each<[string, 'model' | 'bars', unknown, string]>([
    [
      'more than 25 choices',
      'model',
      Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: `${n}` })),
      'data.choices',
    ],
    ['a name over 100 characters', 'model', [{ name: 'x'.repeat(101), value: 'x' }], 'data.choices.0.name'],
    ['a value of another type', 'bars', [{ name: 'x', value: 'x' }], 'data.choices.0.value'],
  ])('refuses %s', async (_, option, choices, where) => {
    let answer: RawAnswer | undefined;
    await serve(async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const type = InteractionResponseType.ApplicationCommandAutocompleteResult;
      answer = await callback(interaction, { type, data: { choices } });
      await interaction.respond([]);
    });
    expect(await discord.user().autocomplete('compose', {}, option)).toEqual([]);
    expect(answer).toMatchObject({ status: 400, code: 50035 });
    expect(answer?.wrong).toContain(where);
  });

  it('fails when there is no response', async () => {
    discord.settings.acknowledgeWithinMs = 50;
    await serve(() => undefined);
    await expect(discord.user().autocomplete('compose', {}, 'model')).rejects.toThrow(
      'Loading options failed',
    );
  });
});
