import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { within30Ms } from '../../../src/model/rules/moment.js';
import type { PastNote, Rule, Timing } from '../../../src/model/rules/rule.js';
import { atLeastApart, noLongSilence, noPileUp, plausible } from '../../../src/model/rules/timing.js';
import { real } from '../../compose/requests.js';

const note = (pitch: number, onsetSeconds: number, durationSeconds = 0.2): PastNote => ({
  pitch,
  onsetSeconds,
  durationSeconds,
});

function timed(rule: Rule<Timing>, timing: Timing, past: readonly PastNote[] = []): Timing {
  const changed = { ...timing };
  rule(changed, { past, onsetSeconds: 0 });
  return changed;
}

describe('noPileUp', () => {
  const rule = noPileUp(within30Ms, 0.03);
  const chord = (size: number): PastNote[] => Array.from({ length: size }, (_, i) => note(40 + i, 1));
  const now = { stepSeconds: 0, durationSeconds: 1 };

  it('delays an eleventh note of a moment', () => {
    expect(timed(rule, now, chord(9))).toEqual(now);
    expect(timed(rule, now, chord(10))).toEqual({ stepSeconds: 0.03, durationSeconds: 1 });
    const later = { stepSeconds: 0.2, durationSeconds: 1 };
    expect(timed(rule, later, chord(10))).toEqual(later);
  });

  it('leaves at most ten notes per moment, wherever it is in time', () => {
    fc.assert(
      fc.property(real(0, 600), fc.array(real(0, 0.004), { minLength: 80, maxLength: 80 }), (from, steps) => {
        const past = [note(60, from)];
        for (const stepSeconds of steps) {
          const timing = timed(rule, { stepSeconds, durationSeconds: 1 }, past);
          past.push(note(60, past.at(-1)!.onsetSeconds + timing.stepSeconds));
        }
        for (let i = 10; i < past.length; i++) {
          expect(within30Ms(past[i - 10]!.onsetSeconds, past[i]!.onsetSeconds)).toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('plausible', () => {
  const rule = plausible(4, 30);

  it('keeps times between 0 and a limit', () => {
    expect(timed(rule, { stepSeconds: -1, durationSeconds: -0.1 })).toEqual({
      stepSeconds: 0,
      durationSeconds: 0,
    });
    expect(timed(rule, { stepSeconds: 9, durationSeconds: 99 })).toEqual({
      stepSeconds: 4,
      durationSeconds: 30,
    });
    const usual = { stepSeconds: 0.1, durationSeconds: 0.3 };
    expect(timed(rule, usual)).toEqual(usual);
  });
});

describe('atLeastApart', () => {
  it('keeps a distance from the previous note', () => {
    const rule = atLeastApart(0.1);
    expect(timed(rule, { stepSeconds: 0.02, durationSeconds: 1 }).stepSeconds).toBe(0.1);
    expect(timed(rule, { stepSeconds: 0.3, durationSeconds: 1 }).stepSeconds).toBe(0.3);
  });
});

describe('noLongSilence', () => {
  const rule = noLongSilence(8, 0.25);
  const rests = (count: number): PastNote[] => Array.from({ length: count }, (_, i) => note(60, i, 0));
  const rest = { stepSeconds: 0.1, durationSeconds: 0 };

  it('plays a note after eight rests', () => {
    expect(timed(rule, rest, [note(60, 0), ...rests(7)])).toEqual(rest);
    expect(timed(rule, rest, [note(60, 0), ...rests(8)]).durationSeconds).toBe(0.25);
    const sounding = { stepSeconds: 0.1, durationSeconds: 0.01 };
    expect(timed(rule, sounding, rests(8))).toEqual(sounding);
  });
});
