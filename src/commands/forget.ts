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
import { forgetServer } from '../bot/ops/forgetting.js';
import { localized } from '../bot/reply/localized.js';
import { serverOf } from '../bot/access/manager.js';
import { managers } from '../bot/access/preconditions.js';
import { languageFor } from '../i18n/languages.js';
import type { BotServices } from './services.js';

const actionName = 'forget';

/** `/forget`: what is kept for a server, and a button that deletes it. For people who manage it. */
export function forgetCommand({ settings, library }: BotServices): SlashCommand {
  return {
    data,
    allowed: managers,
    botPermissions: [],
    async execute(interaction) {
      const server = serverOf(interaction);
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
export function forgetAction({ settings, library, trainings }: BotServices): Action {
  return {
    name: actionName,
    allowed: managers,
    botPermissions: [],
    async execute(interaction, _args, { log }) {
      const server = serverOf(interaction);
      await interaction.deferReply();
      await forgetServer({ settings, library, trainings }, server);
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
