import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Scheduler } from '../../src/compose/scheduler.js';

/** Tasks that run until they are released, by name; the first letter is the owner. */
class Tasks {
  readonly begun: string[] = [];
  readonly positions = new Map<string, number>();
  readonly #finish = new Map<string, () => void>();

  constructor(private readonly scheduler: Scheduler) {}

  run(name: string, signal?: AbortSignal): Promise<string> {
    return this.scheduler.run(
      async () => {
        this.begun.push(name);
        this.positions.delete(name);
        await new Promise<void>((resolve) => this.#finish.set(name, resolve));
        return name;
      },
      { owner: name[0], signal, onPosition: (position) => this.positions.set(name, position) },
    );
  }

  async finish(name: string): Promise<void> {
    this.#finish.get(name)!();
    await soon();
  }
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a scheduler', () => {
  it('lets owners take turns, with a limit, and reports positions', async () => {
    const tasks = new Tasks(new Scheduler({ slots: 2 }));
    for (const name of ['a1', 'a2', 'a3', 'a4', 'b1', 'b2']) void tasks.run(name);
    await soon();
    expect(tasks.begun).toEqual(['a1', 'a2']);
    expect(Object.fromEntries(tasks.positions)).toEqual({ a3: 1, b1: 2, a4: 3, b2: 4 });
    for (const name of ['a1', 'a2', 'a3', 'b1', 'a4', 'b2']) await tasks.finish(name);
    expect(tasks.begun).toEqual(['a1', 'a2', 'a3', 'b1', 'a4', 'b2']);
  });

  it('moves a served owner to the end', async () => {
    const tasks = new Tasks(new Scheduler({ slots: 1 }));
    for (const name of ['a1', 'a2', 'a3']) void tasks.run(name);
    await soon();
    await tasks.finish('a1');
    void tasks.run('b1');
    await soon();
    expect(Object.fromEntries(tasks.positions)).toEqual({ a3: 1, b1: 2 });
  });

  it('refuses requests beyond the limit', async () => {
    const tasks = new Tasks(new Scheduler({ slots: 1, limit: 2 }));
    for (const name of ['a1', 'a2', 'b1']) void tasks.run(name);
    await expect(tasks.run('c1')).rejects.toMatchObject({ code: 'compose.busy' });
    await soon();
    await tasks.finish('a1');
    const late = tasks.run('c1');
    for (const name of ['a2', 'b1', 'c1']) await tasks.finish(name);
    await expect(late).resolves.toBe('c1');
  });

  it('removes aborted requests, and updates the others’ positions', async () => {
    const tasks = new Tasks(new Scheduler({ slots: 1 }));
    const stop = new AbortController();
    void tasks.run('a1');
    const waiting = expect(tasks.run('b1', stop.signal)).rejects.toThrow('enough');
    void tasks.run('c1');
    await soon();
    expect(tasks.positions.get('c1')).toBe(2);
    stop.abort(new Error('enough'));
    await waiting;
    expect(tasks.positions.get('c1')).toBe(1);
    await expect(tasks.run('b2', stop.signal)).rejects.toThrow('enough');
    await tasks.finish('a1');
    expect(tasks.begun).toEqual(['a1', 'c1']);
  });

  it('continues after a failure', async () => {
    const scheduler = new Scheduler({ slots: 1 });
    await expect(scheduler.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(scheduler.run(() => Promise.resolve(1))).resolves.toBe(1);
  });

  it('fills added slots, and stops nothing when slots are removed', async () => {
    const scheduler = new Scheduler({ slots: 0 });
    const tasks = new Tasks(scheduler);
    for (const name of ['a1', 'a2', 'a3']) void tasks.run(name);
    await soon();
    expect(tasks.begun).toEqual([]);
    scheduler.slots = 2;
    await soon();
    expect(tasks.begun).toEqual(['a1', 'a2']);
    scheduler.slots = 1;
    await tasks.finish('a1');
    expect(tasks.begun).toEqual(['a1', 'a2']);
    await tasks.finish('a2');
    expect(tasks.begun).toEqual(['a1', 'a2', 'a3']);
  });

  it('when closed, rejects waiting and later requests and lets running ones finish', async () => {
    const scheduler = new Scheduler({ slots: 1 });
    const tasks = new Tasks(scheduler);
    const running = tasks.run('a1');
    const waiting = expect(tasks.run('a2')).rejects.toThrow('over');
    await soon();
    scheduler.close(new Error('over'));
    await waiting;
    await expect(tasks.run('a3')).rejects.toThrow('over');
    await tasks.finish('a1');
    await expect(running).resolves.toBe('a1');
  });

  it('loses nothing, and keeps each owner’s order', async () => {
    const owners = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(
        owners,
        fc.nat(10),
        owners,
        fc.integer({ min: 1, max: 3 }),
        async (first, ended, then, slots) => {
          const tasks = new Tasks(new Scheduler({ slots }));
          const names = [...first, ...then].map((owner, i) => `${owner}${i}`);
          const all = names.slice(0, first.length).map((name) => tasks.run(name));
          await soon();
          for (let i = 0; i < Math.min(ended, first.length); i++) await tasks.finish(tasks.begun[i]!);
          all.push(...names.slice(first.length).map((name) => tasks.run(name)));
          await soon();
          for (let i = Math.min(ended, first.length); i < names.length; i++)
            await tasks.finish(tasks.begun[i]!);
          expect(await Promise.all(all)).toEqual(names);
          for (const owner of ['a', 'b', 'c']) {
            const own = (each: readonly string[]): string[] => each.filter((name) => name.startsWith(owner));
            expect(own(tasks.begun)).toEqual(own(names));
          }
        },
      ),
    );
  });
});
