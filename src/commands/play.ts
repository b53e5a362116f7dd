import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
  type PermissionsString,
  type RepliableInteraction,
} from 'discord.js';
import { guildOf } from '../bot/access/manager.js';
import { inServer } from '../bot/access/preconditions.js';
import { onlyMidi, pieceOf } from '../bot/compose/composition-handler.js';
import type { AttachedFile } from '../bot/compose/download.js';
import type { Action, CommandContext, MessageCommand } from '../bot/dispatch/command.js';
import { messageOf } from '../bot/dispatch/pressed-message.js';
import type { Radios } from '../bot/radio/radios.js';
import { localizedName } from '../bot/reply/localized.js';
import { languageFor } from '../i18n/languages.js';
import { startPermissions } from './radio.js';
import type { BotServices } from './services.js';

/** Plays the MIDI file of any message in the radio; only registered with `VOICE=on`. */
export function playCommand({ radios, compositions }: BotServices): readonly MessageCommand[] {
  if (radios === undefined) return [];
  const command: MessageCommand = {
    data: {
      type: ApplicationCommandType.Message,
      ...localizedName(({ commands }) => commands.playMidi.name),
      integrationTypes: [ApplicationIntegrationType.GuildInstall],
      contexts: [InteractionContextType.Guild],
    },
    allowed: inServer,
    botPermissions: (interaction) => neededPermissions(radios, interaction),
    async execute(interaction, context) {
      await play(interaction, onlyMidi(interaction.targetMessage), radios, compositions, context);
    },
  };
  return [command];
}

/** The button under a piece that plays it in the radio. */
export function playAction({ radios, compositions }: BotServices): readonly Action[] {
  if (radios === undefined) return [];
  const action: Action = {
    name: 'play',
    allowed: inServer,
    botPermissions: (interaction) => neededPermissions(radios, interaction),
    async execute(interaction, _args, context) {
      await play(interaction, pieceOf(messageOf(interaction)), radios, compositions, context);
    },
  };
  return [action];
}

/** A radio that is playing already needs nothing more. */
function neededPermissions(radios: Radios, { guildId }: RepliableInteraction): readonly PermissionsString[] {
  return radios.has(guildId) ? [] : startPermissions;
}

async function play(
  interaction: RepliableInteraction,
  file: AttachedFile,
  radios: Radios,
  compositions: BotServices['compositions'],
  { signal }: CommandContext,
): Promise<void> {
  const language = languageFor(interaction.locale);
  const user = interaction.user.id;
  const textChannel = interaction.channelId ?? '';
  const guild = guildOf(interaction);
  compositions.check(file);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { channel, ahead } = await radios.play({ guild, user, textChannel, language }, () =>
    compositions.playable(file, { user, language }, signal),
  );
  const link = `<#${channel}>`;
  const { started, queued } = language.radio;
  await interaction.editReply(ahead === undefined ? started(link) : queued(link, ahead));
}
