import type { APIApplicationCommand, InteractionType } from 'discord-api-types/v10';
import type { InteractionEvent } from './interactions.js';
import type { LoggedRequest } from './rest/log.js';
import type { ShownMessage } from './shown-message.js';

/** Something that happened in the local Discord. Everything in it survives `JSON.stringify`. */
export type Activity =
  | { readonly kind: 'request'; readonly request: LoggedRequest }
  | {
      readonly kind: 'gateway';
      readonly event: 'ready' | 'resumed' | 'closed';
      readonly shard: number;
      /** Close code, 1006 when the connection just broke. */
      readonly code?: number;
    }
  | {
      readonly kind: 'voice';
      /** `joined` from another channel as well as from none; `changed`: muted, deafened, up on a stage … */
      readonly event: 'joined' | 'left' | 'changed';
      readonly userId: string;
      readonly channelId: string;
    }
  | { readonly kind: 'commands'; readonly commands: readonly APIApplicationCommand[] }
  | {
      readonly kind: 'interaction';
      readonly event: InteractionEvent;
      readonly id: string;
      readonly type: InteractionType;
      /** What the user entered, as the bot receives it. */
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
 * How long to wait for what has to come: so long that only a bot that never does it is found fault with,
 * however busy the machine is.
 */
export const patienceMs = 240_000;

/** The stream of everything that happens, in order. */
export class Feed {
  readonly #listeners = new Set<Listener>();

  /** @returns a function that ends the subscription. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(activity: Activity): void {
    for (const listener of [...this.#listeners]) listener(activity);
  }

  /**
   * Looks now and after each activity until `look` returns something, or time is up: undefined.
   * @param everyMs looks that often besides, for things that happen elsewhere
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
   * As {@link within}, but it has to come.
   * @param describe what is there instead, for the error
   * @throws Error after `timeoutMs`
   */
  async until<T>(look: () => T | undefined, timeoutMs: number, describe: () => string): Promise<T> {
    const found = await this.within(look, timeoutMs);
    if (found === undefined) throw new Error(`Waited ${timeoutMs} ms in vain: ${describe()}`);
    return found;
  }
}
