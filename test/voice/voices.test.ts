import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ToVoice } from '../../src/voice/messages.js';
import { Voices, type Line } from '../../src/voice/voices.js';

vi.mock(import('node:worker_threads'), { spy: true });

/** A thread that the test plays. */
class FakeThread extends EventEmitter {
  readonly posted: ToVoice[] = [];
  readonly terminate = vi.fn<() => Promise<number>>(() => Promise.resolve(0));

  postMessage(message: ToVoice): void {
    this.posted.push(message);
  }
}

let threads: FakeThread[];
let voices: Voices;
let faults: string[];
/** What the lines were told, and the gateways that were closed. */
let told: string[];
let closed: string[];

beforeEach(() => {
  vi.useFakeTimers();
  [threads, faults, told, closed] = [[], [], [], []];
  vi.mocked(Worker).mockImplementation(function () {
    threads.push(new FakeThread());
    return threads.at(-1) as unknown as Worker;
  });
  voices = new Voices({ onFault: (cause) => faults.push(String(cause)) });
});

afterEach(async () => {
  await voices.close();
  vi.useRealTimers();
  vi.mocked(Worker).mockReset(); // other test files in this process start real threads
});

function join(channel: string): Line {
  const nothing = (): void => undefined;
  return voices.join(
    ...(['7', channel, -23] as const),
    () => ({ send: () => true, close: () => closed.push(channel) }),
    {
      ...{ begun: nothing, at: nothing, ended: nothing, failed: nothing },
      ready: () => told.push(`${channel} ready`),
      left: (reason) => told.push(`${channel} ${reason}`),
    },
  );
}

describe('voices', () => {
  it('have no threads before the first line, and two for all lines', () => {
    expect(threads).toEqual([]);
    join('a');
    join('b');
    expect(threads).toHaveLength(2);
  });

  it('tell every line when a thread dies, and start both again for the next', () => {
    join('a');
    join('b');
    threads[0]!.emit('error', new Error('out of memory'));
    threads[0]!.emit('exit', 1);
    expect(told).toEqual(['a lost', 'b lost']);
    expect(closed).toEqual(['a', 'b']);
    expect(faults).toHaveLength(2);
    expect(threads[1]!.terminate).toHaveBeenCalledOnce();
    // The other thread ends, too; that is no news.
    threads[1]!.emit('exit', 1);
    expect(told).toHaveLength(2);
    join('c');
    expect(threads).toHaveLength(4);
    threads[3]!.emit('message', { type: 'ready', line: 3 });
    expect(told).toEqual(['a lost', 'b lost', 'c ready']);
  });

  it('keep the gateway of a line that leaves until what it still says is sent', () => {
    const line = join('a');
    line.leave();
    expect(threads[1]!.posted.at(-1)).toEqual({ type: 'leave', line: 1 });
    expect(closed).toEqual([]);
    vi.advanceTimersByTime(600);
    expect(closed).toEqual(['a']);
  });

  it('tell nothing after they were closed', async () => {
    join('a');
    await voices.close();
    for (const thread of threads) thread.emit('exit', 1);
    expect(told).toEqual([]);
    expect(faults).toEqual([]);
    expect(closed).toEqual(['a']);
  });
});
