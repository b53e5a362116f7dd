import { requesterOf, type Requester } from '../bot/reply/requester.js';
import { everybody } from '../bot/access/preconditions.js';
import type { Action } from '../bot/dispatch/command.js';
import { midiFilesOf, pieceOf } from '../bot/compose/composition-handler.js';
import { isPrivate, messageOf } from '../bot/dispatch/pressed-message.js';
import type { RecordedPiece } from '../request/recorded-piece.js';
import type { CompositionRequest } from '../request/request.js';
import { againOptions, goOn, remixing, vary } from '../compose/remake.js';
import type { BotServices } from './services.js';

/** The buttons under a piece that compose another one at once: Again, Vary, Continue. */
export function remakeActions({ requests, compositions }: BotServices): readonly Action[] {
  return [
    remakeAction(
      compositions,
      'again',
      async ({ request }, requester, signal) =>
        (await compositions.steeredAgain(request, requester, signal)) ??
        remixing(requests, request, requester.server)(againOptions(request)),
    ),
    remakeAction(compositions, 'vary', (recorded, { server }) => vary(requests, recorded, server)),
    remakeAction(compositions, 'continue', (recorded, { server }) => goOn(requests, recorded, server)),
  ];
}

/** Under several takes, composes the same number again. */
function remakeAction(
  compositions: BotServices['compositions'],
  name: string,
  remake: (
    recorded: RecordedPiece,
    requester: Requester,
    signal: AbortSignal,
  ) => CompositionRequest | Promise<CompositionRequest>,
): Action {
  return {
    name,
    allowed: everybody,
    botPermissions: ['AttachFiles'],
    async execute(interaction, _args, context) {
      const message = messageOf(interaction);
      const requester = requesterOf(interaction);
      compositions.check(pieceOf(message));
      const takes = midiFilesOf(message).length;
      await compositions.compose(
        requester,
        {
          delivery: { takes, isPrivate: isPrivate(message), withVoice: false },
          async requests(signal) {
            const recorded = await compositions.recorded(message, signal);
            return Promise.all(
              Array.from({ length: takes }, async () => remake(recorded, requester, signal)),
            );
          },
        },
        context,
      );
    },
  };
}
