import { randomBytes } from 'node:crypto';
import {
  Routes,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
  type REST,
  type RESTPatchAPIChannelMessageJSONBody,
} from 'discord.js';
import type { MediaFile } from '../studio/composition.js';

export interface MessageContent {
  readonly content: string;
  readonly components: readonly APIActionRowComponent<APIComponentInMessageActionRow>[];
  /** In place of those shown so far, which stay when this is absent. */
  readonly files?: readonly MediaFile[];
}

/**
 * An ordinary message of the bot in a channel: it needs no interaction, so it can be edited for
 * as long as it exists, by a bot that was restarted too.
 */
export class ChannelMessage {
  readonly #rest: REST;
  readonly #channel: string;
  #id: string | undefined;
  /** By it Discord knows a post that comes twice, since a connection broke. */
  readonly #nonce = randomBytes(12).toString('hex');
  #posting = false;

  /** @param id of a message that is there already; without one, the first `show` posts it. */
  constructor(rest: REST, channel: string, id?: string) {
    this.#rest = rest;
    this.#channel = channel;
    this.#id = id;
  }

  get id(): string | undefined {
    return this.#id;
  }

  /** Posts the message, or edits it. May be repeated after a failure without harm. */
  async show(message: MessageContent, signal?: AbortSignal): Promise<void> {
    const { content, components, files = [] } = message;
    const body: RESTPatchAPIChannelMessageJSONBody = {
      content,
      components: [...components],
      // Nobody is pinged by what the bot says.
      allowed_mentions: { parse: [] },
      ...(message.files !== undefined && {
        attachments: files.map(({ name, description }, index) => ({
          id: String(index),
          filename: name,
          description: description.slice(0, maxDescription),
        })),
      }),
    };
    const request = {
      files: files.map(({ name, bytes, contentType }) => ({ name, data: bytes, contentType })),
      ...(signal !== undefined && { signal }),
    };
    if (this.#id === undefined) {
      const mayBeThere = this.#posting;
      this.#posting = true;
      const posted = await this.#rest.post(Routes.channelMessages(this.#channel), {
        ...request,
        body: { ...body, nonce: this.#nonce, enforce_nonce: true },
      });
      this.#id = (posted as { readonly id: string }).id;
      if (!mayBeThere) return;
      // A post that seemed to fail may have arrived: then Discord answered with that one.
    }
    await this.#rest.patch(Routes.channelMessage(this.#channel, this.#id), { ...request, body });
  }
}

const maxDescription = 1024;
