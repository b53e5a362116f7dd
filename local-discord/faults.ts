import type { Fault } from './rest/log.js';
import type { RouteName } from './rest/routes.js';

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
