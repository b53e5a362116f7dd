import {
  ActionRowBuilder,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  ContainerBuilder,
  ContextMenuCommandBuilder,
  FileBuilder,
  FileUploadBuilder,
  InteractionContextType,
  LabelBuilder,
  Locale,
  MentionableSelectMenuBuilder,
  MessageFlags,
  MessagePayload,
  ModalBuilder,
  PermissionFlagsBits,
  RadioGroupBuilder,
  Role,
  RoleSelectMenuBuilder,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
  UserSelectMenuBuilder,
  type ChatInputCommandInteraction,
  type Interaction,
  type InteractionReplyOptions,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBot, type TestBot } from './bot.js';
import type { Activity } from './feed.js';
import { LocalDiscord } from './local-discord.js';
import { faultsOfAnswer } from './openapi.js';
import type { OptionValues } from './slash-options.js';

const command = new SlashCommandBuilder()
  .setName('compose')
  .setDescription('Compose a piece')
  .addIntegerOption((option) =>
    option.setName('notes').setDescription('How many').setMinValue(1).setMaxValue(2000),
  )
  .addStringOption((option) => option.setName('model').setDescription('Which').setAutocomplete(true))
  .addAttachmentOption((option) =>
    option.setName('midi').setDescription('To start from').setFileTypes('.mid'),
  )
  .addUserOption((option) => option.setName('for').setDescription('For whom'))
  .addRoleOption((option) => option.setName('role').setDescription('For which role'))
  .addMentionableOption((option) => option.setName('whom').setDescription('A role or a person'))
  .setIntegrationTypes(ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall);
const menu = new ContextMenuCommandBuilder()
  .setName('Continue this MIDI')
  .setType(ApplicationCommandType.Message);
const aboutUser = new ContextMenuCommandBuilder().setName('Pieces').setType(ApplicationCommandType.User);
const configure = new SlashCommandBuilder()
  .setName('config')
  .setDescription('Settings')
  .addSubcommandGroup((group) =>
    group
      .setName('default')
      .setDescription('Defaults')
      .addSubcommand((sub) =>
        sub
          .setName('set')
          .setDescription('Set one')
          .addStringOption((option) =>
            option.setName('key').setDescription('Tonic').addChoices({ name: 'C sharp', value: 'C#' }),
          ),
      ),
  );

let discord: LocalDiscord;
let bot: TestBot | undefined;
beforeEach(async () => {
  const generous = { limit: 1000, windowMs: 1000 };
  discord = await LocalDiscord.start({ routeRateLimit: generous });
});
afterEach(async () => {
  await bot?.stop();
  await discord.stop();
  expect(bot?.errors).toEqual([]);
  expect(discord.violations).toEqual([]);
  expect(discord.requests.flatMap(faultsOfAnswer)).toEqual([]);
});

async function serve(handler: (interaction: Interaction) => unknown): Promise<void> {
  const commands = [command, menu, aboutUser, configure].map((builder) => builder.toJSON());
  bot = await startBot(discord, handler, { commands });
}

/** Handles only slash commands. */
function onSlash(handler: (interaction: ChatInputCommandInteraction) => unknown): Promise<void> {
  return serve((interaction) => (interaction.isChatInputCommand() ? handler(interaction) : undefined));
}

const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256);

describe('a slash command', () => {
  it('is deferred, shows progress, and ends with files, byte for byte', async () => {
    const received: Uint8Array[] = [];
    await onSlash(async (interaction) => {
      await interaction.deferReply();
      const { url, name, contentType } = interaction.options.getAttachment('midi', true);
      received.push(new Uint8Array(await (await fetch(url)).arrayBuffer()));
      await interaction.editReply(`${name} is ${String(contentType)}`);
      await interaction.editReply(`${interaction.options.getInteger('notes', true)} notes`);
      await interaction.editReply({
        content: 'Done',
        files: [
          { attachment: Buffer.from(bytes), name: 'my piece.mid', description: '32 bars' },
          { attachment: Buffer.from(bytes.slice(1)), name: 'preview.ogg' },
        ],
      });
    });
    const reply = await discord.user().slash('compose', { notes: 50, midi: { name: 'seed.mid', bytes } });
    expect(reply.state).toBe('deferred');
    expect(reply.acknowledgedAfterMs).toBeLessThan(3000);

    const done = await reply.finished();
    expect(reply.state).toBe('answered');
    expect(received).toEqual([bytes]);
    expect(reply.history.map((message) => (message.loading ? '…' : message.content))).toEqual([
      '…',
      'seed.mid is audio/midi',
      '50 notes',
      'Done',
    ]);
    expect(done.attachments.map(({ name, size, description }) => [name, size, description])).toEqual([
      ['my_piece.mid', 70_000, '32 bars'],
      ['preview.ogg', 69_999, undefined],
    ]);
    expect(done.file('.mid').bytes()).toEqual(bytes);
    const download = await fetch(done.file('.ogg').url);
    expect(new Uint8Array(await download.arrayBuffer())).toEqual(bytes.slice(1));
  });

  it('has the roles of its author and of mentioned users, and the mentioned role', async () => {
    const before = discord.addRole(discord.guild, 'Before');
    await onSlash((interaction) => {
      if (!interaction.inCachedGuild()) throw new Error('the server is unknown');
      const { member, options } = interaction;
      const whom = options.getMentionable('whom');
      return interaction.reply(
        [
          member.roles.cache.map(({ name }) => name).join('+'),
          options
            .getMember('for')
            ?.roles.cache.map(({ name }) => name)
            .join('+'),
          options.getRole('role')?.name,
          whom instanceof Role ? `role ${whom.name}` : whom?.displayName,
        ].join(', '),
      );
    });
    // One role from before the bot connects, and one from after.
    const after = discord.addRole(discord.guild, 'After');
    const ann = discord.user({ name: 'Ann', roles: [before, after] });
    const ben = discord.user({ name: 'Ben', roles: [after] });
    const said = async (options: OptionValues): Promise<string> =>
      (await ann.slash('compose', options)).message.content;
    expect(await said({ for: ben, role: before, whom: after })).toBe(
      '@everyone+Before+After, @everyone+After, Before, role After',
    );
    discord.takeRole(before, ann);
    discord.giveRole(before, ben);
    expect(await said({ for: ben, whom: ben })).toBe('@everyone+After, @everyone+Before+After, , Ben');

    const elsewhere = discord.addRole(discord.addGuild({}), 'Elsewhere');
    await expect(said({ role: elsewhere })).rejects.toThrow('role must be a role of this server');
  });

  it('has the user, the place and the language', async () => {
    const seen: unknown[] = [];
    await onSlash((interaction) => {
      const { user, locale, guildId, channelId, memberPermissions, appPermissions } = interaction;
      seen.push(user.globalName, locale, guildId, channelId);
      seen.push(
        memberPermissions?.has(PermissionFlagsBits.ManageGuild),
        appPermissions.has(PermissionFlagsBits.AttachFiles),
      );
      seen.push(
        interaction.attachmentSizeLimit,
        interaction.context,
        interaction.options.getUser('for')?.globalName,
      );
      return interaction.reply('ok');
    });
    discord.channel.appPermissions &= ~PermissionFlagsBits.AttachFiles;
    const bob = discord.user({ name: 'Bob' });
    const ann = discord.user({
      name: 'Ann',
      locale: Locale.German,
      permissions: PermissionFlagsBits.ManageGuild,
    });
    const reply = await ann.slash('compose', { for: bob });
    expect(reply.message.content).toBe('ok');
    const { guild, channel } = discord;
    expect(seen).toEqual([
      'Ann',
      'de',
      guild.id,
      channel.id,
      true,
      false,
      10 * 1024 * 1024,
      InteractionContextType.Guild,
      'Bob',
    ]);
  });

  it('has subcommands, and choices by name', async () => {
    await onSlash((interaction) => {
      const { options } = interaction;
      return interaction.reply(
        [options.getSubcommandGroup(), options.getSubcommand(), options.getString('key')].join(' '),
      );
    });
    const reply = await discord.user().slash('config default set', { key: 'C sharp' });
    expect(reply.message.content).toBe('default set C#');
  });

  it('can be answered only for its user', async () => {
    await onSlash((interaction) => interaction.reply({ content: 'No', flags: MessageFlags.Ephemeral }));
    const [ann, bob] = [discord.user(), discord.user()];
    const reply = await ann.slash('compose');
    expect(reply.message.ephemeral).toBe(true);
    expect(ann.messages()).toHaveLength(1);
    expect(bob.messages()).toEqual([]);
  });

  it('is followed up: first into the “thinking” message, then by new ones', async () => {
    await onSlash(async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.followUp('first');
      await interaction.followUp({ content: 'second', flags: MessageFlags.Ephemeral });
      const third = await interaction.followUp('third');
      await interaction.editReply({ message: third, content: 'third!' });
      await interaction.deleteReply(third);
      await interaction.deleteReply();
    });
    const gone: string[] = [];
    const unsubscribe = discord.watch((activity) => {
      if (activity.kind === 'message' && activity.event === 'deleted') gone.push(activity.message.content);
    });
    const reply = await discord.user().slash('compose');
    const second = await reply.followUp();
    expect(second).toMatchObject({ content: 'second', ephemeral: true });
    await discord.until(() => gone.length === 2, 'two deleted messages');
    unsubscribe();
    expect(gone).toEqual(['third!', 'first']);
    expect(reply.followUps.map(({ content }) => content)).toEqual(['second']);
  });

  it('works in direct messages, and for people who installed the bot themselves', async () => {
    const seen: unknown[] = [];
    await onSlash((interaction) => {
      const { context, guildId, authorizingIntegrationOwners } = interaction;
      seen.push([context, guildId, Object.keys(authorizingIntegrationOwners)]);
      return interaction.reply('ok');
    });
    const guild = discord.addGuild({ hasBot: false });
    const ann = discord.user({ hasInstalledApp: true });
    await discord.user().dm().slash('compose');
    const open = await ann.in(discord.addChannel(guild, 'general')).slash('compose');
    const shy = discord.user({ hasInstalledApp: true, lacks: PermissionFlagsBits.UseExternalApps });
    const hidden = await shy.in(discord.addChannel(guild, 'quiet')).slash('compose');
    expect(seen.map((entry) => (entry as unknown[]).slice(0, 2))).toEqual([
      [InteractionContextType.BotDM, null],
      [InteractionContextType.Guild, guild.id],
      [InteractionContextType.Guild, guild.id],
    ]);
    expect([open.message.ephemeral, hidden.message.ephemeral]).toEqual([false, true]);
  });

  it('returns the response when the bot asks for it', async () => {
    const seen: unknown[] = [];
    await onSlash(async (interaction) => {
      const { interaction: about, resource } = await interaction.deferReply({ withResponse: true });
      seen.push(about.responseMessageLoading, resource?.message?.flags.has(MessageFlags.Loading));
      await interaction.editReply('ok');
      seen.push((await interaction.fetchReply()).content);
    });
    const reply = await discord.user().slash('compose');
    await reply.answered();
    await discord.until(() => seen.length === 3, 'the fetched reply');
    expect(seen).toEqual([true, true, 'ok']);
  });
});

describe('autocomplete', () => {
  it('suggests while the user types', async () => {
    await serve((interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      return interaction.respond([
        { name: `${name}: ${value}`, value: `${interaction.options.getInteger('notes') ?? 0}` },
      ]);
    });
    expect(await discord.user().autocomplete('compose', { model: 'ls', notes: 7 }, 'model')).toEqual([
      { name: 'model: ls', value: '7' },
    ]);
  });
});

describe('a context menu', () => {
  it('passes the message with its files, whoever wrote it', async () => {
    await serve((interaction) => {
      if (!interaction.isMessageContextMenuCommand()) return;
      const { content, attachments } = interaction.targetMessage;
      return interaction.reply(
        `${content}: ${attachments.map(({ name, size }) => `${name} ${size}`).join()}`,
      );
    });
    const message = discord.user().say('listen', { files: [{ name: 'a.mid', bytes }] });
    const reply = await discord.user().contextMenu('Continue this MIDI', message);
    expect(reply.message.content).toBe('listen: a.mid 70000');
  });

  it('passes a user', async () => {
    await serve((interaction) =>
      interaction.isUserContextMenuCommand()
        ? interaction.reply(interaction.targetUser.displayName)
        : undefined,
    );
    const reply = await discord.user().contextMenu('Pieces', discord.user({ name: 'Ann' }));
    expect(reply.message.content).toBe('Ann');
  });
});

describe('components', () => {
  const buttons = new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('again:42').setLabel('Again').setStyle(ButtonStyle.Primary),
    new ButtonBuilder().setCustomId('later').setLabel('Later').setStyle(ButtonStyle.Secondary),
    new ButtonBuilder().setCustomId('off').setLabel('Off').setStyle(ButtonStyle.Secondary).setDisabled(true),
    new ButtonBuilder().setURL('https://example.org').setLabel('Docs').setStyle(ButtonStyle.Link),
  );
  const scales = new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
    new StringSelectMenuBuilder()
      .setCustomId('scale')
      .addOptions({ label: 'Major', value: 'major' }, { label: 'Blues', value: 'blues' }),
  );
  const offer: InteractionReplyOptions = { content: 'Which?', components: [buttons, scales] };

  it('a button updates its message, or replies with a new one', async () => {
    await serve(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply(offer);
      if (!interaction.isButton()) return;
      if (interaction.customId === 'later') {
        await interaction.deferUpdate();
        await interaction.editReply('later');
        await interaction.followUp('a new one');
      } else {
        await interaction.update({ content: `pressed ${interaction.customId}`, components: [] });
      }
    });
    const [ann, bob] = [discord.user(), discord.user()];
    const { message } = await ann.slash('compose');
    expect(message.buttons).toHaveLength(4);
    const later = await bob.press(message, 'later');
    await later.until(({ content }) => content === 'later');
    expect((await later.followUp()).content).toBe('a new one');
    const again = await bob.press(message, 'Again');
    expect(again.message).toMatchObject({ id: message.id, content: 'pressed again:42' });
    await expect(bob.press(message, 'Again')).rejects.toThrow('There is no button Again');
  });

  it('a menu passes what was chosen', async () => {
    await serve((interaction) => {
      if (interaction.isChatInputCommand()) return interaction.reply(offer);
      if (interaction.isStringSelectMenu()) return interaction.reply(interaction.values.join());
      return undefined;
    });
    const { message } = await discord.user().slash('compose');
    const reply = await discord.user().select(message, 'scale', ['Blues']);
    expect(reply.message.content).toBe('blues');
  });

  it('a menu of people or channels passes what was chosen', async () => {
    const who = new ActionRowBuilder<UserSelectMenuBuilder>().addComponents(
      new UserSelectMenuBuilder().setCustomId('who'),
    );
    const where = new ActionRowBuilder<ChannelSelectMenuBuilder>().addComponents(
      new ChannelSelectMenuBuilder().setCustomId('where'),
    );
    await serve((interaction) => {
      if (interaction.isChatInputCommand()) return interaction.reply({ components: [who, where] });
      if (interaction.isUserSelectMenu()) {
        return interaction.reply(interaction.users.map(({ displayName }) => displayName).join());
      }
      if (interaction.isChannelSelectMenu())
        return interaction.reply([...interaction.channels.keys()].join());
      return undefined;
    });
    const [ann, ben] = [discord.user({ name: 'Ann' }), discord.user({ name: 'Ben' })];
    const { message } = await ann.slash('compose');
    expect((await ann.select(message, 'who', [ben.id])).message.content).toBe('Ben');
    expect((await ann.select(message, 'where', [discord.channel.id])).message.content).toBe(
      discord.channel.id,
    );
    await expect(ann.select(message, 'who', ['7'])).rejects.toThrow('who takes a user');
  });

  it('a menu of roles, or of roles and people, passes what was chosen', async () => {
    const rows = [
      new ActionRowBuilder<RoleSelectMenuBuilder>().addComponents(
        new RoleSelectMenuBuilder().setCustomId('role'),
      ),
      new ActionRowBuilder<MentionableSelectMenuBuilder>().addComponents(
        new MentionableSelectMenuBuilder().setCustomId('whom').setMaxValues(2),
      ),
    ];
    await serve((interaction) => {
      if (interaction.isChatInputCommand()) return interaction.reply({ components: rows });
      if (!interaction.isRoleSelectMenu() && !interaction.isMentionableSelectMenu()) return undefined;
      const users = interaction.isMentionableSelectMenu() ? [...interaction.users.values()] : [];
      const names = [
        ...interaction.roles.map((role) => `role ${role.name}`),
        ...users.map((user) => `user ${user.displayName}`),
      ];
      return interaction.reply(names.join());
    });
    const players = discord.addRole(discord.guild, 'Players');
    const ann = discord.user({ name: 'Ann' });
    const { message } = await ann.slash('compose');
    expect((await ann.select(message, 'role', [players.id])).message.content).toBe('role Players');
    const both = await ann.select(message, 'whom', [players.id, ann.id]);
    expect(both.message.content).toBe('role Players,user Ann');
    await expect(ann.select(message, 'role', [ann.id])).rejects.toThrow('role takes a role');
  });

  it('a user can be given other permissions and another language', async () => {
    await onSlash((interaction) =>
      interaction.reply(`${interaction.locale} ${interaction.memberPermissions?.has('ManageGuild')}`),
    );
    const ann = discord.user();
    const manager = ann.as({ permissions: PermissionFlagsBits.ManageGuild, locale: Locale.German });
    expect((await manager.slash('compose')).message.content).toBe('de true');
    expect((await manager.as({}).slash('compose')).message.content).toBe('de false');
    expect((await ann.slash('compose')).message.content).toBe('en-US false');
  });

  it('the client refuses to press what cannot be pressed', async () => {
    await onSlash((interaction) => interaction.reply({ ...offer, flags: MessageFlags.Ephemeral }));
    const [ann, bob] = [discord.user(), discord.user()];
    const { message } = await ann.slash('compose');
    await expect(ann.press(message, 'Off')).rejects.toThrow('greyed out');
    await expect(ann.press(message, 'Docs')).rejects.toThrow('leads out');
    await expect(bob.press(message, 'Again')).rejects.toThrow('sees no such message');
    await expect(ann.select(message, 'scale', ['Dorian'])).rejects.toThrow('no choice Dorian');
    await expect(ann.select(message, 'scale', ['Major', 'Blues'])).rejects.toThrow('Choose 1 to 1');
    expect(() => ann.delete(message)).toThrow('cannot delete');
  });

  it('V2 components lay out a message', async () => {
    await onSlash((interaction) =>
      interaction.reply({
        flags: MessageFlags.IsComponentsV2,
        components: [
          new ContainerBuilder()
            .addTextDisplayComponents(new TextDisplayBuilder().setContent('**Sonata**'))
            .addFileComponents(new FileBuilder().setURL('attachment://piece.mid')),
        ],
        files: [{ attachment: Buffer.from(bytes), name: 'piece.mid' }],
      }),
    );
    const { message } = await discord.user().slash('compose');
    expect(message.text).toBe('**Sonata**');
    const { url } = message.file('piece.mid');
    expect(message.allComponents).toContainEqual(
      expect.objectContaining({ name: 'piece.mid', file: expect.objectContaining({ url }) as object }),
    );
  });

  it('a voice message is accepted when its type is audio', async () => {
    await onSlash(async (interaction) => {
      await interaction.reply('Listen');
      const payload = MessagePayload.create(interaction, {
        flags: MessageFlags.IsVoiceMessage,
        files: [{ attachment: Buffer.from('OggS\0'), name: 'v.ogg', waveform: 'AAAA', duration: 2 }],
      });
      await payload.resolveBody().resolveFiles();
      payload.files![0]!.contentType = 'audio/ogg';
      await interaction.followUp(payload);
    });
    const reply = await discord.user().slash('compose');
    expect((await reply.followUp()).attachments[0]?.contentType).toBe('audio/ogg');
  });
});

describe('a modal', () => {
  const modal = new ModalBuilder()
    .setCustomId('remix:42')
    .setTitle('Remix')
    .addLabelComponents(
      new LabelBuilder()
        .setLabel('Notes')
        .setTextInputComponent(
          new TextInputBuilder()
            .setCustomId('notes')
            .setStyle(TextInputStyle.Short)
            .setValue('300')
            .setMaxLength(4),
        ),
      new LabelBuilder()
        .setLabel('Voices')
        .setRadioGroupComponent(
          new RadioGroupBuilder()
            .setCustomId('voices')
            .addOptions({ label: 'One', value: 'mono' }, { label: 'Many', value: 'poly', default: true }),
        ),
      new LabelBuilder()
        .setLabel('Start from')
        .setFileUploadComponent(
          new FileUploadBuilder().setCustomId('midi').setRequired(false).setFileTypes('.mid'),
        ),
    );

  async function serveModal(): Promise<void> {
    await serve((interaction) => {
      if (interaction.isChatInputCommand()) return interaction.showModal(modal);
      if (!interaction.isModalSubmit()) return undefined;
      const { fields, customId } = interaction;
      const file = fields.getUploadedFiles('midi')?.first();
      const values = [fields.getTextInputValue('notes'), fields.getRadioGroup('voices'), file?.name];
      return interaction.reply(`${customId} ${values.join(' ')}`);
    });
  }

  it('opens filled in, takes a file, and is submitted', async () => {
    await serveModal();
    const user = discord.user();
    const opened = await user.slash('compose');
    expect(opened.state).toBe('modal');
    expect(opened.modal.title).toBe('Remix');
    const untouched = await user.submitModal(opened);
    expect(untouched.message.content).toBe('remix:42 300 poly ');
    const changed = await user.submitModal(opened, {
      Notes: '50',
      voices: 'One',
      midi: { name: 'x.mid', bytes },
    });
    expect(changed.message.content).toBe('remix:42 50 mono x.mid');
  });

  it.each<[string, Parameters<ReturnType<LocalDiscord['user']>['submitModal']>[1], string]>([
    ['an unknown field', { Tempo: '1' }, 'no field Tempo'],
    ['a text that is too long', { notes: '30000' }, '0 to 4 characters'],
    ['a required field left empty', { notes: '' }, 'required'],
    ['a choice that is not there', { Voices: 'Two' }, 'no choice Two'],
    ['a file of another type', { midi: { name: 'x.jpg', bytes } }, 'must be one of .mid'],
    [
      'two files',
      {
        midi: [
          { name: 'x.mid', bytes },
          { name: 'y.mid', bytes },
        ],
      },
      'takes 0 to 1',
    ],
  ])('is not submitted with %s', async (_, values, reason) => {
    await serveModal();
    const user = discord.user();
    const opened = await user.slash('compose');
    await expect(user.submitModal(opened, values)).rejects.toThrow(reason);
    await expect(discord.user().submitModal(opened)).rejects.toThrow('another user');
  });
});

describe('the client refuses a slash command', () => {
  it.each<[string, Parameters<ReturnType<LocalDiscord['user']>['slash']>, string]>([
    ['that does not exist', ['train'], 'sees no command train'],
    ['with an unknown option', ['compose', { tempo: 1 }], 'no option tempo'],
    ['with a number below the minimum', ['compose', { notes: 0 }], 'between 1 and 2000'],
    ['with a number above the maximum', ['compose', { notes: 2001 }], 'between 1 and 2000'],
    ['with a fraction for an integer', ['compose', { notes: 1.5 }], 'a whole number'],
    ['with a text for a number', ['compose', { notes: 'ten' }], 'a number'],
    ['with a file of another type', ['compose', { midi: { name: 'x.jpg', bytes } }], 'must be one of .mid'],
    [
      'with a file over the limit',
      ['compose', { midi: { name: 'x.mid', bytes: new Uint8Array(10 * 1024 * 1024 + 1) } }],
      'larger than',
    ],
    ['with somebody unknown', ['compose', { for: { id: '1' } }], 'a user'],
    ['without its sub-command', ['config'], 'Choose one of the sub-commands'],
    ['with a choice that is not there', ['config default set', { key: 'H' }], 'one of its choices'],
  ])('%s', async (_, call, reason) => {
    await serve(() => undefined);
    await expect(discord.user().slash(...call)).rejects.toThrow(reason);
    await expect(discord.user().autocomplete('compose', {}, 'notes')).rejects.toThrow('no autocomplete');
  });
});

it('everything that happens can be watched, as JSON', async () => {
  const seen: Activity[] = [];
  discord.watch((activity) => seen.push(JSON.parse(JSON.stringify(activity)) as Activity));
  await onSlash((interaction) => interaction.reply('ok'));
  await discord.user().slash('compose');
  await discord.until(() => seen.some(({ kind }) => kind === 'request'), 'requests');
  const outline = seen.map((activity) =>
    'event' in activity ? `${activity.kind} ${activity.event}` : activity.kind,
  );
  expect(outline).toEqual([
    'request',
    'gateway ready',
    'commands',
    'request',
    'interaction sent',
    'message created',
    'interaction acknowledged',
    'request',
  ]);
});
