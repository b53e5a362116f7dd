import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import type { SlashCommand, SlashCommandData } from '../bot/command.js';
import { compositionMessage, messageWithoutPreview, progressText } from '../bot/composition-message.js';
import type { BotConfig } from '../bot/config.js';
import { checkAttachment, downloadAttachment } from '../bot/download.js';
import { LiveReply } from '../bot/reply.js';
import type { ServerSettingsStore } from '../bot/server-settings.js';
import { matching } from '../bot/suggestions.js';
import { UserError } from '../music/user-error.js';
import type { Composition } from '../studio/composition.js';
import type { Studio } from '../studio/studio.js';
import { compositionOptions, rawOptions } from './composition-options.js';
import { presetNamed, presetNames } from './preset.js';

/** `/compose`: a piece as a MIDI file, as sound and as a picture. */
export function composeCommand(
  studio: Studio,
  settings: ServerSettingsStore,
  config: Pick<BotConfig, 'cdnHosts' | 'maxFileBytes'>,
): SlashCommand {
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
        checkAttachment(file, config.cdnHosts);
      }
      const reply = await LiveReply.open(interaction, context.log);
      const signal = AbortSignal.any([context.signal, reply.signal]);
      try {
        const request =
          file === null
            ? fromOpening
            : studio.request(
                raw,
                await studio.readOpening(await downloadAttachment(file, config.cdnHosts, signal), file.name),
                server,
              );
        const composition = await studio.compose(request, {
          signal,
          owner: interaction.user.id,
          maxFileBytes: Math.min(interaction.attachmentSizeLimit, config.maxFileBytes),
          onProgress: (progress) => reply.update(progressText(progress)),
        });
        const { insteadOf } = composition;
        if (insteadOf !== undefined) context.log.warn({ insteadOf }, 'a fallback composed');
        context.log.info(figures(composition), 'composed');
        await reply.finish(compositionMessage(composition), messageWithoutPreview(composition));
      } catch (error) {
        await reply.close();
        throw signal.aborted ? signal.reason : error;
      }
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

/** What the log keeps of a composition: whole milliseconds and a count. */
function figures({ piece, timingsMs }: Composition): Readonly<Record<string, unknown>> {
  const ms = Object.entries(timingsMs).map(([step, time]) => [step, Math.round(time)] as const);
  return { notes: piece.notes.length, ms: Object.fromEntries(ms) };
}

function twoBeginnings(): UserError {
  return new UserError(
    'options.opening',
    'Please give either a MIDI file or the name of an opening, not both.',
  );
}
