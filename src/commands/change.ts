import { requesterOf } from '../bot/reply/requester.js';
import { changeAction } from '../bot/compose/change-menus.js';
import type { Action } from '../bot/dispatch/command.js';
import { everybody } from '../bot/access/preconditions.js';
import { isPrivate, messageOf } from '../bot/dispatch/pressed-message.js';
import { UserError } from '../errors/user-error.js';
import { parseChange } from '../music/edit/change.js';
import type { BotServices } from './services.js';

/** The menus under a piece of several parts: post the piece with one change, in a new message. */
export function changeMenuAction({ compositions }: BotServices): Action {
  return {
    name: changeAction,
    allowed: everybody,
    botPermissions: ['AttachFiles'],
    async execute(interaction, _args, context) {
      if (!interaction.isStringSelectMenu()) return;
      const change = parseChange(interaction.values[0] ?? '');
      if (change === undefined) throw new UserError('action.unknown');
      const message = messageOf(interaction);
      await compositions.change(requesterOf(interaction), isPrivate(message), message, change, context);
    },
  };
}
