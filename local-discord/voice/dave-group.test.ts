import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ear } from './ear.js';
import { VoiceRoom } from './voice-room.js';

const channelId = '1234567890123456789';

/** Clients that use davey itself in one room, each with its user's ID. */
class Crowd {
  readonly room = new VoiceRoom(channelId, true);
  readonly ears = new Map<string, Ear>();

  toggle(userId: string): void {
    const ear = this.ears.get(userId);
    if (ear) {
      this.ears.delete(userId);
      this.room.leave(ear);
    } else {
      const joined = new Ear(userId, this.room, () => undefined);
      this.ears.set(userId, joined);
      this.room.enter(joined);
    }
  }

  /** Waits until everything in transit has arrived: each change takes a few turns. */
  async settle(): Promise<void> {
    for (let rest = 0; rest < 200; rest += 1) await turn();
  }

  get codes(): ReadonlySet<string> {
    return new Set([...this.ears.values()].map(({ privacyCode }) => privacyCode));
  }
}

describe('an encrypted room', () => {
  it('gives everyone who is there the same keys, whoever came and went, in whatever order', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ who: fc.integer({ min: 1, max: 5 }), wait: fc.nat({ max: 6 }) }), {
          minLength: 2,
          maxLength: 14,
        }),
        async (steps) => {
          const crowd = new Crowd();
          for (const { who, wait } of steps) {
            crowd.toggle(String(who));
            for (let rest = 0; rest < wait; rest += 1) await turn();
          }
          await crowd.settle();
          if (crowd.ears.size > 1) {
            expect(crowd.codes.size).toBe(1);
            expect([...crowd.codes][0]).toMatch(/^\d{30}$/);
          }
          const before = crowd.codes;
          crowd.toggle('6');
          await crowd.settle();
          if (crowd.ears.size > 1) {
            expect(crowd.codes.size).toBe(1);
            expect(crowd.codes).not.toEqual(before);
          }
          crowd.room.stop();
        },
      ),
      { numRuns: 12 },
    ));
});
