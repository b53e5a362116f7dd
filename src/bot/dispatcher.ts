import { setTimeout as sleep } from 'node:timers/promises';
import type { AutocompleteInteraction, ChatInputCommandInteraction, Interaction } from 'discord.js';
import { UserError } from '../music/user-error.js';
import type { Command } from './command.js';
import { answerFailure, isGone, newRequestId } from './failure.js';
import type { Logger } from './logging.js';
import { requirePermissions } from './permissions.js';

/** Time for the last words once running requests were cut short. */
const farewellMs = 1500;

/** Discord shows no more suggestions. */
const maxSuggestions = 25;

/**
 * Brings every interaction to its command and keeps the rules that hold for all of them:
 * permissions, deadlines, private answers to failures, an orderly stop.
 */
export class Dispatcher {
  readonly #commands: ReadonlyMap<string, Command>;
  readonly #log: Logger;
  readonly #answerWithinMs: number;
  readonly #running = new Set<Promise<void>>();
  /** One for each command that runs; a signal shared by all of them would hold on to every request. */
  readonly #cancels = new Set<AbortController>();
  #stopping = false;

  /**
   * @param answerWithinMs Discord takes answers for 15 minutes; the last one is kept for saying
   * that it took too long.
   */
  constructor(commands: readonly Command[], log: Logger, answerWithinMs = 14 * 60_000) {
    this.#answerWithinMs = answerWithinMs;
    this.#commands = new Map(commands.map((command) => [command.data.name, command]));
    this.#log = log;
  }

  /** Starts to answer an interaction. Neither throws nor rejects. */
  handle(interaction: Interaction): void {
    if (interaction.isAutocomplete()) this.#track(this.#suggest(interaction));
    else if (interaction.isChatInputCommand()) this.#track(this.#execute(interaction));
  }

  /**
   * Refuses what comes from now on and gives running requests `graceMs` to finish; what still
   * runs then is cut short and told so.
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

  async #execute(interaction: ChatInputCommandInteraction): Promise<void> {
    const requestId = newRequestId();
    const name = interaction.commandName;
    const log = this.#log.child({ request: requestId, command: name });
    const cancel = new AbortController();
    const deadline = setTimeout(() => cancel.abort(tooLate()), this.#answerWithinMs);
    this.#cancels.add(cancel);
    const startMs = performance.now();
    try {
      if (this.#stopping) throw stopping();
      const command = this.#commands.get(name);
      if (command === undefined) {
        throw new UserError('command.unknown', 'I no longer know this command; please restart Discord.');
      }
      requirePermissions(interaction, command.botPermissions);
      await command.execute(interaction, { log, signal: cancel.signal });
      log.info({ ms: Math.round(performance.now() - startMs) }, 'answered');
    } catch (error) {
      await answerFailure(interaction, error, requestId, log);
    } finally {
      clearTimeout(deadline);
      this.#cancels.delete(cancel);
    }
  }

  async #suggest(interaction: AutocompleteInteraction): Promise<void> {
    try {
      const { name, value } = interaction.options.getFocused(true);
      const found = this.#commands.get(interaction.commandName)?.suggest?.(name, value) ?? [];
      await interaction.respond(found.slice(0, maxSuggestions).map((text) => ({ name: text, value: text })));
    } catch (error) {
      const level = isGone(error) ? 'debug' : 'warn';
      this.#log[level]({ err: error, command: interaction.commandName }, 'no suggestions');
    }
  }
}

function stopping(): UserError {
  return new UserError('bot.stopping', 'I am being restarted; please try again in a minute.');
}

function tooLate(): UserError {
  return new UserError(
    'bot.too-late',
    'This took longer than Discord lets me answer; please try again with fewer notes.',
  );
}
