import { PermissionFlagsBits, type Guild } from 'discord.js';
import type { Logger } from '../ops/logging.js';

/** Discord's limit. */
const longest = 500;

/** The status line of a voice channel, where the bot may set it: what is playing. */
export class ChannelStatus {
  readonly #guild: Guild;
  readonly #log: Logger;
  /** What it says, and where. */
  #shown: { readonly channel: string; readonly text: string } | undefined;

  constructor(guild: Guild, log: Logger) {
    this.#guild = guild;
    this.#log = log;
  }

  /** Never rejects. */
  async show(channel: string, text: string): Promise<void> {
    const next = { channel, text: text.slice(0, longest) };
    if (this.#shown?.channel === channel && this.#shown.text === next.text) return;
    if (await this.#put(next.channel, next.text)) this.#shown = next;
  }

  /** Clears the line if it is in the bot's channel: elsewhere, that would need more permissions. Never rejects. */
  async clear(): Promise<void> {
    const { channel } = this.#shown ?? {};
    this.#shown = undefined;
    const { voiceStates, client } = this.#guild;
    if (channel === undefined || voiceStates.cache.get(client.user.id)?.channelId !== channel) return;
    await this.#put(channel, '');
  }

  get isShown(): boolean {
    return this.#shown !== undefined;
  }

  /** @returns whether it was set */
  async #put(channel: string, status: string): Promise<boolean> {
    const { channels, client } = this.#guild;
    const permissions = channels.cache.get(channel)?.permissionsFor(client.user.id);
    if (permissions?.has(PermissionFlagsBits.SetVoiceChannelStatus) !== true) return false;
    try {
      // discord.js has no method for it.
      await client.rest.put(`/channels/${channel}/voice-status`, { body: { status } });
      return true;
    } catch (err) {
      this.#log.warn({ err }, 'the status of the voice channel was not set');
      return false;
    }
  }
}
