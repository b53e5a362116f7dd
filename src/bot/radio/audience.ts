import type { Guild } from 'discord.js';
import { botsIn, listenersIn } from './listeners.js';
import { isSilenced } from './stage.js';
import type { VoiceLink } from './voice-link.js';

export interface AudienceOptions {
  readonly guild: Guild;
  readonly link: Pick<VoiceLink, 'channel' | 'isReady' | 'hush' | 'sound'>;
  /** How long the radio waits for a listener; undefined if it stays. */
  readonly aloneMs: number | undefined;
  /** Called when it has waited in vain. */
  readonly onAlone: () => void;
  /** Called when there is something new to show. */
  readonly onChange: () => void;
}

/** The people in a radio's voice channel: it plays while one of them listens, and leaves after a while alone. */
export class Audience {
  readonly #options: AudienceOptions;
  #isPaused = true;
  #alone: NodeJS.Timeout | undefined;
  #bots = '';

  constructor(options: AudienceOptions) {
    this.#options = options;
  }

  /** IDs of the people. */
  get listeners(): readonly string[] {
    const { guild, link } = this.#options;
    return listenersIn(guild, link.channel);
  }

  /** IDs of other bots, which are not listeners. */
  get bots(): readonly string[] {
    const { guild, link } = this.#options;
    return botsIn(guild, link.channel);
  }

  /** Whether the radio is silent because nobody listens, or it may not speak. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** The bot is not in the channel, where it was before. */
  gone(): void {
    this.#isPaused = true;
  }

  /** Plays or pauses: somebody came, left or was moved, or the bot may or may not speak any more. */
  attend(): void {
    const { guild, link, aloneMs, onAlone, onChange } = this.#options;
    if (!link.isReady) return;
    const isAlone = this.listeners.length === 0;
    const isPaused = isAlone || isSilenced(guild);
    if (isPaused && !this.#isPaused) link.hush();
    if (!isPaused && this.#isPaused) link.sound();
    if (!isAlone) this.close();
    else if (aloneMs !== undefined) this.#alone ??= setTimeout(onAlone, aloneMs);
    const bots = this.bots.join();
    const isNew = isPaused !== this.#isPaused || bots !== this.#bots;
    [this.#isPaused, this.#bots] = [isPaused, bots];
    if (isNew) onChange();
  }

  /** Waits for nobody any more. */
  close(): void {
    clearTimeout(this.#alone);
    this.#alone = undefined;
  }
}
