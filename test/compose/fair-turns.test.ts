import { describe, expect, it } from 'vitest';
import { FairTurns } from '../../src/compose/fair-turns.js';

/** Work that goes on until it is let go. */
function work(): { readonly done: Promise<void>; readonly finish: () => void } {
  let finish = (): void => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve));
  return { done, finish: () => finish() };
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('go round between owners, so many at once', async () => {
    const turns = new FairTurns(2);
    const begun: string[] = [];
    const works = ['ann 1', 'ann 2', 'ann 3', 'ann 4', 'ben 1', 'ben 2'].map((name) => {
      const each = work();
      void turns.run(name.split(' ')[0]!, () => {
        begun.push(name);
        return each.done;
      });
      return each;
    });
    await soon();
    expect(begun).toEqual(['ann 1', 'ann 2']);
    for (const each of works) {
      each.finish();
      await soon();
    }
    expect(begun).toEqual(['ann 1', 'ann 2', 'ann 3', 'ben 1', 'ann 4', 'ben 2']);
  });

  it('are not waited for any longer after an abort', async () => {
    const turns = new FairTurns(1);
    const first = work();
    const running = turns.run('ann', () => first.done);
    const stop = new AbortController();
    const waiting = turns.run('ann', () => Promise.resolve('never'), stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(turns.run('ann', () => Promise.resolve(), stop.signal)).rejects.toThrow('enough');
    const next = turns.run('ben', () => Promise.resolve('mine'));
    first.finish();
    await running;
    await expect(next).resolves.toBe('mine');
  });

  it('go on after a failure', async () => {
    const turns = new FairTurns(1);
    await expect(turns.run('ann', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(turns.run('ann', () => Promise.resolve(1))).resolves.toBe(1);
  });
});
