import type { RouteName } from './rest/routes.js';

/** The fault of one call. */
export interface Fault {
  /** The call is only processed, or answered, after this delay. */
  readonly delayMs?: number;
  /** The connection is closed without a response, before or after the call is processed. */
  readonly hangUp?: 'before' | 'after';
  /** The call is not processed but answered with this status. */
  readonly status?: number;
  /** Body of that response: text is sent unchanged, anything else as JSON. */
  readonly body?: unknown;
  /** Added to the response's headers, replacing existing ones. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The response's body is sent at this speed. */
  readonly bytesPerSecond?: number;
  /** The response's body is followed by endless zeros. */
  readonly endless?: boolean;
}

interface Planned {
  readonly route: RouteName;
  readonly fault: Fault;
  remaining: number;
}

/** Faults planned for future calls. */
export class Faults {
  #planned: Planned[] = [];

  /** Plans a fault for the next `times` calls of a route. */
  plan(route: RouteName, fault: Fault, times = 1): void {
    this.#planned.push({ route, fault, remaining: times });
  }

  /** Removes all planned faults. */
  clear(): void {
    this.#planned = [];
  }

  /** Takes the next fault planned for a call. */
  take(route: string): Fault | undefined {
    const next = this.#planned.find((planned) => planned.route === route && planned.remaining > 0);
    if (next) next.remaining -= 1;
    return next?.fault;
  }
}
