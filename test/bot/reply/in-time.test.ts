import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { endsInTime } from '../../../src/bot/reply/in-time.js';

describe('work before an acknowledgement', () => {
  it('is awaited if it ends soon', async () => {
    expect(await endsInTime(Promise.resolve('read'))).toBe(true);
    await expect(endsInTime(Promise.reject(new RangeError('no file')))).rejects.toThrow('no file');
  });

  it('is not awaited beyond the time limit; later errors reach whoever awaits it', async () => {
    let reject!: (error: Error) => void;
    const promise = new Promise<never>((_, rejected) => (reject = rejected));
    expect(await endsInTime(promise)).toBe(false);
    reject(new RangeError('no file'));
    await expect(promise).rejects.toThrow('no file');
  });

  it('is not awaited if the event loop is late', async () => {
    const waiting = endsInTime(sleep(1500));
    await sleep(0);
    const busyUntilMs = performance.now() + 700;
    while (performance.now() < busyUntilMs);
    expect(await waiting).toBe(false);
  });
});
