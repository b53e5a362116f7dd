import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  ButtonStyle,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import { button, row } from '../bot/buttons.js';
import type { Action, SlashCommand, SlashCommandData } from '../bot/command.js';
import { formatCustomId } from '../bot/custom-id.js';
import { forgetServer, type ServerMemory } from '../bot/forgetting.js';
import { requireManager } from '../bot/manager.js';

const actionName = 'forget';

/** `/forget`: what is kept for a server, and a button that deletes it. For people who manage it. */
export function forgetCommand({
  settings,
  library,
}: Pick<ServerMemory, 'settings' | 'library'>): SlashCommand {
  return {
    data,
    botPermissions: [],
    async execute(interaction) {
      const server = requireManager(interaction);
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const { presets } = await settings.read(server);
      const models = (await library.list(server)).filter(({ origin }) => origin === 'server');
      await interaction.editReply({
        content: `**This deletes everything that I keep for this server**: its settings, its presets (${Object.keys(presets).length}), the models that it trained (${models.length}), and a training that is going on. It cannot be undone. Pieces in the channels stay.`,
        components: [row(button(formatCustomId(actionName), 'Delete everything', '🗑️', ButtonStyle.Danger))],
      });
    },
  };
}

/** The button that deletes what is kept for the server in which it is pressed. */
export function forgetAction(memory: ServerMemory): Action {
  return {
    name: actionName,
    botPermissions: [],
    async execute(interaction, _args, { log }) {
      const server = requireManager(interaction);
      await interaction.deferReply();
      await forgetServer(memory, server);
      log.info('server forgotten');
      await interaction.editReply('I have deleted everything that I kept for this server.');
    },
  };
}

const data: SlashCommandData = {
  type: ApplicationCommandType.ChatInput,
  name: 'forget',
  description: 'Delete everything that I keep for this server',
  defaultMemberPermissions: 'ManageGuild',
  options: [],
  integrationTypes: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
};
