import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dayOf,
  directions,
  dueDay,
  levelAfter,
  timeOf,
  type Daily,
  type DailyPiece,
} from '../../../src/bot/daily/daily.js';

const hourMs = 3600_000;
const noon = Date.parse('2026-11-30T12:00Z');

function daily(changes: Partial<Daily> = {}): Daily {
  return { channel: '1', hour: 12, since: 0, ...changes };
}

function piece(changes: Partial<DailyPiece> = {}): DailyPiece {
  return { day: '2026-11-30', beganMs: noon, isPosted: true, level: 0, votes: {}, ...changes };
}

describe('a piece of the day', () => {
  it.each([
    ['before its hour', daily(), noon - 1, undefined],
    ['at its hour', daily(), noon, '2026-11-30'],
    ['later on the same day', daily(), noon + 11 * hourMs, '2026-11-30'],
    ['on the next day, before its hour', daily(), noon + 13 * hourMs, undefined],
    ['when it is off', daily({ channel: undefined }), noon, undefined],
    ['when it was posted', daily({ last: piece() }), noon, undefined],
    ['on the day after', daily({ last: piece() }), noon + 24 * hourMs, '2026-12-01'],
    ['when it was only begun', daily({ last: piece({ isPosted: false }) }), noon, '2026-11-30'],
    ['when the clock was set back', daily({ last: piece({ day: '2026-12-01' }) }), noon, undefined],
    ['when it was chosen after its hour', daily({ since: noon + 1 }), noon + 2, undefined],
    ['the day after that', daily({ since: noon + 1 }), noon + 24 * hourMs, '2026-12-01'],
  ])('is due %s: %j', (_, settings, nowMs, due) => {
    expect(dueDay(settings, nowMs)).toBe(due);
  });

  it('is posted once a day, at its hour or later, however often and at whatever times anyone looks', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 23 }),
        fc.array(fc.integer({ min: 0, max: 10 * 24 * 60 }), { minLength: 1, maxLength: 60 }),
        (hour, minutes) => {
          let last: DailyPiece | undefined;
          const posted: { readonly day: string; readonly atMs: number }[] = [];
          const looks = minutes.toSorted((a, b) => a - b).map((minute) => noon + minute * 60_000);
          for (const atMs of looks) {
            const day = dueDay(daily({ hour, last }), atMs);
            if (day === undefined) continue;
            posted.push({ day, atMs });
            last = piece({ day });
          }
          const wanted = new Set(
            looks.filter((atMs) => atMs >= timeOf(hour, dayOf(atMs))).map((atMs) => dayOf(atMs)),
          );
          expect(posted.map(({ day }) => day)).toEqual([...wanted]);
          for (const { day, atMs } of posted) expect(dayOf(atMs)).toBe(day);
        },
      ),
    ));

  it.each([
    ['no votes', [], 0],
    ['most votes for calmer', [-1, -1, 1], -1],
    ['most votes for livelier', [1, 1, 0, -1], 1],
    ['most votes for one like it', [0, 0, 1], 0],
    ['a tie', [1, 1, -1, -1], 0],
  ] as const)('is steered by %s: %j', (_, votes, level) => {
    const all = Object.fromEntries(votes.map((vote, i) => [String(i), vote]));
    expect(levelAfter(piece({ votes: all }))).toBe(level);
  });

  it('is steered from where the last one was, as far as it goes', () => {
    expect(levelAfter(undefined)).toBe(0);
    expect(levelAfter(piece({ level: -1 }))).toBe(-1);
    expect(levelAfter(piece({ level: 1, votes: { 1: 1 } }))).toBe(2);
    expect(levelAfter(piece({ level: 2, votes: { 1: 1 } }))).toBe(2);
    expect(directions).toEqual([-1, 0, 1]);
  });
});
