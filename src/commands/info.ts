import { codeBlock, MessageFlags } from 'discord.js';
import type { Action } from '../bot/command.js';
import type { CompositionDesk } from '../bot/composition-desk.js';
import { messageOf } from '../bot/pressed-message.js';
import { writeMidi } from '../music/midi-write.js';
import type { RecordedPiece } from '../music/record.js';
import type { Opening } from '../music/request.js';
import { formatOptions, optionsOf } from '../studio/option-text.js';

/** Info: to the person alone, everything that is needed to make a piece again. */
export function infoAction(desk: CompositionDesk): Action {
  return {
    name: 'info',
    botPermissions: [],
    async execute(interaction, _args, { signal }) {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      const recorded = await desk.recorded(messageOf(interaction), signal);
      const { opening, continues } = recorded.request;
      const isFile = continues !== true && opening.name === undefined;
      await interaction.editReply({
        content: explanation(recorded),
        files: isFile ? [{ name: 'opening.mid', attachment: openingFile(opening) }] : [],
        allowedMentions: { parse: [] },
      });
    },
  };
}

function explanation({ request, piece, weights }: RecordedPiece): string {
  const { opening, continues } = request;
  const options = formatOptions(optionsOf(request));
  const about = `Composed by \`${weights}\`: ${piece.notes.length} notes, the first ${piece.givenNotes} of them given.`;
  if (continues === true) {
    return [
      about,
      'It goes on from the end of another piece. The same again: press Remix, and put in',
      codeBlock(options),
    ].join('\n');
  }
  const command = codeBlock(`/compose ${options}`);
  return opening.name === undefined
    ? [about, 'The same again: this command, with the file below as `midi`.', command].join('\n')
    : [about, 'The same again:', command].join('\n');
}

/** Read back, it is the opening exactly. */
function openingFile({ title, notes, tempoBpm, timeSignature, key }: Opening): Buffer {
  const piece = {
    title,
    notes,
    tempoBpm,
    timeSignature,
    program: 0,
    givenNotes: notes.length,
    metrical: false,
  };
  return Buffer.from(writeMidi({ ...piece, ...(key !== undefined && { key }) }));
}
