import { languageFor } from '../../i18n/languages.js';
import { curveWordsIn } from '../../i18n/picture.js';
import { UserError } from '../../errors/user-error.js';
import type { Training } from '../../training/trainings.js';
import type { ChannelMessage } from '../reply/channel-message.js';
import { failureSentence, newRequestId } from '../dispatch/failure.js';
import type { Logger } from '../ops/logging.js';
import type { MediaFile, MessageContent } from '../reply/message-content.js';
import { LiveMessage } from '../reply/live-message.js';
import { formatMemo, type TrainingMemo } from './training-memo.js';
import {
  failureMessage,
  outcomeMessage,
  outcomeWithoutFiles,
  pausedMessage,
  progressMessage,
} from './training-message.js';

/** The message of one training: it shows progress while the training runs and becomes its result. */
export class TrainingReport {
  readonly #training: Training;
  readonly #memo: TrainingMemo;
  readonly #message: ChannelMessage;
  readonly #log: Logger;
  readonly #live: LiveMessage;
  /** Points of the curve in the current picture, and in the next one. */
  #shownPoints = 0;
  #drawnPoints = 0;
  #canDraw = true;
  #remembered: boolean;

  constructor(
    training: Training,
    memo: TrainingMemo,
    message: ChannelMessage,
    log: Logger,
    editEveryMs: number,
  ) {
    this.#training = training;
    this.#memo = memo;
    this.#message = message;
    this.#log = log;
    this.#remembered = memo.message !== undefined;
    const target = {
      show: (content: MessageContent, signal?: AbortSignal) => this.#show(content, signal),
      withdraw: () => message.delete(),
    };
    this.#live = new LiveMessage(target, log, { editEveryMs });
  }

  /**
   * Starts to show the progress. Never rejects.
   * @returns after the first attempt: whether the message exists.
   */
  begin(): Promise<boolean> {
    return this.#live.follow(() => this.#progress());
  }

  /**
   * Follows the training until it ends. Never rejects.
   * @param stop fires when the bot is stopped; another process then continues.
   */
  async run(stop: AbortSignal): Promise<void> {
    const isOver = this.#training.outcome.then(
      () => true,
      () => true,
    );
    const listening = new AbortController();
    const hasEnded = await Promise.race([isOver, fired(stop, listening.signal).then(() => false)]);
    // Otherwise the bot would keep a reference to every training it has had.
    listening.abort();
    const ending = hasEnded ? await this.#ending(stop) : this.#paused();
    const inWords = ending.files && (() => outcomeWithoutFiles(ending, this.#memo));
    await this.#live
      .deliver(ending, inWords)
      .catch((err: unknown) => this.#log.warn({ err }, 'end of a training not shown'));
    // Otherwise the result is shown again after the next start.
    if (hasEnded)
      await this.#training.told().catch((err: unknown) => this.#log.warn({ err }, 'training kept'));
    await this.#live.repair(stop);
  }

  async #progress(): Promise<MessageContent> {
    const message = progressMessage(this.#training, this.#memo);
    const points = this.#training.progress?.curve.length ?? 0;
    if (points <= this.#shownPoints || !this.#canDraw || !this.#live.takesFiles) return message;
    const picture = await this.#draw(points);
    if (picture === undefined) return message;
    this.#drawnPoints = points;
    return { ...message, files: [picture] };
  }

  async #show(content: MessageContent, signal?: AbortSignal): Promise<void> {
    await this.#message.show(content, signal);
    if (content.files !== undefined) this.#shownPoints = this.#drawnPoints;
    await this.#remember();
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

  async #draw(validations: number): Promise<MediaFile | undefined> {
    const { name } = this.#training;
    const language = languageFor(this.#memo.language);
    try {
      const bytes = await this.#training.drawCurve(curveWordsIn(language, name));
      const description = language.altText.curve(name, validations);
      return { name: 'curve.png', contentType: 'image/png', bytes, description };
    } catch (err) {
      this.#log.warn({ err }, 'curve not drawn');
      this.#canDraw = false;
      return undefined;
    }
  }

  /** Saves the ID of the message, so that a restarted bot continues in it. */
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

/**
 * Resolves when the signal fires.
 * @param listening removes the listener when it fires first
 */
function fired(signal: AbortSignal, listening: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true, signal: listening });
  });
}
