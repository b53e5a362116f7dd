import { describe, expect, it, vi } from 'vitest';
import { FairShare } from '../../../src/bot/access/fair-share.js';

const minuteMs = 60_000;

function shares(limits: Partial<ConstructorParameters<typeof FairShare>[0]> = {}): {
  readonly share: FairShare;
  readonly pass: (minutes: number) => void;
} {
  let now = 1_000_000_000;
  const share = new FairShare(
    { requestsAtOnce: 2, piecesPerHour: 4, serverPiecesPerHour: 6, ...limits },
    () => now,
  );
  return { share, pass: (minutes) => (now += minutes * minuteMs) };
}

const refused = (details: object): Error =>
  expect.objectContaining({ details: expect.objectContaining(details) as object }) as Error;

describe('the fair share', () => {
  it('limits each person’s simultaneous requests', () => {
    const { share } = shares();
    const first = share.reserve('ann', 'home', 1);
    share.reserve('ann', undefined, 1);
    expect(() => share.reserve('ann', 'home', 1)).toThrow(refused({ running: 2 }));
    share.reserve('ben', 'home', 1);
    first.end(true);
    share.reserve('ann', 'home', 1);
  });

  it('limits pieces per hour, and says when the next is possible', () => {
    const { share, pass } = shares();
    share.reserve('ann', undefined, 1).end(true);
    pass(10);
    share.reserve('ann', undefined, 3).end(true);
    // The first is an hour old at 1,003,600 s, the three at 1,004,200 s.
    expect(() => share.reserve('ann', undefined, 1)).toThrow(
      refused({ who: 'you', had: 4, limit: 4, pieces: 1, nextSeconds: 1_003_600 }),
    );
    expect(() => share.reserve('ann', undefined, 2)).toThrow(refused({ pieces: 2, nextSeconds: 1_004_200 }));
    share.reserve('ben', undefined, 4).end(true);
    pass(50);
    share.reserve('ann', undefined, 1).end(true);
    expect(() => share.reserve('ann', undefined, 1)).toThrow(refused({ nextSeconds: 1_004_200 }));
  });

  it('limits a whole server’s pieces per hour', () => {
    const { share } = shares();
    share.reserve('ann', 'home', 3).end(true);
    share.reserve('ben', 'home', 3).end(true);
    expect(() => share.reserve('cleo', 'home', 1)).toThrow(refused({ who: 'server', had: 6, limit: 6 }));
    share.reserve('cleo', 'elsewhere', 1);
    share.reserve('cleo', undefined, 1);
  });

  it('does not count pieces that were not delivered', () => {
    const { share, pass } = shares();
    const failing = share.reserve('ann', 'home', 4);
    pass(1);
    failing.end(false);
    const old = share.reserve('ann', 'home', 4);
    pass(61);
    old.end(false);
    share.reserve('ann', 'home', 4).end(true);
    expect(() => share.reserve('ann', 'home', 1)).toThrow(refused({ had: 4, limit: 4 }));
  });

  it('is not affected when the system clock is changed', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const share = new FairShare({ requestsAtOnce: 9, piecesPerHour: 1, serverPiecesPerHour: 9 });
    share.reserve('ann', undefined, 1);
    for (const jumpMs of [-48, 2, 72].map((hours) => hours * 60 * minuteMs)) {
      vi.setSystemTime(Date.now() + jumpMs);
      expect(() => share.reserve('ann', undefined, 1)).toThrow(refused({ had: 1, limit: 1 }));
    }
    vi.useRealTimers();
  });

  it('asks for fewer takes when that many are never possible', () => {
    const { share } = shares({ piecesPerHour: 3 });
    expect(() => share.reserve('ann', undefined, 4)).toThrow(
      refused({ who: 'you', had: 0, limit: 3, pieces: 4 }),
    );
  });
});
