import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairQueue } from '../../src/compose/fair-queue.js';

function drain<T>(queue: FairQueue<T>): T[] {
  const items: T[] = [];
  for (let item = queue.shift(); item !== undefined; item = queue.shift()) items.push(item);
  return items;
}

describe('FairQueue', () => {
  it('lets owners take turns', () => {
    const queue = new FairQueue<string>(10);
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) expect(queue.push(item[0]!, item)).toBe(true);
    expect(queue.inOrder()).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
    expect(drain(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
    expect(queue.shift()).toBeUndefined();
  });

  it('sends an owner who has been served to the end', () => {
    const queue = new FairQueue<string>(10);
    queue.push('a', 'a1');
    queue.push('a', 'a2');
    expect(queue.shift()).toBe('a1');
    queue.push('b', 'b1');
    expect(drain(queue)).toEqual(['a2', 'b1']);
  });

  it('refuses more than its limit', () => {
    const queue = new FairQueue<number>(2);
    expect([queue.push('a', 1), queue.push('b', 2), queue.push('c', 3)]).toEqual([true, true, false]);
    expect(queue.size).toBe(2);
    queue.shift();
    expect(queue.push('c', 3)).toBe(true);
    expect(new FairQueue<number>(0).push('a', 1)).toBe(false);
  });

  it('removes an item, and nothing when it is not there', () => {
    const queue = new FairQueue<string>(10);
    for (const item of ['a1', 'a2', 'b1']) queue.push(item[0]!, item);
    queue.remove('a', 'a1');
    queue.remove('a', 'a1');
    queue.remove('z', 'b1');
    expect(queue.size).toBe(2);
    expect(drain(queue)).toEqual(['a2', 'b1']);
  });

  it('loses nothing, keeps each owner in order and announces the order truly', () => {
    const pushes = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 });
    fc.assert(
      fc.property(pushes, fc.nat(10), pushes, (first, shifts, then) => {
        const queue = new FairQueue<string>(100);
        const pushed: string[] = [];
        const push = (owner: string): void => {
          pushed.push(`${owner}${pushed.length}`);
          queue.push(owner, pushed.at(-1)!);
        };
        first.forEach(push);
        const taken = Array.from({ length: shifts }, () => queue.shift()).filter(
          (item) => item !== undefined,
        );
        then.forEach(push);
        const announced = queue.inOrder();
        expect(queue.size).toBe(announced.length);
        const rest = drain(queue);
        expect(rest).toEqual(announced);
        const all = [...taken, ...rest];
        for (const owner of ['a', 'b', 'c']) {
          const own = (items: string[]): string[] => items.filter((item) => item.startsWith(owner));
          expect(own(all)).toEqual(own(pushed));
        }
        expect(queue.size).toBe(0);
      }),
    );
  });
});
