import {
  ButtonStyle,
  ComponentType,
  GatewayIntentBits,
  MessageFlags,
  PermissionFlagsBits,
  SeparatorSpacingSize,
  TextInputStyle,
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackData,
  type AutocompleteInteraction,
  type Interaction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { startBot, type TestBot } from '../../local-discord/bot.js';
import type { LocalDiscord } from '../../local-discord/local-discord.js';

const everywhere = { contexts: [0, 1, 2], integration_types: [0, 1] };

const commands = [
  {
    ...everywhere,
    name: 'show',
    description: 'Shows every kind of message',
    description_localizations: { de: 'Zeigt jede Art von Nachricht' },
    name_localizations: { de: 'zeige' },
    options: [
      {
        type: 3,
        name: 'what',
        description: 'Which kind',
        required: true,
        choices: ['buttons', 'layout', 'embed', 'private', 'text', 'invalid', 'silence'].map((name) => ({
          name,
          value: name,
        })),
      },
      { type: 4, name: 'count', description: 'How many', min_value: 1, max_value: 9 },
      { type: 3, name: 'preset', description: 'A named set', autocomplete: true },
      { type: 11, name: 'midi', description: 'A file', file_types: ['.mid'] },
      { type: 5, name: 'loud', description: 'Louder' },
      { type: 6, name: 'whom', description: 'For whom' },
      { type: 7, name: 'where', description: 'In which channel' },
    ],
  },
  {
    ...everywhere,
    name: 'settings',
    description: 'Settings of the server',
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    options: [{ type: 1, name: 'reset', description: 'Takes everything back' }],
  },
  { ...everywhere, name: 'Compose from this', type: 3 },
];

/** A bot that answers with every kind of message, component and form that Discord has. */
export function startShowcase(discord: LocalDiscord): Promise<TestBot> {
  return startBot(discord, handle, {
    commands,
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages],
  }).then((bot) => {
    bot.client.on('messageCreate', (message) => {
      if (message.author.bot || !message.mentions.has(bot.client.user)) return;
      const names = message.attachments.map(({ name }) => name).join(', ');
      message
        .reply(`You sent ${names || 'nothing'}.`)
        .catch((error: unknown) => bot.errors.push(error as Error));
    });
    return bot;
  });
}

async function handle(interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) return suggest(interaction);
  if (interaction.isModalSubmit()) return answerForm(interaction);
  if (interaction.isMessageContextMenuCommand()) {
    const names = interaction.targetMessage.attachments.map(({ name }) => name).join(', ');
    await interaction.reply(`Composing from ${names || 'words'}.`);
  } else if (interaction.isButton()) {
    const opens = { remix: form, train }[interaction.customId];
    if (opens) await interaction.showModal(opens);
    else
      await interaction.reply({
        content: `${interaction.user.displayName} pressed it.`,
        flags: MessageFlags.Ephemeral,
      });
  } else if (interaction.isAnySelectMenu()) {
    await interaction.reply(`Chosen: ${interaction.values.join(', ')}`);
  } else if (interaction.isChatInputCommand()) {
    const { options } = interaction;
    if (interaction.commandName === 'settings') {
      await interaction.reply('Everything is as it was.');
      return;
    }
    const reply = replies[options.getString('what', true)];
    const file = options.getAttachment('midi');
    if (file) await interaction.reply(`Got ${file.name} with ${file.size} bytes.`);
    else if (reply) await interaction.reply(reply);
  }
}

async function suggest(interaction: AutocompleteInteraction): Promise<void> {
  const presets = [
    { name: 'Lullaby', value: 'lullaby-1' },
    { name: 'March', value: 'march-1' },
  ];
  const typed = interaction.options.getFocused().toLowerCase();
  await interaction.respond(presets.filter(({ name }) => name.toLowerCase().startsWith(typed)));
}

async function answerForm(interaction: ModalSubmitInteraction): Promise<void> {
  const { fields, customId } = interaction;
  const said =
    customId === 'remix-form'
      ? [
          fields.getTextInputValue('notes'),
          fields.getTextInputValue('about'),
          fields.getStringSelectValues('scale').join('+'),
          fields.getRadioGroup('voices'),
          fields.getUploadedFiles('seed')?.map(({ name }) => name) ?? 'no file',
        ]
      : [
          fields.getCheckboxGroup('outputs').join('+'),
          fields.getCheckbox('private'),
          fields.getStringSelectValues('keys').join('+'),
          fields.getSelectedUsers('whom')?.map(({ displayName }) => displayName),
        ];
  await interaction.reply(`Entered: ${said.join(' | ')}`);
}

const train: APIModalInteractionResponseCallbackData = {
  custom_id: 'train-form',
  title: 'Train',
  components: [
    { type: ComponentType.TextDisplay, content: 'This takes **minutes**.' },
    {
      type: ComponentType.Label,
      label: 'Outputs',
      component: {
        type: ComponentType.CheckboxGroup,
        custom_id: 'outputs',
        options: [
          { label: 'MIDI', value: 'midi', default: true },
          { label: 'Sound', value: 'sound' },
        ],
      },
    },
    {
      type: ComponentType.Label,
      label: 'Private',
      component: { type: ComponentType.Checkbox, custom_id: 'private' },
    },
    {
      type: ComponentType.Label,
      label: 'Keys',
      component: {
        type: ComponentType.StringSelect,
        custom_id: 'keys',
        max_values: 2,
        options: [
          { label: 'C', value: 'C' },
          { label: 'G', value: 'G' },
        ],
      },
    },
    {
      type: ComponentType.Label,
      label: 'For whom',
      component: { type: ComponentType.UserSelect, custom_id: 'whom', required: false },
    },
  ],
};

const form: APIModalInteractionResponseCallbackData = {
  custom_id: 'remix-form',
  title: 'Remix',
  components: [
    {
      type: ComponentType.Label,
      label: 'Notes',
      description: '1 to 2000',
      component: {
        type: ComponentType.TextInput,
        style: TextInputStyle.Short,
        custom_id: 'notes',
        value: '300',
        max_length: 4,
      },
    },
    {
      type: ComponentType.Label,
      label: 'About it',
      component: {
        type: ComponentType.TextInput,
        style: TextInputStyle.Paragraph,
        custom_id: 'about',
        required: false,
        placeholder: 'In your own words',
      },
    },
    {
      type: ComponentType.Label,
      label: 'Scale',
      component: {
        type: ComponentType.StringSelect,
        custom_id: 'scale',
        options: [
          { label: 'Major', value: 'major', default: true },
          { label: 'Dorian', value: 'dorian', description: 'a minor with a bright sixth' },
        ],
      },
    },
    {
      type: ComponentType.Label,
      label: 'Voices',
      component: {
        type: ComponentType.RadioGroup,
        custom_id: 'voices',
        options: [
          { label: 'Many', value: 'poly', default: true },
          { label: 'One', value: 'mono' },
        ],
      },
    },
    {
      type: ComponentType.Label,
      label: 'MIDI file',
      component: { type: ComponentType.FileUpload, custom_id: 'seed', required: false, file_types: ['.mid'] },
    },
  ],
};

const layout: APIMessageTopLevelComponent[] = [
  {
    type: ComponentType.Container,
    accent_color: 0x2b7a78,
    components: [
      {
        type: ComponentType.Section,
        components: [{ type: ComponentType.TextDisplay, content: '## Two takes\nPick the one you like.' }],
        accessory: {
          type: ComponentType.Thumbnail,
          media: { url: 'attachment://roll.png' },
          description: 'A square',
        },
      },
      { type: ComponentType.Separator, spacing: SeparatorSpacingSize.Large },
      {
        type: ComponentType.MediaGallery,
        items: [{ media: { url: 'attachment://roll.png' }, description: 'The first take' }],
      },
      { type: ComponentType.File, file: { url: 'attachment://take.mid' } },
      {
        type: ComponentType.ActionRow,
        components: [
          { type: ComponentType.Button, style: ButtonStyle.Success, label: 'Take 1', custom_id: 'take-1' },
        ],
      },
    ],
  },
];

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

type Reply = Parameters<ModalSubmitInteraction['reply']>[0];

const replies: Readonly<Record<string, Reply>> = {
  buttons: {
    content: 'Press something',
    components: [
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.Button,
            style: ButtonStyle.Primary,
            label: 'Again',
            custom_id: 'again',
            emoji: { name: '🔁' },
          },
          { type: ComponentType.Button, style: ButtonStyle.Secondary, label: 'Remix', custom_id: 'remix' },
          { type: ComponentType.Button, style: ButtonStyle.Success, label: 'Train', custom_id: 'train' },
          {
            type: ComponentType.Button,
            style: ButtonStyle.Danger,
            label: 'Delete',
            custom_id: 'delete',
            disabled: true,
          },
          {
            type: ComponentType.Button,
            style: ButtonStyle.Link,
            label: 'Manual',
            url: 'https://example.org/',
          },
        ],
      },
      {
        type: ComponentType.ActionRow,
        components: [
          {
            type: ComponentType.StringSelect,
            custom_id: 'scale',
            placeholder: 'Another scale',
            options: [
              { label: 'Dorian', value: 'dorian' },
              { label: 'Lydian', value: 'lydian' },
            ],
          },
        ],
      },
      {
        type: ComponentType.ActionRow,
        components: [{ type: ComponentType.ChannelSelect, custom_id: 'channel', placeholder: 'A channel' }],
      },
    ],
  },
  layout: {
    flags: MessageFlags.IsComponentsV2,
    components: layout,
    files: [
      { attachment: pixel, name: 'roll.png', description: 'A square' },
      { attachment: Buffer.from('MThd'), name: 'take.mid' },
    ],
  },
  embed: {
    embeds: [
      {
        color: 0xd9a300,
        title: 'About me',
        description: 'I **compose**.',
        fields: [
          { name: 'Model', value: '`lstm`', inline: true },
          { name: 'Version', value: '1', inline: true },
        ],
        footer: { text: 'MIT' },
      },
    ],
  },
  private: { content: 'A secret', flags: MessageFlags.Ephemeral },
  text: [
    '# Title',
    '-# small print',
    '> quoted **bold** and `code`',
    '- one',
    '- two',
    '<t:1700000000:R> [link](https://example.org/a) <script>alert(1)</script> <img src=x onerror=alert(1)>',
    '```\nlong command\n```',
  ].join('\n'),
  invalid: { embeds: [{ title: 'x'.repeat(300) }] },
};
