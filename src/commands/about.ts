import { readFileSync } from 'node:fs';
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import { z } from 'zod';
import { everybody } from '../bot/access/preconditions.js';
import type { SlashCommand, SlashCommandData } from '../bot/dispatch/command.js';
import { localized } from '../bot/reply/localized.js';
import { codeText } from '../bot/reply/plain-text.js';
import type { Language } from '../i18n/language.js';
import { languageFor } from '../i18n/languages.js';
import { networkIn } from '../i18n/network.js';
import { totalLoss } from '../model/losses.js';
import type { ModelDetails } from '../model/model-library.js';
import { isTrainable } from '../request/networks.js';
import type { BotServices } from './services.js';

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

/** `/about`: model, licence and response times. */
export function aboutCommand({ library }: BotServices): SlashCommand {
  return {
    data,
    allowed: everybody,
    botPermissions: [],
    async execute(interaction) {
      const server = interaction.guildId ?? undefined;
      const language = languageFor(interaction.locale);
      const { about } = language;
      const model = await library.show(server, await library.current(server));
      const answerMs = Date.now() - interaction.createdTimestamp;
      const { client } = interaction;
      // Negative until the first heartbeat is acknowledged.
      const gatewayMs = client.ws.ping < 0 ? undefined : Math.round(client.ws.ping);
      await interaction.reply({
        content: [
          about.composes(version),
          card(language, model),
          about.licence('[MAESTRO v2.0.0](<https://magenta.tensorflow.org/datasets/maestro>)'),
          `-# ${about.line(Math.max(0, answerMs), gatewayMs, `<t:${Math.floor(client.readyTimestamp / 1000)}:R>`)}`,
        ].join('\n'),
        flags: MessageFlags.Ephemeral,
      });
    },
  };
}

/** A summary of the model card: origin, description and results. */
function card(
  language: Language,
  { id, name, kind, origin, parent, trainedAt, losses }: ModelDetails,
): string {
  const { about, models, figures } = language;
  const date = trainedAt === undefined ? undefined : `<t:${Math.floor(Date.parse(trainedAt) / 1000)}:D>`;
  return [
    about.model(id, origin === 'server' ? about.server(parent, date) : about[origin]),
    `${codeText(name)}: ${networkIn(language, kind)}`,
    ...(losses === undefined || !isTrainable(kind)
      ? []
      : [`${models.heldOutLoss}: ${figures.loss(totalLoss(kind, losses))}`]),
  ].join('\n');
}

const data: SlashCommandData = {
  type: ApplicationCommandType.ChatInput,
  ...localized(({ commands }) => commands.about),
  integrationTypes: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};
