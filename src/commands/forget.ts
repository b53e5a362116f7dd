import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  ButtonStyle,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import { button, row } from '../bot/reply/buttons.js';
import type { Action, SlashCommand, SlashCommandData } from '../bot/dispatch/command.js';
import { formatCustomId } from '../bot/dispatch/custom-id.js';
import { forgetServer, type ServerMemory } from '../bot/ops/forgetting.js';
import { localized } from '../bot/reply/localized.js';
import { requireManager } from '../bot/access/manager.js';
import { languageFor } from '../i18n/languages.js';

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
      const { forget: words } = languageFor(interaction.locale);
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const { presets } = await settings.read(server);
      const models = (await library.list(server)).filter(({ origin }) => origin === 'server');
      await interaction.editReply({
        content: words.warning(Object.keys(presets).length, models.length),
        components: [row(button(formatCustomId(actionName), words.button, '🗑️', ButtonStyle.Danger))],
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
      await interaction.editReply(languageFor(interaction.locale).forget.done);
    },
  };
}

const data: SlashCommandData = {
  type: ApplicationCommandType.ChatInput,
  ...localized(({ commands }) => commands.forget),
  defaultMemberPermissions: 'ManageGuild',
  options: [],
  integrationTypes: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
};
