import type { APIApplicationCommand, InteractionType } from 'discord-api-types/v10';
import type { LoggedRequest } from './rest/log.js';
import type { ShownMessage } from './shown-message.js';

/** `answered` is repeated for every follow-up. */
export type InteractionEvent = 'sent' | 'acknowledged' | 'answered' | 'unanswered';

/** An event in the local Discord; serialisable as JSON. */
export type Activity =
  | { readonly kind: 'request'; readonly request: LoggedRequest }
  | {
      readonly kind: 'gateway';
      readonly event: 'ready' | 'resumed' | 'closed';
      readonly shard: number;
      /** Close code; 1006 if the connection was lost. */
      readonly code?: number;
    }
  | {
      readonly kind: 'voice';
      /**
       * `joined` also from another channel; `changed`: muted, deafened, invited to speak on a stage …;
       * `status`: the text below the channel's name
       */
      readonly event: 'joined' | 'left' | 'changed' | 'status';
      readonly userId: string;
      readonly channelId: string;
    }
  | {
      readonly kind: 'voice-server';
      readonly event: 'identified' | 'resumed' | 'closed';
      readonly guildId: string;
      /** Close code; 1006 if the connection was lost. */
      readonly code?: number;
    }
  | { readonly kind: 'commands'; readonly commands: readonly APIApplicationCommand[] }
  | {
      readonly kind: 'interaction';
      readonly event: InteractionEvent;
      readonly id: string;
      readonly type: InteractionType;
      /** The user's input, as the bot receives it. */
      readonly data: unknown;
      readonly userId: string;
      readonly channelId: string;
    }
  | {
      readonly kind: 'message';
      readonly event: 'created' | 'edited' | 'deleted';
      readonly message: ShownMessage;
      /** Set when the message is ephemeral: the one user who sees it. */
      readonly onlyFor?: string;
    };

export type Listener = (activity: Activity) => void;

/**
 * Timeout for expected events: long enough that only a bot that never does something fails, however busy the
 * machine is.
 */
export const patienceMs = 240_000;

/** The stream of all events, in order. */
export class Feed {
  readonly #listeners = new Set<Listener>();

  /** @returns a function that unsubscribes. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(activity: Activity): void {
    for (const listener of [...this.#listeners]) listener(activity);
  }

  /**
   * Calls `look` now and after each event until it returns something; undefined on timeout.
   * @param everyMs also calls it at this interval, for changes that happen elsewhere
   */
  within<T>(look: () => T | undefined, timeoutMs: number, everyMs?: number): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        clearTimeout(timer);
        clearInterval(clock);
        unsubscribe();
      };
      const check = (): void => {
        try {
          const found = look();
          if (found === undefined) return;
          finish();
          resolve(found);
        } catch (error) {
          finish();
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const timer = setTimeout(() => {
        finish();
        resolve(undefined);
      }, timeoutMs);
      const clock = everyMs === undefined ? undefined : setInterval(check, everyMs);
      const unsubscribe = this.subscribe(check);
      check();
    });
  }

  /**
   * Like {@link within}, but fails on timeout.
   * @param describe the current state, for the error
   * @throws Error after `timeoutMs`
   */
  async until<T>(look: () => T | undefined, timeoutMs: number, describe: () => string): Promise<T> {
    const found = await this.within(look, timeoutMs);
    if (found === undefined) throw new Error(`Waited ${timeoutMs} ms in vain: ${describe()}`);
    return found;
  }
}
