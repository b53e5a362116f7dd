import { ComponentType, TextInputStyle, type APIModalInteractionResponseCallbackData } from 'discord.js';
import { requesterOf } from '../bot/reply/requester.js';
import type { Action } from '../bot/dispatch/command.js';
import { pieceOf } from '../bot/compose/composition-handler.js';
import { formatCustomId } from '../bot/dispatch/custom-id.js';
import { everybody } from '../bot/access/preconditions.js';
import { isPrivate, messageOf } from '../bot/dispatch/pressed-message.js';
import { startsFromFile, type CompositionRequest } from '../request/request.js';
import { UserError } from '../errors/user-error.js';
import type { Language } from '../i18n/language.js';
import { languageFor } from '../i18n/languages.js';
import { writeOptions } from '../i18n/written.js';
import { optionsOf } from '../request/option-text.js';
import { remixing, takesOf } from '../compose/remake.js';
import type { BotServices } from './services.js';
import { readWrittenRequest } from './written-request.js';

const optionsField = 'options';
const fileField = 'midi';

/** Discord takes a modal for three seconds after the button was pressed. */
const openWithinMs = 2500;

/** Remix: all the settings of a piece, to change any of them and compose again. */
export function remixActions({ requests, compositions }: BotServices): readonly Action[] {
  return [
    {
      name: 'remix',
      allowed: everybody,
      botPermissions: ['AttachFiles'],
      async execute(interaction, _args, { signal }) {
        if (interaction.isModalSubmit()) return;
        const inTime = AbortSignal.timeout(openWithinMs);
        const { request } = await compositions
          .recorded(messageOf(interaction), AbortSignal.any([signal, inTime]))
          .catch((error: unknown) => {
            throw inTime.aborted ? tooSlow() : error;
          });
        await interaction.showModal(remixModal(request, languageFor(interaction.locale)));
      },
    },
    {
      name: 'remixed',
      allowed: everybody,
      botPermissions: ['AttachFiles'],
      async execute(interaction, _args, context) {
        if (!interaction.isModalSubmit()) return;
        const message = messageOf(interaction);
        const requester = requesterOf(interaction);
        const text = interaction.fields.getTextInputValue(optionsField);
        const { options, delivery } = readWrittenRequest(text, isPrivate(message));
        const file = interaction.fields.getUploadedFiles(fileField)?.first();
        compositions.check(file ?? pieceOf(message));
        await compositions.compose(
          requester,
          {
            delivery,
            async requests(signal) {
              const make =
                file === undefined
                  ? remixing(
                      requests,
                      (await compositions.recorded(message, signal)).request,
                      requester.server,
                    )
                  : await compositions.startingFrom(file, requester.server, signal);
              return takesOf(delivery.takes, options, make);
            },
          },
          context,
        );
      },
    },
  ];
}

function remixModal(
  request: CompositionRequest,
  language: Language,
): APIModalInteractionResponseCallbackData {
  const { remix } = language;
  return {
    custom_id: formatCustomId('remixed'),
    title: remix.title,
    components: [
      {
        type: ComponentType.Label,
        label: remix.options,
        description: remix.optionsHint,
        component: {
          type: ComponentType.TextInput,
          custom_id: optionsField,
          style: TextInputStyle.Paragraph,
          value: writeOptions(optionsOf(request), language),
          max_length: 1000,
          required: false,
        },
      },
      {
        type: ComponentType.Label,
        label: remix.file,
        description: beginning(request, language),
        component: {
          type: ComponentType.FileUpload,
          custom_id: fileField,
          required: false,
          file_types: ['.mid', '.midi'],
        },
      },
    ],
  };
}

/** Where it starts when no file is given. */
function beginning({ task }: CompositionRequest, { remix }: Language): string {
  if (task.kind === 'continue') return remix.samePiece;
  return startsFromFile(task) ? remix.sameFile : remix.sameOpening;
}

function tooSlow(): UserError {
  return new UserError('remix.slow');
}
