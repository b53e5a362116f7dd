import {
  ApplicationCommandOptionType as Type,
  ApplicationCommandType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalDiscord } from './local-discord.js';
import { rawCall, type RawAnswer } from './raw-call.js';

let discord: LocalDiscord;
beforeAll(async () => {
  const generous = { limit: 1000, windowMs: 1000 };
  discord = await LocalDiscord.start({ routeRateLimit: generous, globalRateLimit: generous });
});
afterAll(() => discord.stop());

const commands = (): string => `/applications/${discord.applicationId}/commands`;
const register = (...bodies: readonly unknown[]): Promise<RawAnswer> =>
  rawCall(discord, `PUT ${commands()}`, bodies);

const compose = { name: 'compose', description: 'Compose a piece' };
const option = (more: object = {}): object => ({
  type: Type.Integer,
  name: 'notes',
  description: 'How many',
  ...more,
});
const withOptions = (...options: object[]): object => ({ ...compose, options });
const sub = (name: string, ...options: object[]): object => ({
  type: Type.Subcommand,
  name,
  description: 'x',
  options,
});

describe('a valid command is registered:', () => {
  it.each<[string, unknown]>([
    ['a bare one', compose],
    ['with required options first', withOptions(option({ required: true }), option({ name: 'temp' }))],
    ['with choices', withOptions(option({ choices: [{ name: 'few', value: 10 }] }))],
    [
      'with sub-commands',
      withOptions(sub('get'), {
        type: Type.SubcommandGroup,
        name: 'set',
        description: 'x',
        options: [sub('model', option())],
      }),
    ],
    [
      'with file types',
      withOptions({ type: Type.Attachment, name: 'midi', description: 'x', file_types: ['.mid', 'audio'] }),
    ],
    [
      'with translations',
      { ...compose, name_localizations: { de: 'komponiere' }, description_localizations: { de: 'Stück' } },
    ],
    ['a context menu', { type: ApplicationCommandType.Message, name: 'Continue this MIDI' }],
    ['in letters of other scripts', { ...compose, name: '作曲' }],
  ])('%s', async (_, body) => {
    expect(await register(body)).toMatchObject({ status: 200 });
  });
});

describe('a command that breaks a rule is refused:', () => {
  it.each<[string, unknown, string]>([
    ['upper case in its name', { ...compose, name: 'Compose' }, '0.name'],
    ['a space in its name', { ...compose, name: 'com pose' }, '0.name'],
    ['a name over 32 characters', { ...compose, name: 'x'.repeat(33) }, '0.name'],
    ['no description', { name: 'compose' }, '0.description'],
    ['a description over 100 characters', { ...compose, description: 'x'.repeat(101) }, '0.description'],
    ['a description on a context menu', { type: 3, name: 'Continue', description: 'x' }, '0.description'],
    ['options on a context menu', { type: 3, name: 'Continue', options: [option()] }, '0.options'],
    [
      'a translation that is no name',
      { ...compose, name_localizations: { de: 'Kompo niere' } },
      '0.name_localizations.de',
    ],
    [
      'an unknown language',
      { ...compose, name_localizations: { klingon: 'x' } },
      '0.name_localizations.klingon',
    ],
    [
      'more than 25 options',
      withOptions(...Array.from({ length: 26 }, (_, n) => option({ name: `o${n}` }))),
      '0.options',
    ],
    [
      'a required option after an optional one',
      withOptions(option(), option({ name: 'temp', required: true })),
      '0.options.1',
    ],
    ['an option name twice', withOptions(option(), option()), '0.options.1.name'],
    ['an option without a type', withOptions({ name: 'x', description: 'x' }), '0.options.0.type'],
    ['an option without a description', withOptions({ type: 4, name: 'x' }), '0.options.0.description'],
    [
      'more than 25 choices',
      withOptions(option({ choices: Array.from({ length: 26 }, (_, n) => ({ name: `${n}`, value: n })) })),
      '0.options.0.choices',
    ],
    [
      'a choice of the wrong type',
      withOptions(option({ choices: [{ name: 'few', value: 'ten' }] })),
      '0.options.0.choices.0.value',
    ],
    [
      'a choice name twice',
      withOptions(
        option({
          choices: [
            { name: 'a', value: 1 },
            { name: 'a', value: 2 },
          ],
        }),
      ),
      '0.options.0.choices.1.name',
    ],
    [
      'choices beside autocomplete',
      withOptions(option({ autocomplete: true, choices: [{ name: 'a', value: 1 }] })),
      '0.options.0.choices',
    ],
    [
      'a minimum above the maximum',
      withOptions(option({ min_value: 2, max_value: 1 })),
      '0.options.0.min_value',
    ],
    ['a fraction as an integer’s minimum', withOptions(option({ min_value: 0.5 })), '0.options.0.min_value'],
    [
      'a minimum on a text',
      withOptions(option({ type: Type.String, min_value: 1 })),
      '0.options.0.min_value',
    ],
    [
      'file types on a text',
      withOptions(option({ type: Type.String, file_types: ['.mid'] })),
      '0.options.0.file_types',
    ],
    [
      'a file type without its dot',
      withOptions({ type: 11, name: 'midi', description: 'x', file_types: ['mid'] }),
      '0.options.0.file_types',
    ],
    ['sub-commands beside options', withOptions(sub('get'), option()), '0.options'],
    ['a sub-command in a sub-command', withOptions(sub('get', sub('it'))), '0.options.0.options.0.type'],
    [
      'permissions that are no number',
      { ...compose, default_member_permissions: 'admin' },
      '0.default_member_permissions',
    ],
    ['an unknown context', { ...compose, contexts: [7] }, '0.contexts'],
    ['the same name twice', compose, '1.name'],
    [
      'over 8000 characters',
      withOptions(
        ...Array.from({ length: 20 }, (_, n) =>
          option({
            name: `o${n}`,
            choices: Array.from({ length: 5 }, (__, c) => ({ name: `${c}`.padEnd(90, 'x'), value: c })),
          }),
        ),
      ),
      '0',
    ],
  ])('%s', async (_, body, where) => {
    const answer = await register(body, compose);
    expect(answer).toMatchObject({ status: 400, code: 50035 });
    expect(answer.wrong).toContain(where);
  });

  it('a list that is not an array', async () => {
    expect(await rawCall(discord, `PUT ${commands()}`, compose)).toMatchObject({ status: 400, code: 50035 });
  });

  it('too many', async () => {
    const menus = Array.from({ length: 16 }, (_, n) => ({ type: 3, name: `Menu ${n}` }));
    expect(await register(...menus)).toMatchObject({ status: 400, code: 30032 });
  });

  it('another application’s', async () => {
    expect(await rawCall(discord, 'PUT /applications/123456789012345678/commands', [])).toMatchObject({
      status: 403,
      code: 50001,
    });
  });
});

describe('registered commands', () => {
  it('are returned with IDs and defaults, without empty fields', async () => {
    await register(withOptions(option({ required: false, choices: [] })));
    const { body } = await rawCall(discord, `GET ${commands()}`);
    expect(body).toEqual([
      {
        id: expect.any(String) as string,
        version: expect.any(String) as string,
        application_id: discord.applicationId,
        type: ApplicationCommandType.ChatInput,
        ...compose,
        options: [{ type: Type.Integer, name: 'notes', description: 'How many' }],
        default_member_permissions: null,
        nsfw: false,
        contexts: null,
        integration_types: [0],
      },
    ]);
  });

  it('keep their IDs when they are registered again', async () => {
    const ids = async (): Promise<unknown> =>
      ((await register(compose)).body as { id: string }[]).map(({ id }) => id);
    expect(await ids()).toEqual(await ids());
  });

  it('show their translations on demand', async () => {
    await register({ ...compose, name_localizations: { de: 'komponiere' } });
    const [plain] = (await rawCall(discord, `GET ${commands()}`)).body as object[];
    const [full] = (await rawCall(discord, `GET ${commands()}?with_localizations=true`)).body as object[];
    expect(plain).not.toHaveProperty('name_localizations');
    expect(full).toMatchObject({ name_localizations: { de: 'komponiere' } });
  });

  it('are created, edited and deleted one by one', async () => {
    await register();
    const made = await rawCall(discord, `POST ${commands()}`, compose);
    expect(made.status).toBe(201);
    expect(await rawCall(discord, `POST ${commands()}`, compose)).toMatchObject({ status: 200 });
    const path = `${commands()}/${(made.body as { id: string }).id}`;
    expect(await rawCall(discord, `PATCH ${path}`, { description: 'New' })).toMatchObject({
      body: { name: 'compose', description: 'New' },
    });
    expect(await rawCall(discord, `DELETE ${path}`)).toMatchObject({ status: 204 });
    expect(await rawCall(discord, `GET ${path}`)).toMatchObject({ status: 404, code: 10063 });
  });
});

describe('a user sees', () => {
  const names = (user: { commands(): readonly { name: string }[] }): readonly string[] =>
    user.commands().map(({ name }) => name);

  it('global commands everywhere, a guild’s own only there', async () => {
    await register(compose);
    const other = discord.addGuild({ name: 'Elsewhere' });
    const path = `/applications/${discord.applicationId}/guilds/${discord.guild.id}/commands`;
    await rawCall(discord, `PUT ${path}`, [{ ...compose, name: 'local' }]);
    const user = discord.user();
    expect(names(user)).toEqual(['local', 'compose']);
    expect(names(user.dm())).toEqual(['compose']);
    expect(names(user.in(discord.addChannel(other, 'general')))).toEqual(['compose']);
    await expect(user.dm().slash('local')).rejects.toThrow('sees no command local');
    await rawCall(discord, `PUT ${path}`, []);
    expect(
      await rawCall(discord, `PUT /applications/${discord.applicationId}/guilds/1/commands`, []),
    ).toMatchObject({
      status: 404,
      code: 10004,
    });
  });

  it('commands only in their contexts', async () => {
    await register({ ...compose, contexts: [0] });
    expect(names(discord.user())).toEqual(['compose']);
    expect(names(discord.user().dm())).toEqual([]);
  });

  it('commands that need permissions only with them, or when an admin allows it', async () => {
    await register({ ...compose, default_member_permissions: String(PermissionFlagsBits.ManageGuild) });
    const user = discord.user();
    expect(names(user)).toEqual([]);
    expect(names(discord.user({ permissions: PermissionFlagsBits.ManageGuild }))).toEqual(['compose']);
    expect(names(discord.user({ permissions: PermissionFlagsBits.Administrator }))).toEqual(['compose']);
    discord.allow('compose', user);
    expect(names(user)).toEqual(['compose']);
  });

  it('commands that are off for everyone only as an administrator', async () => {
    await register({ ...compose, default_member_permissions: '0' });
    expect(names(discord.user({ permissions: PermissionFlagsBits.ManageGuild }))).toEqual([]);
    expect(names(discord.user({ permissions: PermissionFlagsBits.Administrator }))).toEqual(['compose']);
  });

  it('in a server without the bot, or in a group, only commands of apps they installed themselves', async () => {
    await register({ ...compose, integration_types: [0, 1] }, { ...compose, name: 'here' });
    const elsewhere = discord.addChannel(discord.addGuild({ hasBot: false }), 'general');
    const owner = discord.user({ hasInstalledApp: true });
    expect(names(owner.in(elsewhere))).toEqual(['compose']);
    expect(names(owner.in(discord.addGroup([owner, discord.user()])))).toEqual(['compose']);
    expect(names(discord.user().in(elsewhere))).toEqual([]);
  });
});
