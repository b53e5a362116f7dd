import {
  DiscordAPIError,
  RESTJSONErrorCodes,
  Routes,
  type ChatInputCommandInteraction,
  type RawFile,
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
/** How long the answer waits for an edit on its way, so that the two arrive in order. */
const lastEditMs = 1000;
const maxDescription = 1024;

/**
 * The one public message of a request: it moves while the work goes on and ends as the
 * result. Between edits lie at least two seconds and the latest wins; the result waits at most
 * {@link lastEditMs} for an edit on its way and is never overwritten by one.
 */
export class LiveReply {
  readonly #interaction: ChatInputCommandInteraction;
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

  private constructor(interaction: ChatInputCommandInteraction, log: Logger) {
    this.#interaction = interaction;
    this.#log = log;
  }

  /** Acknowledges the interaction: Discord shows that the bot is thinking. */
  static async open(interaction: ChatInputCommandInteraction, log: Logger): Promise<LiveReply> {
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
    try {
      await this.#deliver(message);
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      this.#log.warn({ err: error }, 'answer too large for Discord');
      await this.#deliver(smaller);
    }
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
      await this.#patch({ content, allowed_mentions: { parse: [] } }, this.#lastEdit.signal);
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

  async #deliver({ content, files }: FinalMessage): Promise<void> {
    const attachments = files.map(({ name, description }, id) => ({
      id,
      filename: name,
      description: description.slice(0, maxDescription),
    }));
    const uploads = files.map(({ name, bytes, contentType }) => ({ name, data: bytes, contentType }));
    const body = { content, attachments, allowed_mentions: { parse: [] } };
    await retryOnce(() => this.#patch(body, undefined, uploads));
  }

  /**
   * Edits the message. Not through discord.js's own `editReply`: that one can neither be
   * aborted nor told a file's content type, and takes Ogg audio for `application/ogg`, which
   * Discord does not play.
   */
  async #patch(
    body: RESTPatchAPIWebhookWithTokenMessageJSONBody,
    signal?: AbortSignal,
    files: RawFile[] = [],
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

function isTooLarge(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.status === 413 || error.code === RESTJSONErrorCodes.RequestEntityTooLarge)
  );
}
