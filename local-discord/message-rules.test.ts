import { ButtonStyle, ComponentType, MessageFlags } from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalDiscord } from './local-discord.js';
import { rawCall, type RawAnswer, type RawFile } from './raw-call.js';

let discord: LocalDiscord;
beforeAll(async () => {
  const generous = { limit: 1000, windowMs: 1000 };
  discord = await LocalDiscord.start({
    attachmentSizeLimit: 1000,
    routeRateLimit: generous,
    globalRateLimit: generous,
  });
});
afterAll(() => discord.stop());

function post(body: unknown, files?: readonly RawFile[]): Promise<RawAnswer> {
  return rawCall(discord, `POST /channels/${discord.channel.id}/messages`, body, files);
}

async function edit(before: unknown, change: unknown): Promise<RawAnswer> {
  const { body } = await post(before);
  const { id } = body as { id: string };
  return rawCall(discord, `PATCH /channels/${discord.channel.id}/messages/${id}`, change);
}

const button = { type: ComponentType.Button, style: ButtonStyle.Primary, label: 'Again', custom_id: 'again' };
const row = (...components: object[]): object => ({ type: ComponentType.ActionRow, components });
const text = (content: string): object => ({ type: ComponentType.TextDisplay, content });
const v2 = (...components: object[]): object => ({ flags: MessageFlags.IsComponentsV2, components });
const option = (value: string): object => ({ label: value, value });
const select = (options: readonly object[], more: object = {}): object => ({
  type: ComponentType.StringSelect,
  custom_id: 'menu',
  options,
  ...more,
});
const file = (name: string, size = 10, contentType = 'audio/ogg'): RawFile => ({
  name,
  contentType,
  bytes: new Uint8Array(size),
});
const waveform = Buffer.alloc(100, 7).toString('base64');
const voice = (attachment: object = { id: '0', waveform, duration_secs: 2 }, more: object = {}): object => ({
  flags: MessageFlags.IsVoiceMessage,
  attachments: [attachment],
  ...more,
});

describe('a valid message', () => {
  it.each<[string, unknown, RawFile[]?]>([
    ['text', { content: 'x'.repeat(2000) }],
    [
      'an embed of 6000 characters',
      { embeds: [{ description: 'x'.repeat(4000), footer: { text: 'y'.repeat(2000) } }] },
    ],
    [
      'five rows of five buttons',
      {
        content: 'x',
        components: Array.from({ length: 5 }, (_, r) =>
          row(...Array.from({ length: 5 }, (__, b) => ({ ...button, custom_id: `${r} ${b}` }))),
        ),
      },
    ],
    [
      'a select menu',
      { content: 'x', components: [row(select([option('a'), option('b')], { max_values: 2 }))] },
    ],
    [
      'a link button',
      {
        content: 'x',
        components: [row({ type: 2, style: ButtonStyle.Link, label: 'Docs', url: 'https://example.org' })],
      },
    ],
    ['ten files', {}, Array.from({ length: 10 }, (_, n) => file(`${n}.mid`))],
    [
      'a container with a file',
      v2({
        type: ComponentType.Container,
        components: [
          text('hello'),
          { type: ComponentType.File, file: { url: 'attachment://a.mid' } },
          row(button),
        ],
      }),
      [file('a.mid')],
    ],
    ['a voice message', voice(), [file('voice.ogg')]],
  ])('%s', async (_, body, files) => {
    expect(await post(body, files)).toMatchObject({ status: 200 });
  });
});

describe('a message that breaks a rule is refused:', () => {
  it.each<[string, unknown, string]>([
    ['text over 2000 characters', { content: 'x'.repeat(2001) }, 'content'],
    ['text that is no text', { content: 5 }, 'content'],
    ['eleven embeds', { embeds: Array.from({ length: 11 }, () => ({ title: 'x' })) }, 'embeds'],
    ['a long embed title', { embeds: [{ title: 'x'.repeat(257) }] }, 'embeds.0.title'],
    ['a long embed description', { embeds: [{ description: 'x'.repeat(4097) }] }, 'embeds.0.description'],
    ['an embed field without a value', { embeds: [{ fields: [{ name: 'x' }] }] }, 'embeds.0.fields.0.value'],
    [
      'too many embed fields',
      { embeds: [{ fields: Array.from({ length: 26 }, () => ({ name: 'x', value: 'y' })) }] },
      'embeds.0.fields',
    ],
    [
      'embeds over 6000 characters together',
      { embeds: [{ description: 'x'.repeat(4000) }, { description: 'x'.repeat(2001) }] },
      'embeds',
    ],
    [
      'six rows',
      {
        content: 'x',
        components: Array.from({ length: 6 }, (_, n) => row({ ...button, custom_id: `${n}` })),
      },
      'components',
    ],
    [
      'six buttons in a row',
      {
        content: 'x',
        components: [row(...Array.from({ length: 6 }, (_, n) => ({ ...button, custom_id: `${n}` })))],
      },
      'components.0.components',
    ],
    ['an empty row', { content: 'x', components: [row()] }, 'components.0.components'],
    ['a button outside a row', { content: 'x', components: [button] }, 'components.0.type'],
    [
      'a button without custom_id',
      { content: 'x', components: [row({ type: 2, style: 1, label: 'x' })] },
      'components.0.components.0.custom_id',
    ],
    [
      'a custom_id over 100 characters',
      { content: 'x', components: [row({ ...button, custom_id: 'x'.repeat(101) })] },
      'components.0.components.0.custom_id',
    ],
    [
      'the same custom_id twice',
      { content: 'x', components: [row(button, button)] },
      'components.0.components.1.custom_id',
    ],
    [
      'a label over 80 characters',
      { content: 'x', components: [row({ ...button, label: 'x'.repeat(81) })] },
      'components.0.components.0.label',
    ],
    [
      'a button with nothing on it',
      { content: 'x', components: [row({ type: 2, style: 1, custom_id: 'x' })] },
      'components.0.components.0.label',
    ],
    [
      'a button of no style',
      { content: 'x', components: [row({ ...button, style: 9 })] },
      'components.0.components.0.style',
    ],
    [
      'a link button with a custom_id',
      { content: 'x', components: [row({ ...button, style: 5, url: 'https://example.org' })] },
      'components.0.components.0.custom_id',
    ],
    [
      'a link button without a url',
      { content: 'x', components: [row({ type: 2, style: 5, label: 'x' })] },
      'components.0.components.0.url',
    ],
    [
      'a select menu beside a button',
      { content: 'x', components: [row(button, select([option('a')]))] },
      'components.0.components',
    ],
    [
      'a select menu with the same value twice',
      { content: 'x', components: [row(select([option('a'), option('a')]))] },
      'components.0.components.0.options.1.value',
    ],
    [
      'a select menu that wants more than it has',
      { content: 'x', components: [row(select([option('a')], { max_values: 2 }))] },
      'components.0.components.0.max_values',
    ],
    ['V2 components without their flag', { components: [text('x')] }, 'components.0.type'],
    ['V2 components with content', { ...v2(text('x')), content: 'y' }, 'content'],
    ['V2 components with embeds', { ...v2(text('x')), embeds: [{ title: 'y' }] }, 'embeds'],
    [
      'more than 40 V2 components, nested ones included',
      v2({ type: 17, components: Array.from({ length: 40 }, () => text('x')) }),
      'components',
    ],
    [
      'more than 4000 characters of V2 text',
      v2(text('x'.repeat(2001)), text('x'.repeat(2000))),
      'components',
    ],
    [
      'a container in a container',
      v2({ type: 17, components: [{ type: 17, components: [text('x')] }] }),
      'components.0.components.0.type',
    ],
    ['a section without an accessory', v2({ type: 9, components: [text('x')] }), 'components.0.accessory'],
    [
      'a file component of a file that is not there',
      v2({ type: 13, file: { url: 'attachment://a.mid' } }),
      'components.0.file.url',
    ],
    [
      'a file component of a web page',
      v2({ type: 13, file: { url: 'https://example.org/a.mid' } }),
      'components.0.file.url',
    ],
    ['an attachment that is not there', { content: 'x', attachments: [{ id: '0' }] }, 'attachments.0.id'],
    ['a flag that bots cannot set', { content: 'x', flags: MessageFlags.Crossposted }, 'flags'],
    ['an ephemeral message without an interaction', { content: 'x', flags: MessageFlags.Ephemeral }, 'flags'],
    [
      'mentions that contradict themselves',
      { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
      'allowed_mentions',
    ],
  ])('%s', async (_, body, where) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, code: 50035 });
    expect(answer.wrong).toContain(where);
  });

  it('an empty one', async () => {
    expect(await post({ content: '' })).toMatchObject({ status: 400, code: 50006 });
    expect(await edit({ content: 'x' }, { content: null })).toMatchObject({ status: 400, code: 50006 });
  });

  it('broken JSON', async () => {
    const response = await fetch(`${discord.apiUrl}/v10/channels/${discord.channel.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: '{',
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 50109 });
  });

  it('eleven files', async () => {
    const files = Array.from({ length: 11 }, (_, n) => file(`${n}.mid`));
    expect(await post({}, files)).toMatchObject({ status: 400, code: 30015 });
  });

  it('a file over the limit', async () => {
    expect(await post({}, [file('a.mid', 1000)])).toMatchObject({ status: 200 });
    expect(await post({}, [file('a.mid', 1001)])).toMatchObject({ status: 413, code: 40005 });
  });
});

describe('a voice message', () => {
  it.each<[string, unknown, readonly RawFile[], number]>([
    ['has no text', voice(undefined, { content: 'x' }), [file('a.ogg')], 50159],
    ['has no embeds', voice(undefined, { embeds: [{ title: 'x' }] }), [file('a.ogg')], 50159],
    ['is audio by its content type', voice(), [file('a.ogg', 10, 'application/ogg')], 50160],
    ['is one file', { flags: MessageFlags.IsVoiceMessage }, [file('a.ogg'), file('b.ogg')], 50160],
    ['has a waveform', voice({ id: '0', duration_secs: 2 }), [file('a.ogg')], 50161],
    ['has a duration', voice({ id: '0', waveform }), [file('a.ogg')], 50161],
    [
      'has at most 256 bytes of waveform',
      voice({ id: '0', waveform: Buffer.alloc(257).toString('base64'), duration_secs: 2 }),
      [file('a.ogg')],
      50161,
    ],
  ])('%s', async (_, body, files, code) => {
    expect(await post(body, files)).toMatchObject({ status: 400, code });
  });

  it('cannot be edited', async () => {
    const { body } = await post(voice(), [file('a.ogg')]);
    const path = `/channels/${discord.channel.id}/messages/${(body as { id: string }).id}`;
    expect(await rawCall(discord, `PATCH ${path}`, { content: 'x' })).toMatchObject({
      status: 400,
      code: 50162,
    });
  });
});

describe('an edit', () => {
  it('changes the fields it names and keeps the rest', async () => {
    const { body } = await edit({ content: 'x', embeds: [{ title: 'y' }] }, { content: 'z' });
    expect(body).toMatchObject({ content: 'z', embeds: [{ title: 'y' }] });
  });

  it('can switch to V2 components when it clears the old fields', async () => {
    expect(await edit({ content: 'x' }, v2(text('y')))).toMatchObject({ status: 400, wrong: ['content'] });
    expect(await edit({ content: 'x' }, { ...v2(text('y')), content: null })).toMatchObject({ status: 200 });
  });

  it('cannot switch back from V2 components', async () => {
    expect(await edit(v2(text('x')), { content: 'y', components: [], flags: 0 })).toMatchObject({
      status: 400,
      code: 50035,
    });
  });

  it('keeps the attachments that it lists, and adds new ones', async () => {
    const { body } = await post({ content: 'x' }, [file('a.mid'), file('b.mid')]);
    const { id, attachments } = body as { id: string; attachments: { id: string }[] };
    const path = `/channels/${discord.channel.id}/messages/${id}`;
    const change = { attachments: [{ id: attachments[1]!.id }, { id: '0', description: 'a piece' }] };
    const edited = await rawCall(discord, `PATCH ${path}`, change, [file('c.mid')]);
    expect(edited.body).toMatchObject({
      attachments: [{ filename: 'b.mid' }, { filename: 'c.mid', description: 'a piece' }],
    });
    expect(await rawCall(discord, `PATCH ${path}`, { attachments: [] }, [file('d.mid')])).toMatchObject({
      status: 400,
      wrong: ['attachments'],
    });
  });

  it('of somebody else’s message is refused', async () => {
    const { id } = discord.user().say('hello');
    expect(
      await rawCall(discord, `PATCH /channels/${discord.channel.id}/messages/${id}`, { content: 'x' }),
    ).toMatchObject({ status: 403, code: 50005 });
  });
});

describe('mentions', () => {
  it('only ping whom allowed_mentions allows', async () => {
    const ann = discord.user({ name: 'Ann' });
    const content = `@everyone <@${ann.id}>`;
    expect((await post({ content })).body).toMatchObject({
      mention_everyone: true,
      mentions: [{ id: ann.id }],
    });
    const quiet = { content, allowed_mentions: { parse: [] } };
    expect((await post(quiet)).body).toMatchObject({ mention_everyone: false, mentions: [] });
    expect(discord.messages().at(-1)?.allowedMentions).toEqual({ parse: [] });
  });
});

it('refusals are listed as violations', async () => {
  await post({ content: 'x'.repeat(2001) });
  expect(discord.violations).toContainEqual(
    expect.objectContaining({ route: 'POST /channels/{channel_id}/messages', source: 'rule' }),
  );
});
