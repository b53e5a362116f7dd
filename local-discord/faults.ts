import type { RouteName } from './rest/routes.js';

/** What goes wrong with one call. */
export interface Fault {
  /** The call is carried out, or answered otherwise, only after this long. */
  readonly delayMs?: number;
  /** The connection is closed without an answer, before or after the call is carried out. */
  readonly hangUp?: 'before' | 'after';
  /** The call is not carried out but answered with this status. */
  readonly status?: number;
  /** Body of that answer: a text unchanged, anything else as JSON. */
  readonly body?: unknown;
  /** Added to the answer, or put in place of its own. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer's body trickles in at this speed. */
  readonly bytesPerSecond?: number;
  /** The answer's body is followed by zeros for as long as the client listens. */
  readonly endless?: boolean;
}

interface Planned {
  readonly route: RouteName;
  readonly fault: Fault;
  remaining: number;
}

/** Faults that are planned for coming calls. */
export class Faults {
  #planned: Planned[] = [];

  /** Lets the next `times` calls of a route suffer a fault. */
  plan(route: RouteName, fault: Fault, times = 1): void {
    this.#planned.push({ route, fault, remaining: times });
  }

  /** Forgets what is planned. */
  clear(): void {
    this.#planned = [];
  }

  /** The fault that a call suffers; it is used up. */
  take(route: string): Fault | undefined {
    const next = this.#planned.find((planned) => planned.route === route && planned.remaining > 0);
    if (next) next.remaining -= 1;
    return next?.fault;
  }
}
