import type { APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import { patienceMs } from './feed.js';
import type { Interaction, InteractionState } from './interactions.js';
import { Modal } from './modal-fields.js';
import type { ShownMessage } from './shown-message.js';
import type { World } from './world.js';

/** What a user sees as the result of an action. It is live: its getters always return the current state. */
export class Reply {
  readonly #world: World;
  readonly #interaction: Interaction;

  constructor(world: World, interaction: Interaction) {
    this.#world = world;
    this.#interaction = interaction;
  }

  /** Id of the interaction. */
  get id(): string {
    return this.#interaction.id;
  }

  /** The token with which the bot answers; it must never be logged. */
  get token(): string {
    return this.#interaction.token;
  }

  get state(): InteractionState {
    return this.#interaction.state;
  }

  /** Milliseconds until the bot's first answer; undefined before it. */
  get acknowledgedAfterMs(): number | undefined {
    return this.#interaction.acknowledgedAfterMs;
  }

  /**
   * The current reply, or the message whose component was used.
   * @throws Error when there is none
   */
  get message(): ShownMessage {
    const message = this.#find(this.#interaction.originalId);
    if (message === undefined) throw new Error(`There is no message: ${this.#describe()}`);
    return message;
  }

  /** Every version of the reply so far, oldest first. */
  get history(): readonly ShownMessage[] {
    const { originalId } = this.#interaction;
    return originalId === undefined ? [] : this.#world.messages.history(originalId);
  }

  /** The current versions of the follow-ups. */
  get followUps(): readonly ShownMessage[] {
    return this.#interaction.followUpIds.flatMap((id) => this.#find(id) ?? []);
  }

  /**
   * The open modal.
   * @throws Error when there is none
   */
  get modal(): Modal {
    if (this.#interaction.modal === undefined) throw new Error(`No modal opened: ${this.#describe()}`);
    return new Modal(this.#interaction.modal);
  }

  /**
   * Autocompletion suggestions.
   * @throws Error when there are none
   */
  get choices(): readonly APIApplicationCommandOptionChoice[] {
    const { choices } = this.#interaction;
    if (choices === undefined) throw new Error(`Loading options failed: ${this.#describe()}`);
    return choices;
  }

  /** The interaction behind it, to submit its modal. */
  get interaction(): Interaction {
    return this.#interaction;
  }

  /** The first of its messages (the reply, then follow-ups) that matches, now or later. */
  until(isAsked: (message: ShownMessage) => boolean, timeoutMs = patienceMs): Promise<ShownMessage> {
    const look = (): ShownMessage | undefined => this.#messages().find(isAsked);
    return this.#world.feed.until(look, timeoutMs, () => this.#describe());
  }

  /** The first message with content, that is, after “thinking”. */
  answered(timeoutMs = patienceMs): Promise<ShownMessage> {
    return this.until((message) => !message.loading, timeoutMs);
  }

  /** The first message with files, however long the bot takes. */
  withFiles(timeoutMs = patienceMs): Promise<ShownMessage> {
    return this.until((message) => message.attachments.length > 0, timeoutMs);
  }

  /**
   * The final message: the first with files, or the newest once none has changed for `quietMs`. For a bot
   * that shows progress less often, use {@link until}.
   */
  async finished({ quietMs = 3000, timeoutMs = patienceMs } = {}): Promise<ShownMessage> {
    const giveUpAt = performance.now() + timeoutMs;
    let newest = await this.answered(timeoutMs);
    while (newest.attachments.length === 0 && performance.now() < giveUpAt) {
      const seen = newest;
      const changed = await this.#world.feed.within(() => this.#newestAfter(seen), quietMs);
      if (changed === undefined) break;
      newest = changed;
    }
    return newest;
  }

  /** The nth follow-up, from 0, now or later. */
  followUp(index = 0, timeoutMs = patienceMs): Promise<ShownMessage> {
    return this.#world.feed.until(
      () => this.followUps[index],
      timeoutMs,
      () => this.#describe(),
    );
  }

  #newestAfter(seen: ShownMessage): ShownMessage | undefined {
    const said = this.#messages().filter((message) => !message.loading);
    const newest =
      said.find((message) => message.attachments.length > 0) ?? said.sort((a, b) => b.at - a.at)[0];
    return newest === seen ? undefined : newest;
  }

  #messages(): readonly ShownMessage[] {
    const original = this.#find(this.#interaction.originalId);
    return original === undefined ? this.followUps : [original, ...this.followUps];
  }

  #find(id: string | undefined): ShownMessage | undefined {
    return id === undefined ? undefined : this.#world.messages.find(id);
  }

  #describe(): string {
    if (this.state === 'unanswered') return 'the application did not respond';
    const shown = this.#messages().map((message) => message.summary());
    return `the interaction is ${this.state}${shown.length === 0 ? '' : `, showing ${shown.join(' and ')}`}`;
  }
}
