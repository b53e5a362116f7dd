import { codeBlock, type AttachmentPayload, type BaseMessageOptions } from 'discord.js';
import { everybody } from '../bot/access/preconditions.js';
import type { Action } from '../bot/dispatch/command.js';
import { messageOf } from '../bot/dispatch/pressed-message.js';
import { answerWith } from '../bot/reply/in-time.js';
import { writeMidi } from '../music/midi/write.js';
import { keyboardPiece } from '../music/keyboard.js';
import { givenCount, noteCount } from '../music/piece.js';
import type { RecordedPiece } from '../request/recorded-piece.js';
import { startsFromFile, type Opening, type Stretch } from '../request/request.js';
import type { Language } from '../i18n/language.js';
import { languageFor } from '../i18n/languages.js';
import { songSheet } from '../i18n/song-sheet.js';
import { titlesFor } from '../i18n/title.js';
import { titleIn } from '../music/title.js';
import { plainText } from '../bot/reply/plain-text.js';
import { soundIn } from '../i18n/sound.js';
import { writeCommand, writeOptions } from '../i18n/written.js';
import { optionsOf } from '../request/option-text.js';
import type { RawOptions } from '../request/options.js';
import { givesAnother } from '../compose/remake.js';
import type { BotServices } from './services.js';

/** Info: shows, privately, everything needed to compose a piece again. */
export function infoAction({ compositions, library }: BotServices): Action {
  return {
    name: 'info',
    allowed: everybody,
    botPermissions: [],
    async execute(interaction, _args, { signal }) {
      const told = async (): Promise<BaseMessageOptions> => {
        const recorded = await compositions.recorded(messageOf(interaction), signal);
        const isChanged = await givesAnother(library, recorded, interaction.guildId ?? undefined);
        return infoMessage(recorded, isChanged, languageFor(interaction.locale));
      };
      await answerWith(interaction, true, told());
    },
  };
}

/** Discord's limit. */
const longestMessage = 2000;
/** A longer account of how a piece was steered is attached as a file. */
const longestStretches = 1200;

function infoMessage(recorded: RecordedPiece, isChanged: boolean, language: Language): BaseMessageOptions {
  const { request } = recorded;
  const { task } = request;
  const stretches = task.kind === 'continue' ? (task.stretches ?? []) : [];
  const how = stretchLines(stretches, optionsOf(request), language).join('\n');
  const isLong = how.length > longestStretches;
  const content = explanation(recorded, isChanged, language, isLong ? '' : how);
  const sheet = task.kind === 'song' ? songSheet(language, task.plan) : undefined;
  const whole = sheet === undefined ? content : `${content}\n${codeBlock(sheet)}`;
  const fits = whole.length <= longestMessage;
  return {
    content: fits ? whole : content,
    files: [
      ...(startsFromFile(task) ? [openingFile(task.opening, language)] : []),
      ...(isLong ? [{ name: 'steered.txt', attachment: Buffer.from(how) }] : []),
      ...(sheet !== undefined && !fits ? [{ name: 'song.txt', attachment: Buffer.from(sheet) }] : []),
    ],
    allowedMentions: { parse: [] },
  };
}

function explanation(
  { request, piece, weights, wasChanged }: RecordedPiece,
  isChanged: boolean,
  language: Language,
  stretches: string,
): string {
  const { task } = request;
  const { info } = language;
  const options = optionsOf(request);
  const about = info.composedBy(weights, noteCount(piece), givenCount(piece));
  const how =
    task.kind === 'continue' && task.stretches !== undefined
      ? [info.steered, ...(stretches === '' ? [] : [stretches])]
      : task.kind === 'continue'
        ? [info.continues, codeBlock(writeOptions(options, language))]
        : [startsFromFile(task) ? info.fromFile : info.again, codeBlock(writeCommand(options, language))];
  return [
    `**${plainText(titleIn(titlesFor(language, request), piece))}**`,
    about,
    ...how,
    ...(wasChanged === true ? [info.wasChanged] : []),
    ...(isChanged ? [info.changed] : []),
  ].join('\n');
}

/** What each stretch was composed by, and from which note on. */
function stretchLines(
  stretches: readonly Stretch[],
  last: RawOptions,
  language: Language,
): readonly string[] {
  if (stretches.length === 0) return [];
  const [first, ...later] = [...stretches.map(({ options }) => options), last];
  return [
    codeBlock(writeCommand(first, language)),
    ...later.flatMap((options, i) => [
      language.info.fromNote(stretches[i]!.notes + 1),
      codeBlock(writeOptions(options, language)),
    ]),
  ];
}

/** Reading this file gives exactly the same opening. */
function openingFile(opening: Opening, language: Language): AttachmentPayload {
  const piece = keyboardPiece({
    ...opening,
    notes: opening.notes.map((note) => ({ ...note, isGiven: true })),
    hasBars: false,
    // Several programs show the title only if a track is named.
    name: 'Piano',
  });
  return {
    name: 'opening.mid',
    attachment: Buffer.from(writeMidi(piece)),
    description: soundIn(language, piece),
  };
}
