import { setTimeout as sleep } from 'node:timers/promises';
import {
  ApplicationCommandType,
  type AutocompleteInteraction,
  type CommandInteraction,
  type Interaction,
  type Message,
  type PermissionsString,
  type RepliableInteraction,
} from 'discord.js';
import { UserError } from '../../errors/user-error.js';
import type {
  Action,
  ActionInteraction,
  Answering,
  Command,
  CommandContext,
  Handlers,
  MessageAnswerer,
  MessageCommand,
  SlashCommand,
} from './command.js';
import { parseCustomId } from './custom-id.js';
import { answerFailure, answerMessageFailure, isGone, newRequestId, outcomeOf } from './failure.js';
import type { Logger } from '../ops/logging.js';
import type { Metrics } from '../ops/metrics.js';
import { botPermissionsIn, requirePermissions } from '../access/permissions.js';
import type { Guarded } from '../access/preconditions.js';

/** Time to reply after running requests were aborted. */
const farewellMs = 1500;

/** Discord's limit on suggestions. */
const maxSuggestions = 25;

/**
 * Routes every interaction to its command and enforces the rules that hold for all of them: permissions,
 * deadlines, private error messages, a clean shutdown.
 */
export class Dispatcher {
  readonly #slashCommands: ReadonlyMap<string, SlashCommand>;
  readonly #messageCommands: ReadonlyMap<string, MessageCommand>;
  readonly #actions: ReadonlyMap<string, Action>;
  readonly #messages: MessageAnswerer;
  readonly #log: Logger;
  readonly #metrics: Metrics | undefined;
  readonly #answerWithinMs: number;
  readonly #running = new Set<Promise<void>>();
  /** One per running command: a shared signal would keep a reference to every request. */
  readonly #cancels = new Set<AbortController>();
  #stopping = false;

  /**
   * @param metrics counts what is answered, if metrics are served
   * @param answerWithinMs Discord takes answers for 15 minutes; the last minute is kept for saying that it
   *   took too long.
   */
  constructor(
    { commands, actions, messages }: Handlers,
    log: Logger,
    metrics?: Metrics,
    answerWithinMs = 14 * 60_000,
  ) {
    this.#metrics = metrics;
    this.#answerWithinMs = answerWithinMs;
    this.#slashCommands = new Map(commands.filter(isSlash).map((command) => [command.data.name, command]));
    this.#messageCommands = new Map(
      commands.filter(isOnMessage).map((command) => [command.data.name, command]),
    );
    this.#actions = new Map(actions.map((action) => [action.name, action]));
    this.#messages = messages;
    this.#log = log;
  }

  /** Starts to answer an interaction. Neither throws nor rejects. */
  handle(interaction: Interaction): void {
    if (interaction.isAutocomplete()) this.#track(this.#suggest(interaction));
    else if (interaction.isChatInputCommand()) this.#command(interaction, this.#slashCommands);
    else if (interaction.isMessageContextMenuCommand()) this.#command(interaction, this.#messageCommands);
    else if (interaction.isButton() || interaction.isStringSelectMenu() || interaction.isModalSubmit()) {
      this.#action(interaction);
    }
  }

  /** Starts to answer a message, if it is for the bot. Neither throws nor rejects. */
  handleMessage(message: Message): void {
    const answerer = this.#messages;
    if (!answerer.isFor(message)) return;
    this.#track(
      this.#run(
        'message',
        (context) => {
          requirePermissions(botPermissionsIn(message), permissionsOf(answerer, message));
          return answerer.execute(message, context);
        },
        (...failure) => answerMessageFailure(message, answerer.languageOf(message), ...failure),
      ),
    );
  }

  /**
   * Refuses new requests and gives running ones `graceMs` to finish; then aborts the rest with an error
   * message.
   */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    await this.#idleWithin(graceMs);
    for (const cancel of this.#cancels) cancel.abort(stopping());
    await this.#idleWithin(farewellMs);
  }

  #track(run: Promise<void>): void {
    this.#running.add(run);
    void run.finally(() => this.#running.delete(run));
  }

  async #idleWithin(ms: number): Promise<void> {
    const timer = new AbortController();
    await Promise.race([
      Promise.all(this.#running),
      sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined),
    ]);
    timer.abort();
  }

  #command<I extends CommandInteraction & RepliableInteraction>(
    interaction: I,
    commands: ReadonlyMap<string, Answering<I>>,
  ): void {
    const name = interaction.commandName;
    this.#answer(interaction, name, async (context) => {
      const command = commands.get(name) ?? unknownCommand();
      await check(command, interaction);
      await command.execute(interaction, context);
    });
  }

  #action(interaction: ActionInteraction): void {
    const { action: name, args } = parseCustomId(interaction.customId) ?? { action: 'unknown', args: [] };
    this.#answer(interaction, name, async (context) => {
      const action = this.#actions.get(name) ?? tooOld();
      await check(action, interaction, args);
      await action.execute(interaction, args, context);
    });
  }

  #answer(
    interaction: RepliableInteraction,
    name: string,
    answer: (context: CommandContext) => Promise<void>,
  ): void {
    this.#track(this.#run(name, answer, (...failure) => answerFailure(interaction, ...failure)));
  }

  async #run(
    name: string,
    answer: (context: CommandContext) => Promise<void>,
    fail: (error: unknown, requestId: string, log: Logger) => Promise<void>,
  ): Promise<void> {
    const requestId = newRequestId();
    const log = this.#log.child({ request: requestId, command: name });
    const cancel = new AbortController();
    const deadline = setTimeout(() => cancel.abort(tooLate()), this.#answerWithinMs);
    this.#cancels.add(cancel);
    const startMs = performance.now();
    try {
      if (this.#stopping) throw stopping();
      await answer({ id: requestId, log, signal: cancel.signal });
      log.info({ ms: Math.round(performance.now() - startMs) }, 'answered');
      this.#metrics?.ended(this.#known(name), 'answered');
    } catch (error) {
      this.#metrics?.ended(this.#known(name), outcomeOf(error));
      await fail(error, requestId, log);
    } finally {
      clearTimeout(deadline);
      this.#cancels.delete(cancel);
    }
  }

  /** Maps unknown names to one label: anyone can make up names, and each label is a new time series. */
  #known(name: string): string {
    const isKnown = [this.#slashCommands, this.#messageCommands, this.#actions].some((all) => all.has(name));
    return isKnown || name === 'message' ? name : 'unknown';
  }

  async #suggest(interaction: AutocompleteInteraction): Promise<void> {
    try {
      const { name, value } = interaction.options.getFocused(true);
      const command = this.#slashCommands.get(interaction.commandName);
      const found = (await command?.suggest?.(name, value, interaction)) ?? [];
      await interaction.respond(
        found
          .slice(0, maxSuggestions)
          .map((each) => (typeof each === 'string' ? { name: each, value: each } : each)),
      );
    } catch (error) {
      const level = isGone(error) ? 'debug' : 'warn';
      this.#log[level]({ err: error, command: interaction.commandName }, 'no suggestions');
    }
  }
}

/** @throws UserError when someone may not use this here, or the bot itself may not answer it. */
async function check<I extends RepliableInteraction>(
  guarded: Guarded<I>,
  interaction: I,
  args: readonly string[] = [],
): Promise<void> {
  await guarded.allowed(interaction, args);
  requirePermissions(botPermissionsIn(interaction), permissionsOf(guarded, interaction));
}

function permissionsOf<T>(
  { botPermissions }: Pick<Guarded<T>, 'botPermissions'>,
  used: T,
): readonly PermissionsString[] {
  return typeof botPermissions === 'function' ? botPermissions(used) : botPermissions;
}

function isSlash(command: Command): command is SlashCommand {
  return command.data.type === ApplicationCommandType.ChatInput;
}

function isOnMessage(command: Command): command is MessageCommand {
  return command.data.type === ApplicationCommandType.Message;
}

function unknownCommand(): never {
  throw new UserError('command.unknown');
}

function tooOld(): never {
  throw new UserError('action.unknown');
}

function stopping(): UserError {
  return new UserError('bot.stopping');
}

function tooLate(): UserError {
  return new UserError('bot.too-late');
}
