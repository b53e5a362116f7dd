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
import { UserError } from '../music/user-error.js';
import type { Composition } from '../studio/composition.js';
import type { Studio } from '../studio/studio.js';
import { compositionOptions, rawOptions } from './composition-options.js';

/** `/compose`: a piece as a MIDI file, as sound and as a picture. */
export function composeCommand(
  studio: Studio,
  config: Pick<BotConfig, 'cdnHosts' | 'maxFileBytes'>,
): SlashCommand {
  return {
    data,
    botPermissions: ['AttachFiles'],
    suggest(option, typed) {
      const names = option === 'model' ? studio.models : option === 'opening' ? studio.openings : [];
      return names.filter((name) => name.toLowerCase().includes(typed.trim().toLowerCase()));
    },
    async execute(interaction, context) {
      const raw = rawOptions(interaction.options);
      const fromOpening = studio.request(raw);
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
              );
        const composition = await studio.compose(request, {
          signal,
          owner: interaction.user.id,
          maxFileBytes: Math.min(interaction.attachmentSizeLimit, config.maxFileBytes),
          onProgress: (progress) => reply.update(progressText(progress)),
        });
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

const data: SlashCommandData = {
  type: ApplicationCommandType.ChatInput,
  name: 'compose',
  description: 'Compose a piece of music: a MIDI file, its sound and its picture',
  options: [
    ...compositionOptions,
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
