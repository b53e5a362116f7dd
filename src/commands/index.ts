import type { Action, Command, Handlers } from '../bot/dispatch/command.js';
import { aboutCommand } from './about.js';
import { askAgainAction } from './ask-again.js';
import { changeMenuAction } from './change.js';
import { composeCommand } from './compose.js';
import { voteOfTheDay } from './daily.js';
import { forgetAction, forgetCommand } from './forget.js';
import { midiCommands } from './from-midi.js';
import { helpCommand } from './help.js';
import { infoAction } from './info.js';
import { mention } from './mention.js';
import { modelActions, modelCommand } from './model.js';
import { playAction, playCommand } from './play.js';
import { presetCommand } from './preset.js';
import { radioAction, radioCommand } from './radio.js';
import { remakeActions } from './remake.js';
import { remixActions } from './remix.js';
import { resultActions } from './result.js';
import type { BotServices } from './services.js';
import { settingsCommand } from './settings.js';
import { cancelTraining, trainCommand } from './train.js';

type Maker<T> = (bot: BotServices) => T | readonly T[];

/** The complete list of slash and message commands. */
const commands: readonly Maker<Command>[] = [
  composeCommand,
  midiCommands,
  playCommand,
  presetCommand,
  settingsCommand,
  trainCommand,
  modelCommand,
  radioCommand,
  forgetCommand,
  helpCommand,
  aboutCommand,
];

/** The complete list of what buttons, menus and modals do. */
const actions: readonly Maker<Action>[] = [
  remakeActions,
  remixActions,
  infoAction,
  changeMenuAction,
  resultActions,
  playAction,
  askAgainAction,
  cancelTraining,
  modelActions,
  radioAction,
  voteOfTheDay,
  forgetAction,
];

/** All handlers: the lists above, and messages to the bot. */
export function makeHandlers(bot: BotServices): Handlers {
  return {
    commands: commands.flatMap((make) => make(bot)),
    actions: actions.flatMap((make) => make(bot)),
    messages: mention(bot),
  };
}
