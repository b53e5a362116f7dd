import { DiscordAPIError, RESTJSONErrorCodes, type REST } from 'discord.js';
import { isGone } from '../dispatch/failure.js';
import type { Logger } from '../ops/logging.js';
import { ChannelMessage } from '../reply/channel-message.js';
import type { MessageContent } from '../reply/message-content.js';

/** Interval between edits. */
const editEveryMs = 2000;
/** Discord limits edits of messages older than an hour. */
const newAfterMs = 3600_000;

const refusals = new Set<string | number>([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.UnknownChannel,
]);

/** Makes the content. `withPicture`: whether to send the picture because it is missing or has changed. */
export type MakeContent = (withPicture: boolean) => MessageContent;

export interface PlayerMessageOptions {
  readonly rest: REST;
  /** ID of the channel. */
  readonly channel: string;
  readonly log: Logger;
  readonly make: MakeContent;
  /** Identifies the current picture. */
  readonly picture: () => number | undefined;
}

/** The message of a radio, kept up to date by edits; posted again every hour. */
export class PlayerMessage {
  readonly #options: PlayerMessageOptions;
  #message: ChannelMessage;
  /** The message of the hour before, until the new one is posted. */
  #old: ChannelMessage | undefined;
  #postedMs = performance.now();
  #picture: number | undefined;
  #isDue = false;
  #showing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(options: PlayerMessageOptions) {
    this.#options = options;
    this.#message = this.#new();
  }

  /** Posts it. @throws Discord's error */
  async open(): Promise<void> {
    await this.#show();
  }

  /** Schedules an edit. */
  update(): void {
    this.#isDue = true;
    if (this.#isOver || this.#timer !== undefined || this.#showing !== undefined) return;
    this.#begin();
  }

  /** Shows the final content. Never rejects. */
  async close(content: MessageContent): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    await this.#showing;
    await this.#message.show(content).catch((error: unknown) => this.#failed(error));
    await this.#deleteOld();
  }

  #begin(): void {
    this.#isDue = false;
    this.#showing = this.#show()
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#showing = undefined;
        if (this.#isOver) return;
        this.#timer = setTimeout(() => {
          this.#timer = undefined;
          if (this.#isDue) this.#begin();
        }, editEveryMs);
      });
  }

  async #show(): Promise<void> {
    const { make, picture } = this.#options;
    if (performance.now() - this.#postedMs > newAfterMs) {
      this.#old ??= this.#message;
      this.#message = this.#new();
    }
    const shown = picture();
    const isNew = this.#message.id === undefined || shown !== this.#picture;
    await this.#message.show(make(isNew));
    this.#picture = shown;
    await this.#deleteOld();
  }

  async #deleteOld(): Promise<void> {
    const old = this.#old;
    this.#old = undefined;
    await old?.delete().catch((error: unknown) => {
      // Someone may have deleted it.
      if (!isGone(error)) this.#failed(error);
    });
  }

  #new(): ChannelMessage {
    this.#postedMs = performance.now();
    return new ChannelMessage(this.#options.rest, this.#options.channel);
  }

  #failed(error: unknown): void {
    const { log } = this.#options;
    if (error instanceof DiscordAPIError && refusals.has(error.code)) {
      // Discord bans bots that keep making refused calls.
      this.#isOver = true;
      log.info({ err: error }, 'the radio may no longer show its message');
      return;
    }
    // Someone deleted it: the next update posts it again.
    if (isGone(error)) this.#message = this.#new();
    else log.warn({ err: error }, "the radio's message was not shown");
  }
}
