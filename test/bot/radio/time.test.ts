import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minuteIn, readUntil, timeZones } from '../../../src/bot/radio/time.js';

/** Monday, 30 November 2026, 12:00:40 UTC. */
const now = Date.UTC(2026, 10, 30, 12, 0, 40);
const minute = 60_000;

describe('when a radio is to end', () => {
  it.each([
    ['2h', 120],
    ['1.5 h', 90],
    ['1 h 30 min', 90],
    ['1h30', 90],
    ['90 min', 90],
    ['2 Stunden', 120],
    ['2時間30分', 150],
    ['3 часа', 180],
    ['100 h', 100 * 60],
    ['1000 h', 7 * 24 * 60],
    ['0 h', 1],
  ])('can be how long it plays: %s', (text, minutes) => {
    expect(readUntil(text, now, undefined)).toBe(now + minutes * minute);
  });

  it.each([
    ['22:30', '2026-11-30T21:30Z'],
    ['10:30 PM', '2026-11-30T21:30Z'],
    ['12am', '2026-11-30T23:00Z'],
    ['22.30', '2026-11-30T21:30Z'],
    ['22 Uhr', '2026-11-30T21:00Z'],
    ['22時30分', '2026-11-30T21:30Z'],
    ['13:00', '2026-12-01T12:00Z'],
    ['12:59', '2026-12-01T11:59Z'],
    ['24:00', '2026-11-30T23:00Z'],
  ])('can be a time of the day in the server’s time zone: %s', (text, end) => {
    expect(new Date(readUntil(text, now, 'Europe/Berlin')).toISOString()).toBe(new Date(end).toISOString());
  });

  it.each(['soon', '', '25:00', '22:60', '13pm', '22', 'h', 'min'])('is nothing else: "%s"', (text) => {
    expect(() => readUntil(text, now, 'UTC')).toThrow(
      expect.objectContaining({ code: 'radio.until', details: { given: text } }) as Error,
    );
  });

  it('is a time of the day only where the time zone is known', () => {
    expect(() => readUntil('22:30', now, undefined)).toThrow(
      expect.objectContaining({ code: 'radio.time-zone' }) as Error,
    );
  });

  it('is what the clocks show, also when they are put forward or back', () => {
    const zone = fc.constantFrom(
      'Europe/Berlin',
      'America/New_York',
      'Asia/Kolkata',
      'Pacific/Auckland',
      'UTC',
    );
    const at = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 0) });
    fc.assert(
      fc.property(
        zone,
        at,
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        (in_, ms, h, m) => {
          const end = readUntil(`${h}:${String(m).padStart(2, '0')}`, ms, in_);
          expect(end).toBeGreaterThan(ms - 61 * minute);
          expect(end - ms).toBeLessThanOrEqual(25 * 60 * minute);
          // An hour of the spring does not exist.
          const off = Math.abs(minuteIn(in_, end) - (h * 60 + m));
          expect([0, 60, 23 * 60]).toContain(off);
        },
      ),
    );
  });
});

it('time zones have names that can be used', () => {
  expect(timeZones).toContain('Europe/Berlin');
  expect(minuteIn('Asia/Kolkata', now)).toBe(17 * 60 + 30);
});
