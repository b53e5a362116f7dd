import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import type { SlashCommand, SlashCommandData } from '../bot/command.js';
import { requireManager } from '../bot/manager.js';
import { matching } from '../bot/suggestions.js';
import type { ServerSettings, ServerSettingsStore } from '../bot/server-settings.js';
import { formatOptions } from '../studio/option-text.js';
import type { Studio } from '../studio/studio.js';
import { rawOptions, repeatableOptions } from './composition-options.js';

/** `/settings`: what a server decides, for people who manage it. */
export function settingsCommand(studio: Studio, store: ServerSettingsStore): SlashCommand {
  return {
    data,
    botPermissions: [],
    suggest: (_option, typed) => matching(studio.openings, typed),
    async execute(interaction) {
      const server = requireManager(interaction);
      const { options } = interaction;
      let settings: ServerSettings;
      switch (options.getSubcommand()) {
        case 'defaults': {
          const defaults = rawOptions(options);
          studio.request(defaults, undefined, server);
          settings = await store.update(server, (before) => ({ ...before, defaults }));
          break;
        }
        case 'share-channel': {
          const channel = options.getChannel('channel');
          settings = await store.update(server, (before) => ({ ...before, shareChannel: channel?.id }));
          break;
        }
        default:
          settings = await store.read(server);
      }
      await interaction.reply({ content: shown(settings), flags: MessageFlags.Ephemeral });
    },
  };
}

function shown({ defaults, shareChannel, presets }: ServerSettings): string {
  return [
    '**Settings of this server**',
    `Options of /compose when they are not given: ${Object.keys(defaults).length === 0 ? 'mine' : `\`${formatOptions(defaults)}\``}`,
    `Share posts to: ${shareChannel === undefined ? 'the channel it is pressed in' : `<#${shareChannel}>`}`,
    `Presets of its own: ${Object.keys(presets).length} (see \`/preset list\`)`,
  ].join('\n');
}

const data: SlashCommandData = {
  type: ApplicationCommandType.ChatInput,
  name: 'settings',
  description: 'What this server decides about my music',
  defaultMemberPermissions: 'ManageGuild',
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'show',
      description: 'Show the settings of this server',
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'defaults',
      description:
        'Choose what /compose takes for options that are not given; those not given here go back to mine',
      // Which model composes is chosen by /model use alone.
      options: repeatableOptions.filter(({ name }) => name !== 'model'),
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'share-channel',
      description: 'Choose where the button Share posts to',
      options: [
        {
          type: ApplicationCommandOptionType.Channel,
          name: 'channel',
          description: 'Without a channel, the one where the button is pressed',
          channelTypes: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
        },
      ],
    },
  ],
  integrationTypes: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
};
