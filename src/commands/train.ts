import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
  type ApplicationCommandAttachmentOption,
  type Attachment,
  type ChatInputCommandInteraction,
  type PermissionsString,
} from 'discord.js';
import { serverOf } from '../bot/access/manager.js';
import type { Action, SlashCommand, SlashCommandData } from '../bot/dispatch/command.js';
import { answerWith } from '../bot/reply/in-time.js';
import { localized } from '../bot/reply/localized.js';
import { codeText } from '../bot/reply/plain-text.js';
import { matching } from '../bot/dispatch/suggestions.js';
import { checkTrainingFiles, downloadTrainingFiles } from '../bot/training/training-files.js';
import { formatMemo } from '../bot/training/training-memo.js';
import { trainingActions } from '../bot/training/training-message.js';
import { languageFor } from '../i18n/languages.js';
import { UserError } from '../errors/user-error.js';
import { isTrainable, trainableKinds, trainingSettings } from '../request/networks.js';
import type { Trainings } from '../training/trainings.js';
import type { BotServices } from './services.js';

/** `/train`: trains a custom model for the server on music that an admin provides. */
export function trainCommand({ library, trainings, reporter, trainers, config }: BotServices): SlashCommand {
  return {
    data,
    allowed: trainers,
    botPermissions: neededToReport,
    async suggest(_option, typed, { guildId }) {
      const models = await library.list(guildId ?? undefined);
      return matching(
        models.filter(({ kind }) => isTrainable(kind)).map(({ name }) => name),
        typed,
      );
    },
    async execute(interaction, { signal, log }) {
      const server = serverOf(interaction);
      const { options, channelId, user, locale } = interaction;
      const { training: words } = languageFor(locale);
      const files = attachedFiles(interaction);
      const count = options.getInteger('files');
      checkMusic(files, count, trainings.folderFiles);
      checkTrainingFiles(files, config.cdnHosts);
      refuseWhileBusy(trainings, server);

      const begun = async (): Promise<string> => {
        const named = options.getString('from');
        const parent = named ?? (await library.current(server, trainableKinds[0]));
        // Not every kind of model can be trained.
        const isOther = named === null && (await library.current(server)) !== parent;
        const training = await trainings.begin(
          {
            server,
            name: options.getString('name', true),
            parent,
            epochs: options.getInteger('epochs') ?? undefined,
            rate: options.getNumber('rate') ?? undefined,
            music:
              count === null
                ? { kind: 'files', files: await downloadTrainingFiles(files, config.cdnHosts, signal) }
                : { kind: 'folder', count },
            memo: formatMemo({ channel: channelId, user: user.id, parent, language: locale }),
          },
          signal,
        );
        log.info({ training: training.id }, 'training begun');
        const message = await reporter.follow(training);
        const link = `https://discord.com/channels/${server}/${channelId}/${message}`;
        const note = isOther ? ` ${words.otherParent(codeText(parent))}` : '';
        return (message === undefined ? words.begunUnseen : words.begun(link)) + note;
      };
      await answerWith(interaction, true, begun());
    },
  };
}

/** The button that stops a training early. */
export function cancelTraining({ trainings, trainers }: BotServices): Action {
  return {
    name: trainingActions.cancel,
    allowed: trainers,
    botPermissions: [],
    async execute(interaction, [id]) {
      const { current } = trainings;
      if (current === undefined || current.id !== id || current.server !== interaction.guildId) {
        throw new UserError('training.over');
      }
      current.cancel();
      await interaction.reply({
        content: languageFor(interaction.locale).training.cancelled,
        flags: MessageFlags.Ephemeral,
      });
    },
  };
}

const { epochs, rate } = trainingSettings;
const fileNumbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

const data: SlashCommandData = {
  type: ApplicationCommandType.ChatInput,
  ...localized(({ commands }) => commands.train),
  options: [
    {
      type: ApplicationCommandOptionType.String,
      ...localized(({ commands }) => commands.train.modelName),
      required: true,
      minLength: 1,
      maxLength: 32,
    },
    ...fileNumbers.map((number): ApplicationCommandAttachmentOption => ({
      type: ApplicationCommandOptionType.Attachment,
      ...localized(({ commands }) => commands.train.file(number)),
      fileTypes: ['.mid', '.midi', '.zip'],
    })),
    {
      type: ApplicationCommandOptionType.Integer,
      ...localized(({ commands }) => commands.train.files),
      minValue: 1,
      maxValue: 1000,
    },
    {
      type: ApplicationCommandOptionType.Integer,
      ...localized(({ commands }) => commands.train.epochs),
      minValue: epochs.min,
      maxValue: epochs.max,
    },
    {
      type: ApplicationCommandOptionType.Number,
      ...localized(({ commands }) => commands.train.rate),
      minValue: rate.min,
      maxValue: rate.max,
    },
    {
      type: ApplicationCommandOptionType.String,
      ...localized(({ commands }) => commands.train.from),
      autocomplete: true,
    },
  ],
  integrationTypes: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
};

/** The report is an ordinary message, not an answer to the interaction. */
function neededToReport({ channel }: ChatInputCommandInteraction): readonly PermissionsString[] {
  const sending = channel?.isThread() === true ? 'SendMessagesInThreads' : 'SendMessages';
  return ['ViewChannel', sending, 'AttachFiles'];
}

function attachedFiles({ options }: ChatInputCommandInteraction): readonly Attachment[] {
  return fileNumbers.flatMap((number) => options.getAttachment(`file${number}`) ?? []);
}

/** @throws UserError unless there is exactly one source of music. */
function checkMusic(files: readonly Attachment[], count: number | null, folderFiles: number): void {
  if (count === null) {
    if (files.length > 0) return;
    throw new UserError('training.no-music', {
      folderFiles,
    });
  }
  if (files.length > 0) {
    throw new UserError('training.two-sources');
  }
  if (folderFiles === 0) {
    throw new UserError('training.no-folder');
  }
  if (count > folderFiles) {
    throw new UserError('training.folder-files', { files: folderFiles });
  }
}

/** Does not reveal the trainings of other servers. */
function refuseWhileBusy({ current }: Trainings, server: string): void {
  if (current === undefined) return;
  throw new UserError('training.busy', {
    ...(current.server === server && { model: current.name }),
    ...(current.progress !== undefined && { done: current.progress.done }),
    ...(current.progress?.secondsLeft !== undefined && { secondsLeft: current.progress.secondsLeft }),
  });
}
