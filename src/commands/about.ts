import { readFileSync } from 'node:fs';
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import { z } from 'zod';
import type { SlashCommand, SlashCommandData } from '../bot/command.js';
import type { ModelDetails, ModelLibrary } from '../studio/trainings.js';

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

/** `/about`: what composes here, under which licence, and how quick the line is. */
export function aboutCommand(library: ModelLibrary): SlashCommand {
  return {
    data,
    botPermissions: [],
    async execute(interaction) {
      const server = interaction.guildId ?? undefined;
      const model = await library.show(server, await library.current(server));
      const answerMs = Date.now() - interaction.createdTimestamp;
      await interaction.reply({
        content: [
          `**Musical AI** ${version} composes note by note, from an opening of mine or from your MIDI file.`,
          card(model),
          'Weights that come with me learnt from [MAESTRO v2.0.0](<https://magenta.tensorflow.org/datasets/maestro>) (Hawthorne et al., ICLR 2019) and follow its licence, CC BY-NC-SA 4.0: not for commercial use. My code is MIT.',
          `-# Your command reached me in ${Math.max(0, answerMs)} ms; the gateway answers in ${gateway(interaction.client.ws.ping)}. Up since <t:${Math.floor(interaction.client.readyTimestamp / 1000)}:R>.`,
        ].join('\n'),
        flags: MessageFlags.Ephemeral,
      });
    },
  };
}

function card({ id, origin, parent, trainedAt }: ModelDetails): string {
  const from = {
    shipped: 'it comes with me',
    operator: 'my operator added it',
    server: `this server trained it${parent === undefined ? '' : ` from \`${parent}\``}${trainedAt === undefined ? '' : `, <t:${Math.floor(Date.parse(trainedAt) / 1000)}:D>`}`,
  }[origin];
  return `Model here: \`${id}\` (${from}). \`/model list\` shows them all.`;
}

/** @param pingMs negative before the first heartbeat was answered */
function gateway(pingMs: number): string {
  return pingMs < 0 ? 'a moment' : `${Math.round(pingMs)} ms`;
}

const data: SlashCommandData = {
  type: ApplicationCommandType.ChatInput,
  name: 'about',
  description: 'What composes here, under which licence, and how quick the line is',
  integrationTypes: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};
