import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endsInTime } from '../../../src/bot/reply/in-time.js';
import { pause } from '../../../src/bot/reply/pause.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('work before an acknowledgement', () => {
  it('is awaited if it ends soon', async () => {
    expect(await endsInTime(Promise.resolve('read'))).toBe(true);
    await expect(endsInTime(Promise.reject(new RangeError('no file')))).rejects.toThrow('no file');
  });

  it('is not awaited beyond the time limit; later errors reach whoever awaits it', async () => {
    let reject!: (error: Error) => void;
    const promise = new Promise<never>((_, rejected) => (reject = rejected));
    const inTime = endsInTime(promise);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await inTime).toBe(false);
    reject(new RangeError('no file'));
    await expect(promise).rejects.toThrow('no file');
  });

  it('is not awaited if the event loop is late', async () => {
    const inTime = endsInTime(pause(1500));
    await vi.advanceTimersByTimeAsync(50);
    // The loop is blocked: no timer fires meanwhile.
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 700);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await inTime).toBe(false);
  });
});
