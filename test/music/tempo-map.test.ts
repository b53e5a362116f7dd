import tonejs from '@tonejs/midi';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixedTempo, secondsOf, tempoBpmAt, type TempoMap } from '../../src/music/tempo-map.js';

const maps: fc.Arbitrary<TempoMap> = fc.record({
  ticksPerQuarter: fc.integer({ min: 1, max: 32_767 }),
  tempos: fc.uniqueArray(fc.nat(100_000), { maxLength: 20 }).chain((ticks) =>
    fc.tuple(
      ...ticks
        .sort((a, b) => a - b)
        .map((tick) =>
          fc.record({
            tick: fc.constant(tick),
            microsecondsPerQuarter: fc.integer({ min: 10_000, max: 2e7 }),
          }),
        ),
    ),
  ),
});

describe('a tempo map', () => {
  it('is 120 bpm until it says otherwise', () => {
    const map: TempoMap = {
      ticksPerQuarter: 480,
      tempos: [{ tick: 480, microsecondsPerQuarter: 1_000_000 }],
    };
    expect([0, 240, 480, 960].map(secondsOf(map))).toEqual([0, 0.25, 0.5, 1.5]);
    expect([0, 479, 480].map((tick) => tempoBpmAt(map, tick))).toEqual([120, 120, 60]);
  });

  it('uses the last of several tempos at one tick', () => {
    const tempos = [250_000, 1_000_000].map((microsecondsPerQuarter) => ({
      tick: 0,
      microsecondsPerQuarter,
    }));
    expect(secondsOf({ ticksPerQuarter: 480, tempos })(480)).toBe(1);
    expect(tempoBpmAt({ ticksPerQuarter: 480, tempos }, 0)).toBe(60);
  });

  it('states a tempo as a file does, in whole microseconds', () => {
    expect(fixedTempo(97)).toEqual([{ tick: 0, microsecondsPerQuarter: 618_557 }]);
  });

  it('agrees with @tonejs/midi', () => {
    fc.assert(
      fc.property(maps, fc.array(fc.nat(200_000), { maxLength: 20 }), (map, ticks) => {
        const header = new tonejs.Header();
        const first = map.tempos[0]?.tick === 0 ? [] : [{ ticks: 0, bpm: 120 }];
        header.fromJSON({
          ...{ name: '', ppq: map.ticksPerQuarter, meta: [], timeSignatures: [], keySignatures: [] },
          tempos: [
            ...first,
            ...map.tempos.map(({ tick, microsecondsPerQuarter }) => ({
              ticks: tick,
              bpm: 6e7 / microsecondsPerQuarter,
            })),
          ],
        });
        const secondsAt = secondsOf(map);
        for (const tick of ticks) {
          const expected = header.ticksToSeconds(tick);
          expect(Math.abs(secondsAt(tick) - expected)).toBeLessThanOrEqual(1e-9 * (1 + expected));
        }
      }),
    );
  });
});
