import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type ApplicationCommandSubCommandData,
} from 'discord.js';
import { serverOf } from '../bot/access/manager.js';
import { bySubcommand, everybody } from '../bot/access/preconditions.js';
import type { Action, SlashCommand, SlashCommandData } from '../bot/dispatch/command.js';
import { answerWith } from '../bot/reply/in-time.js';
import { localized } from '../bot/reply/localized.js';
import { modelDetails, modelList } from '../bot/training/model-message.js';
import { codeText } from '../bot/reply/plain-text.js';
import { matching } from '../bot/dispatch/suggestions.js';
import { trainingActions } from '../bot/training/training-message.js';
import type { Language } from '../i18n/language.js';
import { languageFor } from '../i18n/languages.js';
import type { ModelDetails, ModelLibrary, ModelSummary } from '../model/model-library.js';
import type { BotServices } from './services.js';

/** `/model`: a server's models, and which one it composes with. */
export function modelCommand({ library, trainers }: BotServices): SlashCommand {
  return {
    data,
    allowed: bySubcommand({
      list: everybody,
      show: everybody,
      use: trainers,
      rollback: trainers,
      delete: trainers,
    }),
    botPermissions: [],
    async suggest(_option, typed, interaction) {
      const models = await library.list(interaction.guildId ?? undefined);
      const fits = fitting[interaction.options.getSubcommand()] ?? (() => true);
      return matching(
        models.filter(fits).map(({ name }) => name),
        typed,
      );
    },
    async execute(interaction) {
      const { options, guildId, locale } = interaction;
      const language = languageFor(locale);
      const name = options.getString('name') ?? '';
      const subcommand = options.getSubcommand();
      const change = changes[subcommand];
      if (change !== undefined) {
        await answerWith(interaction, false, change(library, serverOf(interaction), name, language));
        return;
      }
      const server = guildId ?? undefined;
      await answerWith(
        interaction,
        true,
        subcommand === 'list'
          ? library.list(server).then((models) => modelList(language, models))
          : library.show(server, name).then((model) => modelDetails(language, model)),
      );
    },
  };
}

/** The buttons under a training that select its model for the server, or delete it. */
export function modelActions({ library, trainers }: BotServices): readonly Action[] {
  const action = (name: string, change: Change): Action => ({
    name,
    allowed: trainers,
    botPermissions: [],
    async execute(interaction, [model = '']) {
      const language = languageFor(interaction.locale);
      await answerWith(interaction, false, change(library, serverOf(interaction), model, language));
    },
  });
  return [action(trainingActions.use, use), action(trainingActions.remove, remove)];
}

/**
 * Changes the model of a server.
 * @returns a public message about it
 */
type Change = (library: ModelLibrary, server: string, name: string, language: Language) => Promise<string>;

const use: Change = async (library, server, name, language) =>
  inUse(language, await library.use(server, name));

const remove: Change = async (library, server, name, { models }) => {
  await library.remove(server, name);
  return models.deleted(codeText(name));
};

const changes: Readonly<Record<string, Change>> = {
  use,
  rollback: async (library, server, _name, language) => inUse(language, await library.rollback(server)),
  delete: remove,
};

function inUse({ models }: Language, { name }: ModelDetails): string {
  return models.inUse(codeText(name));
}

/** Models worth suggesting for a subcommand; other names can still be typed, and get an answer. */
const fitting: Readonly<Record<string, (model: ModelSummary) => boolean>> = {
  use: ({ current }) => !current,
  delete: ({ origin, current }) => origin === 'server' && !current,
};

function naming(subcommand: 'show' | 'use' | 'delete'): ApplicationCommandSubCommandData {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    ...localized(({ commands }) => commands.model[subcommand]),
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...localized(({ commands }) => commands.model.modelName),
        required: true,
        autocomplete: true,
      },
    ],
  };
}

const data: SlashCommandData = {
  type: ApplicationCommandType.ChatInput,
  ...localized(({ commands }) => commands.model),
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      ...localized(({ commands }) => commands.model.list),
    },
    naming('show'),
    naming('use'),
    {
      type: ApplicationCommandOptionType.Subcommand,
      ...localized(({ commands }) => commands.model.rollback),
    },
    naming('delete'),
  ],
  integrationTypes: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
};
