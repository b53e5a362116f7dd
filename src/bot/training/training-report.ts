import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordAPIError } from 'discord.js';
import { languageFor } from '../../i18n/languages.js';
import { curveWordsIn } from '../../i18n/picture.js';
import { UserError } from '../../errors/user-error.js';
import type { Training } from '../../training/trainings.js';
import type { ChannelMessage } from '../reply/channel-message.js';
import { failureSentence, isGone, newRequestId } from '../dispatch/failure.js';
import type { Logger } from '../ops/logging.js';
import type { MediaFile, MessageContent } from '../reply/message-content.js';
import { retryOnce } from '../gateway/retry.js';
import { formatMemo, type TrainingMemo } from './training-memo.js';
import {
  failureMessage,
  outcomeMessage,
  outcomeWithoutFiles,
  pausedMessage,
  progressMessage,
} from './training-message.js';

/** How long the last words wait for an edit on its way, so that the two arrive in order. */
const lastEditMs = 1000;
/** By then an edit that was given up has been carried out or never will be. */
const repairAfterMs = 5000;

/** The message of one training: it moves while the training goes on and ends as its result. */
export class TrainingReport {
  readonly #training: Training;
  readonly #memo: TrainingMemo;
  readonly #message: ChannelMessage;
  readonly #log: Logger;
  /** Text that the message shows, and how much of the curve. */
  #shown = '';
  #drawn = 0;
  #takesPictures = true;
  /** Of the newest edit; each has its own, since discord.js never lets go of a signal. */
  #lastEdit = new AbortController();
  /** Discord takes no more progress. */
  #closed = false;
  #remembered: boolean;

  constructor(training: Training, memo: TrainingMemo, message: ChannelMessage, log: Logger) {
    this.#training = training;
    this.#memo = memo;
    this.#message = message;
    this.#log = log;
    this.#remembered = memo.message !== undefined;
  }

  /**
   * Shows how far the training is, if that has changed. Never rejects.
   * @returns whether there is still somewhere to show it.
   */
  async showProgress(signal?: AbortSignal): Promise<boolean> {
    if (this.#closed) return false;
    const message = progressMessage(this.#training, this.#memo);
    const points = this.#training.progress?.curve.length ?? 0;
    const picture = this.#takesPictures && points > this.#drawn ? await this.#draw(points) : undefined;
    if (message.content === this.#shown && picture === undefined) return true;
    try {
      await this.#message.show({ ...message, ...(picture && { files: [picture] }) }, signal);
      this.#shown = message.content;
      if (picture !== undefined) this.#drawn = points;
      await this.#remember();
      return true;
    } catch (err) {
      if (!isRefusal(err)) {
        // The next edit, or the result, makes up for this one.
        this.#log.debug({ err }, 'progress not shown');
        return true;
      }
      this.#log.info({ err }, 'progress refused');
      this.#closed = picture === undefined || isGone(err);
      this.#takesPictures = false;
      return !this.#closed;
    }
  }

  /**
   * Follows the training to its end. Between edits lies at least `editEveryMs`, each shows the
   * latest; the result waits at most a second for an edit on its way, and what a late one
   * overwrites is restored. Never rejects.
   * @param stop fires when the bot is stopped, after which the training goes on elsewhere.
   */
  async run(stop: AbortSignal, editEveryMs: number): Promise<void> {
    const moving = new AbortController();
    const edits = this.#move(moving.signal, editEveryMs);
    const isOver = this.#training.outcome.then(
      () => true,
      () => true,
    );
    const listening = new AbortController();
    const hasEnded = await Promise.race([isOver, fired(stop, listening.signal).then(() => false)]);
    // Else the bot would hold on to every training that it has had.
    listening.abort();
    const ending = hasEnded ? await this.#ending(stop) : this.#paused();
    moving.abort();
    const cutShort = await Promise.race([edits.then(() => false), sleep(lastEditMs, true)]);
    this.#lastEdit.abort();
    await this.#deliver(ending);
    // Else it comes to its end again after the next start.
    if (hasEnded)
      await this.#training.told().catch((err: unknown) => this.#log.warn({ err }, 'training kept'));
    if (!cutShort || stop.aborted) return;
    await sleep(repairAfterMs, undefined, { signal: stop }).catch(() => undefined);
    await this.#deliver(ending);
  }

  async #move(until: AbortSignal, editEveryMs: number): Promise<void> {
    do {
      await sleep(editEveryMs, undefined, { signal: until }).catch(() => undefined);
      this.#lastEdit = new AbortController();
    } while (!until.aborted && (await this.showProgress(this.#lastEdit.signal)));
  }

  async #ending(stop: AbortSignal): Promise<MessageContent> {
    try {
      const outcome = await this.#training.outcome;
      this.#log.info({ ended: outcome.ended }, 'training ended');
      const curve = await this.#draw(outcome.model.curve?.length ?? 0);
      return outcomeMessage(this.#training, this.#memo, outcome, curve);
    } catch (error) {
      if (stop.aborted) return this.#paused();
      const language = languageFor(this.#memo.language);
      const requestId = newRequestId();
      const sentence = failureSentence(error, requestId, this.#log.child({ request: requestId }), language);
      const isOurs = error instanceof UserError && error.cause !== undefined;
      const number = isOurs ? ` ${language.training.operatorNumber(requestId)}` : '';
      return failureMessage(this.#training, this.#memo, sentence + number);
    }
  }

  #paused(): MessageContent {
    return pausedMessage(this.#training, this.#memo);
  }

  async #deliver(message: MessageContent): Promise<void> {
    try {
      await retryOnce(() => this.#message.show(message));
    } catch (err) {
      if (message.files !== undefined && isRefusal(err) && !isGone(err)) {
        this.#log.warn({ err }, 'files of a training refused');
        await this.#deliver(outcomeWithoutFiles(message, this.#memo));
      } else {
        this.#log.warn({ err }, 'end of a training not shown');
      }
    }
  }

  async #draw(validations: number): Promise<MediaFile | undefined> {
    const { name } = this.#training;
    const language = languageFor(this.#memo.language);
    try {
      const bytes = await this.#training.drawCurve(curveWordsIn(language, name));
      const description = language.altText.curve(name, validations);
      return { name: 'curve.png', contentType: 'image/png', bytes, description };
    } catch (err) {
      this.#log.warn({ err }, 'curve not drawn');
      this.#takesPictures = false;
      return undefined;
    }
  }

  /** A bot that is restarted goes on in the same message. */
  async #remember(): Promise<void> {
    const { id } = this.#message;
    if (this.#remembered || id === undefined) return;
    try {
      await this.#training.remember(formatMemo({ ...this.#memo, message: id }));
      this.#remembered = true;
    } catch (err) {
      this.#log.warn({ err }, 'message of a training not remembered');
    }
  }
}

/** Discord will not take this, however often it is sent. */
function isRefusal(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError && error.status >= 400 && error.status < 500;
}

/** @param listening ends the listening when it fires itself */
function fired(signal: AbortSignal, listening: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true, signal: listening });
  });
}
