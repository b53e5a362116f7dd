import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordAPIError } from 'discord.js';
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

/** How long the result waits for an edit on its way, so that the two arrive in order. */
const lastEditMs = 1000;
/** By then an edit that was given up has been carried out or never will be. */
const repairAfterMs = 5000;

export interface LiveMessageOptions {
  /** Quick work is answered before anything was said about it. */
  readonly firstEditAfterMs?: number;
  readonly editEveryMs?: number;
}

/**
 * The one message of something that takes time: it shows progress and becomes the result. Edits are at least
 * `editEveryMs` apart, with the latest state; the result waits at most {@link lastEditMs} for an edit on its
 * way, and what a late one overwrites is restored.
 */
export class LiveMessage {
  readonly #target: MessageTarget;
  readonly #log: Logger;
  readonly #editEveryMs: number;
  readonly #gone = new AbortController();
  /** Of the newest edit; each has its own, since discord.js never lets go of a signal. */
  #lastEdit = new AbortController();
  #wanted: MessageContent = { content: '', components: [] };
  /** Makes the content when it is time to show it. */
  #make: (() => Promise<MessageContent>) | undefined;
  #shownText = '';
  /** Whether the newest edit changes the files. */
  #editsFiles = false;
  #takesFiles = true;
  #delivered = this.#wanted;
  #nextEditMs: number;
  /** Set while an edit is due. */
  #timer: NodeJS.Timeout | undefined;
  /** Set while an edit is on its way. */
  #edit: Promise<void> | undefined;
  #closed = false;

  constructor(
    target: MessageTarget,
    log: Logger,
    { firstEditAfterMs = 500, editEveryMs = 2000 }: LiveMessageOptions = {},
  ) {
    this.#target = target;
    this.#log = log;
    this.#editEveryMs = editEveryMs;
    this.#nextEditMs = performance.now() + firstEditAfterMs;
  }

  /** Fires when the message was deleted or can be edited no longer; its reason is Discord's answer. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** False once Discord has refused files of an edit. */
  get takesFiles(): boolean {
    return this.#takesFiles;
  }

  /** Shows, soon, how far the work is. */
  update(progress: MessageContent): void {
    this.#wanted = progress;
    this.#schedule();
  }

  /**
   * Shows how far the work is, at once and from then on as often as may be. Never rejects.
   * @param make what to show at the time; must not reject
   * @returns, after the first try, whether there is still somewhere to show it.
   */
  async follow(make: () => Promise<MessageContent>): Promise<boolean> {
    this.#make = make;
    this.#edit = this.#show();
    await this.#edit;
    return !this.#closed;
  }

  /**
   * Puts the result in place of everything shown so far, and sees to it that it stays.
   * @param smaller makes what to send when Discord does not take `message`.
   * @throws the error of Discord or of the connection when it takes neither
   */
  async finish(message: MessageContent, smaller?: () => MessageContent): Promise<void> {
    await this.deliver(message, smaller);
    await this.repair();
  }

  /** The first half of {@link finish}. */
  async deliver(message: MessageContent, smaller?: () => MessageContent): Promise<void> {
    await this.close();
    try {
      await retryOnce(() => this.#target.show(message));
      this.#delivered = message;
    } catch (error) {
      if (smaller === undefined || !isRefusal(error) || isGone(error)) throw error;
      this.#log.warn({ err: error }, 'answer refused by Discord');
      const lesser = smaller();
      await retryOnce(() => this.#target.show(lesser));
      this.#delivered = lesser;
    }
  }

  /**
   * The second half of {@link finish}: an edit that was given up may still have been carried out after the
   * result. Never rejects.
   * @param stop ends it
   */
  async repair(stop?: AbortSignal): Promise<void> {
    if (!this.#lastEdit.signal.aborted || stop?.aborted === true) return;
    await sleep(repairAfterMs, undefined, stop && { signal: stop }).catch(() => undefined);
    const { content, components } = this.#delivered;
    try {
      await retryOnce(() => this.#target.show(this.#editsFiles ? this.#delivered : { content, components }));
    } catch (error) {
      this.#log.warn({ err: error }, 'result not shown again');
    }
  }

  /** Ends all edits; afterwards the message stays as it is. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    const inTime = new AbortController();
    const tooLate = sleep(lastEditMs, undefined, { signal: inTime.signal }).then(
      () => this.#lastEdit.abort(),
      () => undefined,
    );
    await Promise.race([this.#edit, tooLate]);
    inTime.abort();
  }

  #schedule(): void {
    const isBusy = this.#timer !== undefined || this.#edit !== undefined;
    const isNew = this.#make !== undefined || this.#wanted.content !== this.#shownText;
    if (isBusy || this.#closed || !isNew) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#edit = this.#show();
      },
      Math.max(0, this.#nextEditMs - performance.now()),
    );
  }

  async #show(): Promise<void> {
    this.#lastEdit = new AbortController();
    const { signal } = this.#lastEdit;
    const progress = this.#make === undefined ? this.#wanted : await this.#make();
    const isNew = progress.content !== this.#shownText || progress.files !== undefined;
    if (isNew && !signal.aborted) await this.#send(progress, signal);
    this.#nextEditMs = performance.now() + this.#editEveryMs;
    this.#edit = undefined;
    this.#schedule();
  }

  async #send(progress: MessageContent, signal: AbortSignal): Promise<void> {
    this.#editsFiles = progress.files !== undefined;
    try {
      await this.#target.show(progress, signal);
      this.#shownText = progress.content;
    } catch (error) {
      const isMeantForFiles = this.#editsFiles && isRefusal(error) && !isGone(error);
      if (isMeantForFiles) this.#takesFiles = false;
      else if (isLasting(error)) this.#closed = true;
      if (isGone(error)) this.#gone.abort(error);
      if (isMeantForFiles || this.#closed) this.#log.info({ err: error }, 'progress refused');
      // The next edit, or the result, replaces this one.
      else this.#log.debug({ err: error }, 'progress not shown');
    }
  }
}

/** The message is gone or may no longer be edited: Discord bans bots that keep trying. */
function isLasting(error: unknown): boolean {
  return isGone(error) || (error instanceof DiscordAPIError && [401, 403, 404].includes(error.status));
}

/** Discord does not take what was sent. */
function isRefusal(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status >= 400 && error.status < 500;
}
