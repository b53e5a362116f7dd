import type { Action } from '../bot/dispatch/command.js';
import { requesterOf } from '../bot/reply/requester.js';
import { channelPost } from '../bot/reply/channel-post.js';
import { isGone } from '../bot/dispatch/failure.js';
import { everybody, owner } from '../bot/access/preconditions.js';
import { isPrivate, messageOf } from '../bot/dispatch/pressed-message.js';
import type { MessageTarget } from '../bot/reply/live-message.js';
import { retryOnce } from '../bot/gateway/retry.js';
import type { Work } from '../bot/compose/running-work.js';
import { UserError } from '../errors/user-error.js';
import type { BotServices } from './services.js';

/** The buttons that act on a result's message: Share, the picks among takes, Cancel, Delete. */
export function resultActions({ compositions }: BotServices): readonly Action[] {
  function running(id: string): Work {
    const work = compositions.running.find(id);
    if (work !== undefined) return work;
    throw new UserError('compose.over');
  }

  return [
    {
      name: 'share',
      allowed: everybody,
      botPermissions: ['AttachFiles'],
      async execute(interaction, _args, context) {
        const message = messageOf(interaction);
        const requester = requesterOf(interaction);
        const channel = await compositions.shareChannel(requester);
        if (channel === undefined) {
          await compositions.restore(requester, false, message, 0, context);
          return;
        }
        const open = (): Promise<MessageTarget> => channelPost(interaction, channel);
        await compositions.restore({ ...requester, channel, open }, false, message, 0, context);
        await interaction.editReply(requester.language.result.shared(`<#${channel}>`));
      },
    },
    {
      name: 'pick',
      allowed: everybody,
      botPermissions: ['AttachFiles'],
      async execute(interaction, [take], context) {
        const message = messageOf(interaction);
        await compositions.restore(
          requesterOf(interaction),
          isPrivate(message),
          message,
          Number(take) - 1,
          context,
        );
      },
    },
    {
      name: 'cancel',
      allowed: owner('cancel', ([id = '']) => running(id).owner),
      botPermissions: [],
      async execute(interaction, [id = '']) {
        if (!interaction.isMessageComponent()) return;
        await interaction.deferUpdate();
        running(id).cancel();
      },
    },
    {
      name: 'delete',
      allowed: owner('delete', ([user]) => user),
      botPermissions: [],
      async execute(interaction) {
        if (!interaction.isMessageComponent()) return;
        await interaction.deferUpdate();
        await retryOnce(() => interaction.deleteReply()).catch((error: unknown) => {
          if (!isGone(error)) throw error;
        });
      },
    },
  ];
}
