import { randomBytes } from 'node:crypto';
import { UserError } from '../../errors/user-error.js';

/** Something being composed. */
export interface Work {
  /** For the button that cancels it. */
  readonly id: string;
  /** ID of the requester. */
  readonly owner: string;
  /** Fires when it is cancelled. */
  readonly signal: AbortSignal;
  cancel(): void;
}

/** What is currently being composed. */
export class RunningWork {
  readonly #works = new Map<string, Work>();

  start(owner: string): Work {
    const id = randomBytes(8).toString('hex');
    const controller = new AbortController();
    const cancel = (): void => controller.abort(new UserError('compose.cancelled'));
    const work = { id, owner, signal: controller.signal, cancel };
    this.#works.set(id, work);
    return work;
  }

  end({ id }: Work): void {
    this.#works.delete(id);
  }

  /** Undefined once it has ended. */
  find(id: string): Work | undefined {
    return this.#works.get(id);
  }
}
