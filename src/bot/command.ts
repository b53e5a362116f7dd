import type {
  ChatInputApplicationCommandData,
  ChatInputCommandInteraction,
  PermissionsString,
} from 'discord.js';
import type { Logger } from './logging.js';

/** What surrounds one use of a command. */
export interface CommandContext {
  /** Every line carries the id of this request. */
  readonly log: Logger;
  /**
   * Fires when no answer can be given any more, or when the bot stops; its reason is the
   * error to answer with.
   */
  readonly signal: AbortSignal;
}

/**
 * A command's definition. Where it can be used is always said: what Discord fills in by itself
 * would look like a change at every start.
 */
export type CommandData = ChatInputApplicationCommandData &
  Required<Pick<ChatInputApplicationCommandData, 'contexts' | 'integrationTypes'>>;

/** Something that a person can ask of the bot: its definition beside its handler. */
export interface Command {
  readonly data: CommandData;
  /** What the bot itself must be allowed to do in the channel. */
  readonly botPermissions: readonly PermissionsString[];
  /**
   * Answers the command. What can be refused without waiting for anything is refused before
   * the first acknowledgement; then comes that, then everything that takes time.
   * @throws UserError with the sentence to answer; any other error is answered with an apology.
   */
  execute(interaction: ChatInputCommandInteraction, context: CommandContext): Promise<void>;
  /** Suggestions for an option with autocompletion, best first. */
  suggest?(option: string, typed: string): readonly string[];
}
