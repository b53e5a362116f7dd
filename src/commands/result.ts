import type { Action } from '../bot/dispatch/command.js';
import { askerOf } from '../bot/reply/asker.js';
import { channelPlace } from '../bot/reply/channel-place.js';
import type { CompositionDesk } from '../bot/compose/composition-desk.js';
import { isGone } from '../bot/dispatch/failure.js';
import { requireOwner } from '../bot/access/permissions.js';
import { isPrivate, messageOf } from '../bot/dispatch/pressed-message.js';
import type { MessagePlace } from '../bot/reply/reply.js';
import { retryOnce } from '../bot/gateway/retry.js';
import { UserError } from '../errors/user-error.js';

/** What becomes of the message of a result, or of one to be: Share, the picks among takes, Cancel, Delete. */
export function resultActions(desk: CompositionDesk): readonly Action[] {
  return [
    {
      name: 'share',
      botPermissions: ['AttachFiles'],
      async execute(interaction, _args, context) {
        const message = messageOf(interaction);
        const asker = askerOf(interaction);
        const channel = await desk.shareChannel(asker);
        if (channel === undefined) {
          await desk.restore(asker, false, message, 0, context);
          return;
        }
        const open = (): Promise<MessagePlace> => channelPlace(interaction, channel);
        await desk.restore({ ...asker, channel, open }, false, message, 0, context);
        await interaction.editReply(asker.language.result.shared(`<#${channel}>`));
      },
    },
    {
      name: 'pick',
      botPermissions: ['AttachFiles'],
      async execute(interaction, [take], context) {
        const message = messageOf(interaction);
        await desk.restore(askerOf(interaction), isPrivate(message), message, Number(take) - 1, context);
      },
    },
    {
      name: 'cancel',
      botPermissions: [],
      async execute(interaction, [id = '']) {
        const work = desk.running.find(id);
        if (work === undefined) {
          throw new UserError('compose.over', 'This is no longer being composed.');
        }
        requireOwner(interaction, work.owner, 'cancel');
        if (!interaction.isMessageComponent()) return;
        await interaction.deferUpdate();
        work.cancel();
      },
    },
    {
      name: 'delete',
      botPermissions: [],
      async execute(interaction, [owner]) {
        requireOwner(interaction, owner, 'delete');
        if (!interaction.isMessageComponent()) return;
        await interaction.deferUpdate();
        await retryOnce(() => interaction.deleteReply()).catch((error: unknown) => {
          if (!isGone(error)) throw error;
        });
      },
    },
  ];
}
