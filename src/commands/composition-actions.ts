import type { Action } from '../bot/dispatch/command.js';
import type { CompositionDesk } from '../bot/compose/composition-desk.js';
import { askAgainAction } from './ask-again.js';
import { infoAction } from './info.js';
import { remakeActions } from './remake.js';
import { remixActions } from './remix.js';
import { resultActions } from './result.js';

/** Everything that the buttons of a composition do. */
export function compositionActions(desk: CompositionDesk): readonly Action[] {
  return [
    ...remakeActions(desk),
    ...remixActions(desk),
    infoAction(desk),
    ...resultActions(desk),
    askAgainAction(desk),
  ];
}
