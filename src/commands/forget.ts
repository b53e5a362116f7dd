import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  ButtonStyle,
  InteractionContextType,
  type BaseMessageOptions,
} from 'discord.js';
import { button, row } from '../bot/reply/buttons.js';
import type { Action, SlashCommand, SlashCommandData } from '../bot/dispatch/command.js';
import { formatCustomId } from '../bot/dispatch/custom-id.js';
import { forgetServer } from '../bot/ops/forgetting.js';
import { answerWith } from '../bot/reply/in-time.js';
import { localized } from '../bot/reply/localized.js';
import { serverOf } from '../bot/access/manager.js';
import { managers } from '../bot/access/preconditions.js';
import { languageFor } from '../i18n/languages.js';
import type { BotServices } from './services.js';

const actionName = 'forget';

/** `/forget`: lists the data stored for a server, with a button that deletes it. For server managers. */
export function forgetCommand({ settings, library }: BotServices): SlashCommand {
  return {
    data,
    allowed: managers,
    botPermissions: [],
    async execute(interaction) {
      const server = serverOf(interaction);
      const { forget: words } = languageFor(interaction.locale);
      const warning = async (): Promise<BaseMessageOptions> => {
        const { presets } = await settings.read(server);
        const models = (await library.list(server)).filter(({ origin }) => origin === 'server');
        return {
          content: words.warning(Object.keys(presets).length, models.length),
          components: [row(button(formatCustomId(actionName), words.button, '🗑️', ButtonStyle.Danger))],
        };
      };
      await answerWith(interaction, true, warning());
    },
  };
}

/** The button that deletes the data stored for the server in which it is pressed. */
export function forgetAction({ settings, library, trainings }: BotServices): Action {
  return {
    name: actionName,
    allowed: managers,
    botPermissions: [],
    async execute(interaction, _args, { log }) {
      const server = serverOf(interaction);
      const forgotten = forgetServer({ settings, library, trainings }, server).then(() => {
        log.info('server forgotten');
        return languageFor(interaction.locale).forget.done;
      });
      await answerWith(interaction, false, forgotten);
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
