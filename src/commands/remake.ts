import type { Action, ActionInteraction, CommandContext } from '../bot/command.js';
import { askerOf } from '../bot/asker.js';
import { pieceOf, type CompositionDesk } from '../bot/composition-desk.js';
import { isPrivate, messageOf } from '../bot/pressed-message.js';
import type { RecordedPiece } from '../music/record.js';
import type { CompositionRequest } from '../music/request.js';
import { again, goOn, vary } from '../studio/remake.js';
import type { Studio } from '../studio/studio.js';

/** What the buttons under a piece make of it without asking back: Again, Vary, Continue. */
export function remakeActions(desk: CompositionDesk): readonly Action[] {
  return [
    remakeAction(desk, 'again', (studio, { request }) => again(studio, request)),
    remakeAction(desk, 'vary', (studio, { request }) => vary(studio, request)),
    remakeAction(desk, 'continue', goOn),
  ];
}

function remakeAction(
  desk: CompositionDesk,
  name: string,
  remake: (studio: Studio, recorded: RecordedPiece) => CompositionRequest,
): Action {
  return {
    name,
    botPermissions: ['AttachFiles'],
    async execute(interaction: ActionInteraction, _args, context: CommandContext) {
      const message = messageOf(interaction);
      desk.check(pieceOf(message));
      await desk.compose(
        askerOf(interaction),
        {
          isPrivate: isPrivate(message),
          request: async (signal) => remake(desk.studio, await desk.recorded(message, signal)),
        },
        context,
      );
    },
  };
}
