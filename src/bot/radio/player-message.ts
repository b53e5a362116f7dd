import { DiscordAPIError, RESTJSONErrorCodes, type REST } from 'discord.js';
import { isGone } from '../dispatch/failure.js';
import type { Logger } from '../ops/logging.js';
import { ChannelMessage } from '../reply/channel-message.js';
import type { MessageContent } from '../reply/message-content.js';

/** Between two edits. */
const editEveryMs = 2000;
/** Discord limits how often messages of more than an hour ago are edited. */
const newAfterMs = 3600_000;

const refusals = new Set<string | number>([
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
  RESTJSONErrorCodes.UnknownChannel,
]);

/** What is to be shown. `withPicture`: the picture is not there yet, or another one. */
export type MakeContent = (withPicture: boolean) => MessageContent;

export interface PlayerMessageOptions {
  readonly rest: REST;
  /** ID of the channel. */
  readonly channel: string;
  readonly log: Logger;
  readonly make: MakeContent;
  /** Tells pictures apart. */
  readonly picture: () => number | undefined;
}

/** The one message of a radio, which always shows how things are; every hour it is posted anew. */
export class PlayerMessage {
  readonly #options: PlayerMessageOptions;
  #message: ChannelMessage;
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

  /** Posts it. @throws what Discord answers */
  async open(): Promise<void> {
    await this.#show();
  }

  /** Shows, soon, how things are. */
  update(): void {
    this.#isDue = true;
    if (this.#isOver || this.#timer !== undefined || this.#showing !== undefined) return;
    this.#begin();
  }

  /** Shows a last message, which stays. Never rejects. */
  async close(content: MessageContent): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    await this.#showing;
    await this.#message.show(content).catch((error: unknown) => this.#failed(error));
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
    const old = performance.now() - this.#postedMs > newAfterMs ? this.#message : undefined;
    if (old !== undefined) this.#message = this.#new();
    const shown = picture();
    const isNew = this.#message.id === undefined || shown !== this.#picture;
    await this.#message.show(make(isNew));
    this.#picture = shown;
    await old?.delete().catch((error: unknown) => this.#failed(error));
  }

  #new(): ChannelMessage {
    this.#postedMs = performance.now();
    return new ChannelMessage(this.#options.rest, this.#options.channel);
  }

  #failed(error: unknown): void {
    const { log } = this.#options;
    if (error instanceof DiscordAPIError && refusals.has(error.code)) {
      // Discord bans bots that keep trying.
      this.#isOver = true;
      log.info({ err: error }, 'the radio may no longer show its message');
      return;
    }
    // Somebody deleted it: the next change posts it again.
    if (isGone(error)) this.#message = this.#new();
    else log.warn({ err: error }, "the radio's message was not shown");
  }
}
