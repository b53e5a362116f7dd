import { UserError } from '../../errors/user-error.js';

/** Limits on pieces per hour; each take counts as one. */
export interface HourlyLimits {
  readonly piecesPerHour: number;
  /** For a whole server. */
  readonly serverPiecesPerHour: number;
}

/** Limits on requests. */
export interface FairShareLimits extends HourlyLimits {
  /** A person's running and waiting requests. */
  readonly requestsAtOnce: number;
}

/** Permission to compose; call `end` when done. */
export interface Reservation {
  /** @param delivered failed and cancelled requests do not count. */
  end(delivered: boolean): void;
}

const hourMs = 3_600_000;

/**
 * Milliseconds since 1970. Read from the system clock only at process start, so that later changes of it do
 * not affect the window.
 */
function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}

/** Enforces the limits of each person and server over a sliding hour. */
export class FairShare {
  readonly #limits: FairShareLimits;
  readonly #now: () => number;
  readonly #running = new Map<string, number>();
  /**
   * Times of the pieces of the last hour, in milliseconds since 1970, oldest first: of each
   * person, of each server, and of each person in a server.
   */
  readonly #people = new Map<string, number[]>();
  readonly #servers = new Map<string, number[]>();
  readonly #members = new Map<string, number[]>();

  /** @param now milliseconds since 1970 of a clock that never jumps */
  constructor(limits: FairShareLimits, now: () => number = steadyNow) {
    this.#limits = limits;
    this.#now = now;
  }

  /**
   * @param server none in direct messages
   * @param own the server's limits, for pieces in it, within the limits for everyone
   * @throws UserError that says when the next is possible.
   */
  reserve(
    user: string,
    server: string | undefined,
    pieces: number,
    own: Partial<HourlyLimits> = {},
  ): Reservation {
    const { requestsAtOnce, piecesPerHour, serverPiecesPerHour } = this.#limits;
    const now = this.#now();
    const running = this.#running.get(user) ?? 0;
    if (running >= requestsAtOnce) {
      throw new UserError('share.at-once', { running });
    }
    const mine = lastHour(this.#people, user, now);
    checkRoom('you', mine, pieces, piecesPerHour);
    const lists = [mine];
    if (server !== undefined) {
      const mineHere = lastHour(this.#members, `${server} ${user}`, now);
      const ours = lastHour(this.#servers, server, now);
      checkRoom('you', mineHere, pieces, Math.min(own.piecesPerHour ?? Infinity, piecesPerHour));
      checkRoom('server', ours, pieces, Math.min(own.serverPiecesPerHour ?? Infinity, serverPiecesPerHour));
      lists.push(mineHere, ours);
    }

    this.#running.set(user, running + 1);
    for (const list of lists) list.push(...Array<number>(pieces).fill(now));
    return {
      end: (delivered) => {
        const left = this.#running.get(user)! - 1;
        if (left === 0) this.#running.delete(user);
        else this.#running.set(user, left);
        if (delivered) return;
        for (const list of lists) giveBack(list, now, pieces);
      },
    };
  }
}

/** The times of the last hour. Deletes older ones, and the lists of others once they are empty. */
function lastHour(times: Map<string, number[]>, id: string, now: number): number[] {
  for (const [other, list] of times) {
    while (list.length > 0 && list[0]! <= now - hourMs) list.shift();
    if (list.length === 0 && other !== id) times.delete(other);
  }
  const list = times.get(id) ?? [];
  times.set(id, list);
  return list;
}

/** Removes pieces counted at a time; those older than an hour are already gone. */
function giveBack(times: number[], at: number, pieces: number): void {
  const first = times.indexOf(at);
  if (first >= 0) times.splice(first, pieces);
}

function checkRoom(who: 'you' | 'server', times: readonly number[], pieces: number, limit: number): void {
  const tooMany = times.length + pieces - limit;
  if (tooMany <= 0) return;
  const details = { who, had: times.length, limit, pieces };
  const next = times[tooMany - 1];
  if (next === undefined) {
    throw new UserError('share.hour', details);
  }
  const nextSeconds = Math.ceil((next + hourMs) / 1000);
  throw new UserError('share.hour', { ...details, nextSeconds });
}
