import type { Action } from '../bot/command.js';
import { askerOf } from '../bot/asker.js';
import { pieceOf, type CompositionDesk } from '../bot/composition-desk.js';
import { isGone } from '../bot/failure.js';
import { requireOwner } from '../bot/permissions.js';
import { messageOf } from '../bot/pressed-message.js';
import { retryOnce } from '../bot/retry.js';

/** What becomes of the message of a result: Share, Delete. */
export function resultActions(desk: CompositionDesk): readonly Action[] {
  return [
    {
      name: 'share',
      botPermissions: ['AttachFiles'],
      async execute(interaction, _args, context) {
        const file = pieceOf(messageOf(interaction));
        desk.check(file);
        await desk.restore(askerOf(interaction), false, file, context);
      },
    },
    {
      name: 'delete',
      botPermissions: [],
      async execute(interaction, [owner]) {
        requireOwner(interaction, owner, 'delete it');
        if (!interaction.isMessageComponent()) return;
        await interaction.deferUpdate();
        await retryOnce(() => interaction.deleteReply()).catch((error: unknown) => {
          if (!isGone(error)) throw error;
        });
      },
    },
  ];
}
