import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
  type ApplicationCommandSubCommandData,
} from 'discord.js';
import { requireTrainer } from '../bot/admin.js';
import type { Action, SlashCommand, SlashCommandData } from '../bot/command.js';
import type { BotConfig } from '../bot/config.js';
import { modelDetails, modelList } from '../bot/model-message.js';
import { codeText } from '../bot/plain-text.js';
import { matching } from '../bot/suggestions.js';
import { trainingActions } from '../bot/training-message.js';
import type { ModelDetails, ModelLibrary, ModelSummary } from '../studio/trainings.js';

/** `/model`: what models a server has, and which of them it composes with. */
export function modelCommand(library: ModelLibrary, config: Pick<BotConfig, 'trainers'>): SlashCommand {
  return {
    data,
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
      const { options, guildId } = interaction;
      const name = options.getString('name') ?? '';
      const subcommand = options.getSubcommand();
      const change = changes[subcommand];
      if (change !== undefined) {
        const server = requireTrainer(interaction, config.trainers);
        await interaction.deferReply();
        await interaction.editReply(await change(library, server, name));
        return;
      }
      const server = guildId ?? undefined;
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply(
        subcommand === 'list'
          ? modelList(await library.list(server))
          : modelDetails(await library.show(server, name)),
      );
    },
  };
}

/** The buttons under a training that make its model the server's, or delete it. */
export function modelActions(
  library: ModelLibrary,
  config: Pick<BotConfig, 'trainers'>,
): readonly [use: Action, remove: Action] {
  const action = (name: string, change: Change): Action => ({
    name,
    botPermissions: [],
    async execute(interaction, [model = '']) {
      const server = requireTrainer(interaction, config.trainers);
      await interaction.deferReply();
      await interaction.editReply(await change(library, server, model));
    },
  });
  return [action(trainingActions.use, use), action(trainingActions.remove, remove)];
}

/** Changes what a server composes with. @returns what to say of it, for everybody to read */
type Change = (library: ModelLibrary, server: string, name: string) => Promise<string>;

const use: Change = async (library, server, name) => inUse(await library.use(server, name));

const remove: Change = async (library, server, name) => {
  await library.remove(server, name);
  return `The model ${codeText(name)} is deleted.`;
};

const changes: Readonly<Record<string, Change>> = {
  use,
  rollback: async (library, server) => inUse(await library.rollback(server)),
  delete: remove,
};

function inUse({ name }: ModelDetails): string {
  return `This server now composes with ${codeText(name)}; \`/model rollback\` goes back to the one before.`;
}

/** What makes sense to suggest; everything else can still be typed, and is answered. */
const fitting: Readonly<Record<string, (model: ModelSummary) => boolean>> = {
  use: ({ current }) => !current,
  delete: ({ origin, current }) => origin === 'server' && !current,
};

function naming(name: string, description: string): ApplicationCommandSubCommandData {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name,
    description,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'name',
        description: 'Name of the model',
        required: true,
        autocomplete: true,
      },
    ],
  };
}

const data: SlashCommandData = {
  type: ApplicationCommandType.ChatInput,
  name: 'model',
  description: 'The models of this server',
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'list',
      description: 'Which models there are, and which is in use',
    },
    naming('show', 'What a model was trained on, how, and how well it did'),
    naming('use', 'Let this server compose with a model'),
    {
      type: ApplicationCommandOptionType.Subcommand,
      name: 'rollback',
      description: 'Go back to the model that was in use before',
    },
    naming('delete', 'Delete a model that this server trained'),
  ],
  integrationTypes: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
};
