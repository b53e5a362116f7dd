import { randomBytes } from 'node:crypto';
import {
  ComponentType,
  MessageFlags,
  TextInputStyle,
  type APIButtonComponentWithCustomId,
  type APIModalInteractionResponseCallbackData,
  type Attachment,
  type Message,
} from 'discord.js';
import { button } from '../bot/reply/buttons.js';
import { endsInTime } from '../bot/reply/in-time.js';
import { requesterOf, type Requester } from '../bot/reply/requester.js';
import type { Action, CommandContext } from '../bot/dispatch/command.js';
import { pieceOf } from '../bot/compose/composition-handler.js';
import { midiExtensions, ownName } from '../bot/compose/download.js';
import { formatCustomId } from '../bot/dispatch/custom-id.js';
import { FailureWithButton } from '../bot/dispatch/failure.js';
import { everybody } from '../bot/access/preconditions.js';
import { isPrivate, messageOf } from '../bot/dispatch/pressed-message.js';
import { startsFromFile, type CompositionRequest } from '../request/request.js';
import { UserError } from '../errors/user-error.js';
import { withReadChords } from '../i18n/chords.js';
import type { Language } from '../i18n/language.js';
import { languageFor } from '../i18n/languages.js';
import { writeOptions } from '../i18n/written.js';
import { optionsOf } from '../request/option-text.js';
import { remixing, takesOf, type MakeRequest } from '../compose/remake.js';
import type { BotServices } from './services.js';
import { readWrittenRequest } from './written-request.js';

const optionsField = 'options';
const fileField = 'midi';

/** What a form starts from when no file is attached; each value is the key of a text. */
type Beginning = 'samePiece' | 'sameFile' | 'sameOpening' | 'newSong';

/** A form to be opened by a button: its request failed, or its piece was loaded too late. */
interface KeptForm {
  /** Of the piece. */
  readonly message: Message;
  readonly beginning: Beginning;
  readonly text: string;
  readonly file?: Attachment | undefined;
}

/** Number of forms to keep, over all users; Discord does not keep what was typed. */
const mostForms = 200;

/** Remix: opens all settings of a piece for editing, to compose again. */
export function remixActions({ requests, compositions }: BotServices): readonly Action[] {
  const sent = new Map<string, KeptForm>();

  function keep(form: KeptForm): string {
    const id = randomBytes(8).toString('hex');
    sent.set(id, form);
    const [oldest] = sent.keys();
    if (sent.size > mostForms && oldest !== undefined) sent.delete(oldest);
    return id;
  }

  function sentForm(id: string): KeptForm {
    const form = sent.get(id);
    if (form === undefined) throw new UserError('action.unknown');
    return form;
  }

  return [
    {
      name: 'remix',
      allowed: everybody,
      botPermissions: ['AttachFiles'],
      async execute(interaction, _args, { signal }) {
        if (interaction.isModalSubmit()) return;
        const message = messageOf(interaction);
        const language = languageFor(interaction.locale);
        const reading = compositions.recorded(message, signal).then(({ request }) => ({
          beginning: beginning(request),
          text: writeOptions(optionsOf(request), language),
        }));
        if (!(await endsInTime(reading))) {
          // Discord takes a form only as the first answer, within three seconds: a button has to open it.
          await interaction.deferReply({ flags: MessageFlags.Ephemeral });
          const id = keep({ ...(await reading), message });
          throw new FailureWithButton(tooSlow(), editButton(id, language));
        }
        const form = await reading;
        await interaction.showModal(remixModal(form, language));
      },
    },
    {
      name: 'remix-edit',
      allowed: everybody,
      botPermissions: ['AttachFiles'],
      async execute(interaction, [id = '']) {
        if (interaction.isModalSubmit()) return;
        await interaction.showModal(remixModal(sentForm(id), languageFor(interaction.locale), id));
      },
    },
    {
      name: 'remixed',
      allowed: everybody,
      botPermissions: ['AttachFiles'],
      async execute(interaction, [begun, id], context) {
        if (!interaction.isModalSubmit()) return;
        const before = id === undefined ? undefined : sentForm(id);
        const file = interaction.fields.getUploadedFiles(fileField)?.first() ?? before?.file;
        const form: KeptForm = {
          message: before?.message ?? messageOf(interaction),
          beginning: before?.beginning ?? beginnings.find((each) => each === begun) ?? 'sameOpening',
          text: interaction.fields.getTextInputValue(optionsField),
          ...(file !== undefined && { file }),
        };
        try {
          await compose(form, requesterOf(interaction), context);
        } catch (error) {
          const id = keep(isOfFile(error) ? { ...form, file: undefined } : form);
          throw new FailureWithButton(error, editButton(id, languageFor(interaction.locale)));
        }
      },
    },
  ];

  async function compose(
    { message, text, file }: KeptForm,
    requester: Requester,
    context: CommandContext,
  ): Promise<void> {
    const { options: written, delivery } = readWrittenRequest(text, isPrivate(message));
    const options = withReadChords(requester.language, written);
    compositions.check(file ?? pieceOf(message));
    const making = async (signal: AbortSignal): Promise<MakeRequest> =>
      file === undefined
        ? remixing(requests, (await compositions.recorded(message, signal)).request, requester.server)
        : compositions.startingFrom(file, requester.server, signal);
    await compositions.compose(
      requester,
      {
        delivery,
        requests: async (signal) => takesOf(delivery.takes, options, await making(signal)),
      },
      context,
    );
  }
}

/** The file was rejected, so it is not worth keeping. */
function isOfFile(error: unknown): boolean {
  return error instanceof UserError && /^(?:midi|attachment)\./.test(error.code);
}

/** A button that opens a kept form. */
function editButton(id: string, { buttons }: Language): APIButtonComponentWithCustomId {
  return button(formatCustomId('remix-edit', id), buttons.edit, '✏️');
}

/** @param id of a kept form */
function remixModal(
  { beginning, text, file }: Omit<KeptForm, 'message'>,
  { remix }: Language,
  id?: string,
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: formatCustomId('remixed', beginning, ...(id === undefined ? [] : [id])),
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
          value: text,
          max_length: 1000,
          required: false,
        },
      },
      {
        type: ComponentType.Label,
        label: remix.file,
        description: file === undefined ? remix[beginning] : remix.sameUpload(shortName(file)),
        component: {
          type: ComponentType.FileUpload,
          custom_id: fileField,
          required: false,
          file_types: [...midiExtensions],
        },
      },
    ],
  };
}

const beginnings = [
  'samePiece',
  'sameFile',
  'sameOpening',
  'newSong',
] as const satisfies readonly Beginning[];

function shortName(file: Attachment): string {
  const own = ownName(file);
  return own.length > 40 ? `${own.slice(0, 39)}…` : own;
}

/** What the request starts from when no file is attached. */
function beginning({ task }: CompositionRequest): Beginning {
  switch (task.kind) {
    case 'start':
      return startsFromFile(task) ? 'sameFile' : 'sameOpening';
    case 'continue':
      return 'samePiece';
    case 'song':
      return 'newSong';
  }
}

function tooSlow(): UserError {
  return new UserError('remix.slow');
}
