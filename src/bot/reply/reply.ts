import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordAPIError, RESTJSONErrorCodes } from 'discord.js';
import type { Composition } from '../../compose/composition.js';
import { isGone } from '../dispatch/failure.js';
import type { Logger } from '../ops/logging.js';
import type { MessageContent } from './message-content.js';
import { retryOnce } from '../gateway/retry.js';

/** Where the message of a request is, or will be. */
export interface MessageTarget {
  /** Puts a message in place of what was shown so far; may be repeated without harm. */
  show(message: MessageContent, signal?: AbortSignal): Promise<void>;
  /** Takes away what was shown so far, because a failure will be told instead. */
  withdraw(): Promise<void>;
}

/** One that voice messages can follow. */
export interface VoicedTarget extends MessageTarget {
  /** Adds the preview of a composition as a voice message. */
  speak(composition: Composition): Promise<void>;
}

/** Quick work is answered before anything was said about it. */
const firstEditAfterMs = 500;
const editEveryMs = 2000;
/** How long the result waits for an edit on its way, so that the two arrive in order. */
const lastEditMs = 1000;
/** By then an edit that was given up has been carried out or never will be. */
const repairAfterMs = 5000;

/**
 * The one message of a request: it moves while the work goes on and ends as the
 * result. Between edits lie at least two seconds and the latest wins; the result waits at most
 * {@link lastEditMs} for an edit on its way, and what a late one overwrites is restored.
 */
export class LiveReply {
  readonly #target: MessageTarget;
  readonly #log: Logger;
  readonly #gone = new AbortController();
  /** Of the newest edit; each has its own, since discord.js never lets go of a signal. */
  #lastEdit = new AbortController();
  #wanted: MessageContent = { content: '', components: [] };
  #shown = this.#wanted;
  #nextEditMs = performance.now() + firstEditAfterMs;
  /** Set while an edit is due. */
  #timer: NodeJS.Timeout | undefined;
  /** Set while an edit is on its way. */
  #edit: Promise<void> | undefined;
  #closed = false;

  constructor(target: MessageTarget, log: Logger) {
    this.#target = target;
    this.#log = log;
  }

  /** Fires when the message was deleted or can be edited no longer; its reason is Discord's answer. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** Shows, soon, how far the work is. */
  update(progress: MessageContent): void {
    this.#wanted = progress;
    this.#schedule();
  }

  /**
   * Puts the result in place of everything shown so far.
   * @param smaller what to send when Discord finds `message` too large.
   */
  async finish(message: MessageContent, smaller?: MessageContent): Promise<void> {
    await this.close();
    const delivered = await this.#deliver(message, smaller);
    if (this.#lastEdit.signal.aborted) await this.#repair(delivered);
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
    if (busy || this.#closed || this.#wanted.content === this.#shown.content) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#edit = this.#show(this.#wanted);
      },
      Math.max(0, this.#nextEditMs - performance.now()),
    );
  }

  async #show(progress: MessageContent): Promise<void> {
    this.#lastEdit = new AbortController();
    try {
      await this.#target.show(progress, this.#lastEdit.signal);
      this.#shown = progress;
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

  /** @returns the message that Discord took. */
  async #deliver(message: MessageContent, smaller?: MessageContent): Promise<MessageContent> {
    try {
      await retryOnce(() => this.#target.show(message));
      return message;
    } catch (error) {
      if (smaller === undefined || !isTooLarge(error)) throw error;
      this.#log.warn({ err: error }, 'answer too large for Discord');
      return this.#deliver(smaller);
    }
  }

  /** An edit that was given up may still have been carried out after the result. */
  async #repair({ content, components }: MessageContent): Promise<void> {
    await sleep(repairAfterMs);
    try {
      await retryOnce(() => this.#target.show({ content, components }));
    } catch (error) {
      this.#log.warn({ err: error }, 'result not shown again');
    }
  }
}

function isTooLarge(error: unknown): boolean {
  return (
    error instanceof DiscordAPIError &&
    (error.status === 413 || error.code === RESTJSONErrorCodes.RequestEntityTooLarge)
  );
}
