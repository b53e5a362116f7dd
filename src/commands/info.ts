import { codeBlock, MessageFlags, type AttachmentPayload } from 'discord.js';
import { everybody } from '../bot/access/preconditions.js';
import type { Action } from '../bot/dispatch/command.js';
import { messageOf } from '../bot/dispatch/pressed-message.js';
import { writeMidi } from '../music/midi/write.js';
import type { Piece } from '../music/piece.js';
import type { RecordedPiece } from '../request/record.js';
import type { Opening } from '../request/request.js';
import type { Language } from '../i18n/language.js';
import { languageFor } from '../i18n/languages.js';
import { soundIn } from '../i18n/sound.js';
import { writeCommand, writeOptions } from '../i18n/written.js';
import { optionsOf } from '../request/option-text.js';
import type { BotServices } from './services.js';

/** Info: to the person alone, everything that is needed to make a piece again. */
export function infoAction({ compositions }: BotServices): Action {
  return {
    name: 'info',
    allowed: everybody,
    botPermissions: [],
    async execute(interaction, _args, { signal }) {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const recorded = await compositions.recorded(messageOf(interaction), signal);
      const { opening, continues } = recorded.request;
      const isFile = continues !== true && opening.name === undefined;
      const language = languageFor(interaction.locale);
      await interaction.editReply({
        content: explanation(recorded, language),
        files: isFile ? [openingFile(opening, language)] : [],
        allowedMentions: { parse: [] },
      });
    },
  };
}

function explanation({ request, piece, weights }: RecordedPiece, language: Language): string {
  const { opening, continues } = request;
  const { info } = language;
  const options = optionsOf(request);
  const about = info.composedBy(weights, piece.notes.length, piece.givenNotes);
  const how =
    continues === true
      ? [info.continues, codeBlock(writeOptions(options, language))]
      : [opening.name === undefined ? info.fromFile : info.again, codeBlock(writeCommand(options, language))];
  return [about, ...how].join('\n');
}

/** Read back, it is the opening exactly. */
function openingFile(
  { title, notes, tempoBpm, timeSignature, key }: Opening,
  language: Language,
): AttachmentPayload {
  const piece: Piece = {
    title,
    notes,
    tempoBpm,
    timeSignature,
    ...(key !== undefined && { key }),
    program: 0,
    givenNotes: notes.length,
    metrical: false,
  };
  return {
    name: 'opening.mid',
    attachment: Buffer.from(writeMidi(piece)),
    description: soundIn(language, piece),
  };
}
