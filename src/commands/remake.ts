import { askerOf } from '../bot/reply/asker.js';
import { everybody } from '../bot/access/preconditions.js';
import type { Action } from '../bot/dispatch/command.js';
import { midiFilesOf, pieceOf } from '../bot/compose/composition-desk.js';
import { isPrivate, messageOf } from '../bot/dispatch/pressed-message.js';
import type { RecordedPiece } from '../request/record.js';
import type { CompositionRequest } from '../request/request.js';
import { againOptions, goOn, remixing, vary } from '../studio/remake.js';
import type { BotServices } from './services.js';

/** What the buttons under a piece make of it without asking back: Again, Vary, Continue. */
export function remakeActions({ studio, desk }: BotServices): readonly Action[] {
  return [
    remakeAction(desk, 'again', ({ request }, server) =>
      remixing(studio, request, server)(againOptions(request)),
    ),
    remakeAction(desk, 'vary', (recorded, server) => vary(studio, recorded, server)),
    remakeAction(desk, 'continue', (recorded, server) => goOn(studio, recorded, server)),
  ];
}

/** Under several takes, as many again. */
function remakeAction(
  desk: BotServices['desk'],
  name: string,
  remake: (recorded: RecordedPiece, server: string | undefined) => CompositionRequest,
): Action {
  return {
    name,
    allowed: everybody,
    botPermissions: ['AttachFiles'],
    async execute(interaction, _args, context) {
      const message = messageOf(interaction);
      const asker = askerOf(interaction);
      desk.check(pieceOf(message));
      const takes = midiFilesOf(message).length;
      await desk.compose(
        asker,
        {
          delivery: { takes, isPrivate: isPrivate(message), withVoice: false },
          async requests(signal) {
            const recorded = await desk.recorded(message, signal);
            return Array.from({ length: takes }, () => remake(recorded, asker.server));
          },
        },
        context,
      );
    },
  };
}
