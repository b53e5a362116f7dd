import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputApplicationCommandData,
  ChatInputCommandInteraction,
  Message,
  MessageApplicationCommandData,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { Guarded } from '../access/preconditions.js';
import type { Language } from '../../i18n/language.js';
import type { Logger } from '../ops/logging.js';
import type { Suggestion } from './suggestions.js';

/** The context of one use of a command or action. */
export interface CommandContext {
  /** Of this request; every line of the log carries it. */
  readonly id: string;
  readonly log: Logger;
  /** Fires when it is too late to answer, or when the bot stops; its reason is the error to answer with. */
  readonly signal: AbortSignal;
}

/**
 * Requires a definition to say where the command can be used: values that Discord fills in itself would look
 * like a change at every start.
 */
type Placed<Data extends { contexts?: unknown; integrationTypes?: unknown }> = Data &
  Required<Pick<Data, 'contexts' | 'integrationTypes'>>;

export type SlashCommandData = Placed<ChatInputApplicationCommandData>;
export type MessageCommandData = Placed<MessageApplicationCommandData>;
export type CommandData = SlashCommandData | MessageCommandData;

/** What every kind of command has in common. */
export interface Answering<Interaction> extends Guarded<Interaction> {
  /**
   * Answers. Refuse everything that needs no waiting before the first acknowledgement; then acknowledge; then
   * do the slow work.
   * @throws UserError with the error message to show; any other error is answered with an apology.
   */
  execute(interaction: Interaction, context: CommandContext): Promise<void>;
}

type Suggestions = readonly (string | Suggestion)[];

/** Something that a person can type: its definition and its handler. */
export interface SlashCommand extends Answering<ChatInputCommandInteraction> {
  readonly data: SlashCommandData;
  /** Autocompletion suggestions for an option, best first. */
  suggest?(
    option: string,
    typed: string,
    interaction: AutocompleteInteraction,
  ): Suggestions | Promise<Suggestions>;
}

/** Something that a person can choose on a message. */
export interface MessageCommand extends Answering<MessageContextMenuCommandInteraction> {
  readonly data: MessageCommandData;
}

export type Command = SlashCommand | MessageCommand;

/** Answers ordinary messages to the bot. */
export interface MessageAnswerer extends Pick<Guarded<Message>, 'botPermissions'> {
  isFor(message: Message): boolean;
  /** The language to answer a message in. */
  languageOf(message: Message): Promise<Language>;
  /**
   * Answers a message to the bot.
   * @throws UserError with the error message to show; any other error is answered with an apology.
   */
  execute(message: Message, context: CommandContext): Promise<void>;
}

/** Everything that the bot answers. */
export interface Handlers {
  readonly commands: readonly Command[];
  readonly actions: readonly Action[];
  readonly messages: MessageAnswerer;
}

export type ActionInteraction = ButtonInteraction | StringSelectMenuInteraction | ModalSubmitInteraction;

/** What a button, a menu or a modal does: the name in its custom_id, and its handler. */
export interface Action extends Guarded<ActionInteraction> {
  readonly name: string;
  /**
   * Answers, as {@link Command} does.
   * @param args of the custom_id, which may be forged.
   */
  execute(interaction: ActionInteraction, args: readonly string[], context: CommandContext): Promise<void>;
}
