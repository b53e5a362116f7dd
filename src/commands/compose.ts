import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import { askerOf } from '../bot/asker.js';
import type { SlashCommand, SlashCommandData } from '../bot/command.js';
import type { CompositionDesk } from '../bot/composition-desk.js';
import type { ServerSettingsStore } from '../bot/server-settings.js';
import { matching } from '../bot/suggestions.js';
import { UserError } from '../music/user-error.js';
import { compositionOptions, rawOptions } from './composition-options.js';
import { presetNamed, presetNames } from './preset.js';

/** `/compose`: a piece as a MIDI file, as sound and as a picture. */
export function composeCommand(desk: CompositionDesk, settings: ServerSettingsStore): SlashCommand {
  const { studio } = desk;
  return {
    data,
    botPermissions: ['AttachFiles'],
    async suggest(option, typed, { guildId }) {
      const names =
        option === presetOption
          ? presetNames((await settings.read(guildId)).presets)
          : option === 'model'
            ? studio.models(guildId ?? undefined)
            : studio.openings;
      return matching(names, typed);
    },
    async execute(interaction, context) {
      const { defaults, presets } = await settings.read(interaction.guildId);
      const preset = interaction.options.getString(presetOption);
      const raw = {
        ...defaults,
        ...(preset !== null && presetNamed(preset, presets)),
        ...rawOptions(interaction.options),
      };
      const server = interaction.guildId ?? undefined;
      const fromOpening = studio.request(raw, undefined, server);
      const file = interaction.options.getAttachment(midiOption);
      if (file !== null) {
        if (raw.opening !== undefined) throw twoBeginnings();
        desk.check(file);
      }
      await desk.compose(
        askerOf(interaction),
        {
          isPrivate: false,
          request: async (signal) =>
            file === null
              ? fromOpening
              : studio.request(raw, await studio.readOpening(await desk.download(file, signal), file.name)),
        },
        context,
      );
    },
  };
}

const midiOption = 'midi';
const presetOption = 'preset';

const data: SlashCommandData = {
  type: ApplicationCommandType.ChatInput,
  name: 'compose',
  description: 'Compose a piece of music: a MIDI file, its sound and its picture',
  options: [
    ...compositionOptions,
    {
      type: ApplicationCommandOptionType.String,
      name: presetOption,
      description: 'A named set of options; those given beside it win',
      autocomplete: true,
    },
    {
      type: ApplicationCommandOptionType.Attachment,
      name: midiOption,
      description: 'A MIDI file to start from, in place of a built-in opening',
      fileTypes: ['.mid', '.midi'],
    },
  ],
  integrationTypes: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};

function twoBeginnings(): UserError {
  return new UserError(
    'options.opening',
    'Please give either a MIDI file or the name of an opening, not both.',
  );
}
