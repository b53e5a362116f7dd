import { DiscordAPIError } from 'discord.js';
import type { Composition } from '../../compose/composition.js';
import { isGone } from '../dispatch/failure.js';
import type { Logger } from '../ops/logging.js';
import type { MessageContent } from './message-content.js';
import { pause } from './pause.js';
import { retryOnce } from '../gateway/retry.js';

/** The message of a request, existing or to be posted. */
export interface MessageTarget {
  /** Replaces what was shown so far. Idempotent. */
  show(message: MessageContent, signal?: AbortSignal): Promise<void>;
  /** Removes what was shown so far, because an error message will follow. */
  withdraw(): Promise<void>;
}

/** A target that can be followed by voice messages. */
export interface VoicedTarget extends MessageTarget {
  /** Adds the preview of a composition as a voice message. */
  speak(composition: Composition): Promise<void>;
}

/** How long the result waits for an edit in flight, so that the two arrive in order. */
const lastEditMs = 1000;
/** After this time, an abandoned edit has either been applied or never will be. */
const repairAfterMs = 5000;

export interface LiveMessageOptions {
  /** Delay of the first edit: fast work needs no progress message. */
  readonly firstEditAfterMs?: number;
  readonly editEveryMs?: number;
}

/**
 * The one message of a slow request: it shows progress and becomes the result. Edits are at least
 * `editEveryMs` apart, with the latest state; the result waits at most {@link lastEditMs} for an edit in
 * flight, and is restored if a late edit overwrites it.
 */
export class LiveMessage {
  readonly #target: MessageTarget;
  readonly #log: Logger;
  readonly #editEveryMs: number;
  readonly #gone = new AbortController();
  /** Aborts the newest edit; one per edit, since discord.js never releases a signal. */
  #lastEdit = new AbortController();
  #wanted: MessageContent = { content: '', components: [] };
  /** Builds the content when it is shown. */
  #make: (() => Promise<MessageContent>) | undefined;
  #shownText = '';
  /** Whether the newest edit changes the files. */
  #editsFiles = false;
  #takesFiles = true;
  #delivered = this.#wanted;
  #nextEditMs: number;
  /** Set while an edit is scheduled. */
  #timer: NodeJS.Timeout | undefined;
  /** Set while an edit is in flight. */
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

  /** Fires when the message was deleted or can no longer be edited; its reason is Discord's answer. */
  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  /** False once Discord has rejected the files of an edit. */
  get takesFiles(): boolean {
    return this.#takesFiles;
  }

  /** Schedules an edit that shows progress. */
  update(progress: MessageContent): void {
    this.#wanted = progress;
    this.#schedule();
  }

  /**
   * Shows progress, now and then as often as edits are allowed. Never rejects.
   * @param make builds the content when it is shown; must not reject
   * @returns after the first attempt: whether the message still exists.
   */
  async follow(make: () => Promise<MessageContent>): Promise<boolean> {
    this.#make = make;
    this.#edit = this.#show();
    await this.#edit;
    return !this.#closed;
  }

  /**
   * Replaces everything shown so far with the result, and makes sure that it stays.
   * @param smaller builds the message to send when Discord rejects `message`.
   * @throws the error of Discord or of the connection when both are rejected
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
   * The second half of {@link finish}: an abandoned edit may still have been applied after the result. Never
   * rejects.
   * @param stop aborts it
   */
  async repair(stop?: AbortSignal): Promise<void> {
    if (!this.#lastEdit.signal.aborted || stop?.aborted === true) return;
    await pause(repairAfterMs, stop);
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
    const tooLate = pause(lastEditMs, inTime.signal).then(() => {
      if (!inTime.signal.aborted) this.#lastEdit.abort();
    });
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

/** The message was deleted or can no longer be edited: Discord bans bots that keep trying. */
function isLasting(error: unknown): boolean {
  return isGone(error) || (error instanceof DiscordAPIError && [401, 403, 404].includes(error.status));
}

/** Discord rejected the request. */
function isRefusal(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status >= 400 && error.status < 500;
}
