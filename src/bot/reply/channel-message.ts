import { randomBytes } from 'node:crypto';
import { Routes, type REST, type RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { messageBody, uploads, type MessageContent } from './message-content.js';

/** Of a post that Discord has not seen before. */
export function newNonce(): string {
  return randomBytes(12).toString('hex');
}

/**
 * An ordinary message of the bot in a channel. It needs no interaction token, so it can be edited for as long
 * as it exists, even after a restart.
 */
export class ChannelMessage {
  readonly #rest: REST;
  readonly #channel: string;
  readonly #replyTo: string | undefined;
  #id: string | undefined;
  readonly #nonce: string;
  #posting = false;

  /**
   * @param id of an existing message; without one, the first `show` posts it
   * @param replyTo ID of the message to reply to
   * @param nonce by which Discord recognises a post that is repeated after a broken connection or a
   *   restart.
   */
  constructor(rest: REST, channel: string, id?: string, replyTo?: string, nonce = newNonce()) {
    this.#rest = rest;
    this.#channel = channel;
    this.#id = id;
    this.#replyTo = replyTo;
    this.#nonce = nonce;
  }

  get id(): string | undefined {
    return this.#id;
  }

  /** Posts the message, or edits it. Idempotent: may be retried after a failure. */
  async show(message: MessageContent, signal?: AbortSignal): Promise<void> {
    const body = messageBody(message);
    const request = {
      files: uploads(message.files),
      ...(signal !== undefined && { signal }),
    };
    if (this.#id === undefined) {
      const mayBeThere = this.#posting;
      this.#posting = true;
      const posted = await this.#rest.post(Routes.channelMessages(this.#channel), {
        ...request,
        body: { ...body, ...this.#reference(), nonce: this.#nonce, enforce_nonce: true },
      });
      this.#id = (posted as { readonly id: string }).id;
      if (!mayBeThere) return;
      // A post that seemed to fail may have arrived: Discord then returned that message.
    }
    await this.#rest.patch(Routes.channelMessage(this.#channel, this.#id), { ...request, body });
  }

  /** Deletes the message, if it was posted. */
  async delete(): Promise<void> {
    if (this.#id !== undefined) await this.#rest.delete(Routes.channelMessage(this.#channel, this.#id));
  }

  #reference(): Pick<RESTPostAPIChannelMessageJSONBody, 'message_reference'> {
    if (this.#replyTo === undefined) return {};
    return { message_reference: { message_id: this.#replyTo, fail_if_not_exists: false } };
  }
}
