import { requesterOf } from '../bot/reply/requester.js';
import type { Action } from '../bot/dispatch/command.js';
import { customIdIfFits } from '../bot/dispatch/custom-id.js';
import type { Delivery } from '../bot/compose/delivery.js';
import { everybody } from '../bot/access/preconditions.js';
import { isPrivate, messageOf } from '../bot/dispatch/pressed-message.js';
import type { RawOptions } from '../request/options.js';
import { formatOptions } from '../request/option-text.js';
import { takesOf } from '../compose/remake.js';
import type { BotServices } from './services.js';
import { readWrittenRequest } from './written-request.js';

const actionName = 'ask';

/** Custom ID of a button that repeats this request; undefined where the options do not fit into one. */
export function askAgainId(options: RawOptions, { takes, withVoice }: Delivery): string | undefined {
  if (/["“”:]/.test(Object.values(options).join(' '))) return undefined;
  const written = formatOptions({ ...options, takes, ...(withVoice && { voice: 'true' }) });
  return customIdIfFits(actionName, written.replaceAll(':', '='));
}

/** The button under a reply that was lost: composes with the options stored in it. */
export function askAgainAction({ requests, compositions }: BotServices): Action {
  return {
    name: actionName,
    allowed: everybody,
    botPermissions: ['AttachFiles'],
    async execute(interaction, [written = ''], context) {
      const { options, delivery } = readWrittenRequest(written, isPrivate(messageOf(interaction)));
      const requester = requesterOf(interaction);
      const takes = takesOf(delivery.takes, options, (each) =>
        requests.start(each, undefined, requester.server),
      );
      const again = askAgainId(options, delivery);
      await compositions.compose(requester, { delivery, requests: takes, again }, context);
    },
  };
}
