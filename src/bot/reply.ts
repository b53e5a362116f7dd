import { setTimeout as sleep } from 'node:timers/promises';
import {
  DiscordAPIError,
  RESTJSONErrorCodes,
  Routes,
  type RawFile,
  type RepliableInteraction,
  type RESTPatchAPIWebhookWithTokenMessageJSONBody,
} from 'discord.js';
import type { MediaFile } from '../studio/composition.js';
import { isGone } from './failure.js';
import type { Logger } from './logging.js';
import { retryOnce } from './retry.js';

/** What a reply ends as. */
export interface FinalMessage {
  readonly content: string;
  readonly files: readonly MediaFile[];
}

/** Quick work is answered before anything was said about it. */
const firstEditAfterMs = 500;
const editEveryMs = 2000;
/** How long the result waits for an edit on its way, so that the two arrive in order. */
const lastEditMs = 1000;
/** By then an edit that was given up has been carried out or never will be. */
const repairAfterMs = 5000;
const maxDescription = 1024;

/**
 * The one public message of a request: it moves while the work goes on and ends as the
 * result. Between edits lie at least two seconds and the latest wins; the result waits at most
 * {@link lastEditMs} for an edit on its way, and what a late one overwrites is restored.
 */
export class LiveReply {
  readonly #interaction: RepliableInteraction;
  readonly #log: Logger;
  readonly #gone = new AbortController();
  readonly #lastEdit = new AbortController();
  #wanted = '';
  #shown = '';
  #nextEditMs = performance.now() + firstEditAfterMs;
  /** Set while an edit is due. */
  #timer: NodeJS.Timeout | undefined;
  /** Set while an edit is on its way. */
  #edit: Promise<void> | undefined;
  #closed = false;

  private constructor(interaction: RepliableInteraction, log: Logger) {
    this.#interaction = interaction;
    this.#log = log;
  }

  /** Acknowledges the interaction: Discord shows that the bot is thinking. */
  static async open(interaction: RepliableInteraction, log: Logger): Promise<LiveReply> {
    await interaction.deferReply();
    return new LiveReply(interaction, log);
  }

  /** Fires when the message was deleted or can be edited no longer; its reason is Discord's answer. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** Shows, soon, how far the work is. */
  update(content: string): void {
    this.#wanted = content;
    this.#schedule();
  }

  /**
   * Puts the result in place of everything shown so far.
   * @param smaller what to send when Discord finds `message` too large.
   */
  async finish(message: FinalMessage, smaller: FinalMessage): Promise<void> {
    await this.close();
    const content = await this.#deliver(message, smaller);
    if (this.#lastEdit.signal.aborted) await this.#repair(content);
  }

  /** Ends all edits; afterwards the message stays as it is. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const timer = setTimeout(() => this.#lastEdit.abort(), lastEditMs);
    await this.#edit;
    clearTimeout(timer);
  }

  #schedule(): void {
    const busy = this.#timer !== undefined || this.#edit !== undefined;
    if (busy || this.#closed || this.#wanted === this.#shown) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#edit = this.#show(this.#wanted);
      },
      Math.max(0, this.#nextEditMs - performance.now()),
    );
  }

  async #show(content: string): Promise<void> {
    try {
      await this.#patch(textBody(content), [], this.#lastEdit.signal);
      this.#shown = content;
    } catch (error) {
      if (isGone(error)) {
        this.#closed = true;
        this.#gone.abort(error);
      } else {
        // The next edit, or the result, makes up for this one.
        this.#log.debug({ err: error }, 'progress not shown');
      }
    }
    this.#nextEditMs = performance.now() + editEveryMs;
    this.#edit = undefined;
    this.#schedule();
  }

  /** @returns the text of the message that Discord took. */
  async #deliver(message: FinalMessage, smaller?: FinalMessage): Promise<string> {
    const { content, files } = message;
    const attachments = files.map(({ name, description }, index) => ({
      id: String(index),
      filename: name,
      description: description.slice(0, maxDescription),
    }));
    const uploads = files.map(({ name, bytes, contentType }) => ({ name, data: bytes, contentType }));
    try {
      await retryOnce(() => this.#patch({ ...textBody(content), attachments }, uploads));
      return content;
    } catch (error) {
      if (smaller === undefined || !isTooLarge(error)) throw error;
      this.#log.warn({ err: error }, 'answer too large for Discord');
      return this.#deliver(smaller);
    }
  }

  /** An edit that was given up may still have been carried out after the result. */
  async #repair(content: string): Promise<void> {
    await sleep(repairAfterMs);
    try {
      await retryOnce(() => this.#patch(textBody(content)));
    } catch (error) {
      this.#log.warn({ err: error }, 'result not shown again');
    }
  }

  /**
   * Edits the message. Not through discord.js's own `editReply`: that one can neither be
   * aborted nor told a file's content type, and takes Ogg audio for `application/ogg`, which
   * Discord does not play.
   */
  async #patch(
    body: RESTPatchAPIWebhookWithTokenMessageJSONBody,
    files: RawFile[] = [],
    signal?: AbortSignal,
  ): Promise<void> {
    const { client, applicationId, token } = this.#interaction;
    await client.rest.patch(Routes.webhookMessage(applicationId, token), {
      body,
      files,
      auth: false,
      ...(signal !== undefined && { signal }),
    });
  }
}

/** Nobody is pinged by what the bot says. */
function textBody(content: string): RESTPatchAPIWebhookWithTokenMessageJSONBody {
  return { content, allowed_mentions: { parse: [] } };
}

function isTooLarge(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.status === 413 || error.code === RESTJSONErrorCodes.RequestEntityTooLarge)
  );
}
