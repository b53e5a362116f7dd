import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLogger } from '../../../src/bot/ops/logging.js';
import { LiveMessage } from '../../../src/bot/reply/live-message.js';
import type { MessageContent } from '../../../src/bot/reply/message-content.js';

/** An edit, and when it arrived, in milliseconds of the test's clock. */
interface Shown extends MessageContent {
  readonly at: number;
}

let shown: Shown[];
/** Delays of the next edits; no delay once they are used up. */
let delaysMs: number[];
let signals: Set<AbortSignal | undefined>;
let reply: LiveMessage;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  [shown, delaysMs, signals] = [[], [], new Set()];
  const target = {
    async show(message: MessageContent, signal?: AbortSignal): Promise<void> {
      signals.add(signal);
      const delayMs = delaysMs.shift();
      // An abandoned edit still takes effect.
      if (delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, delayMs));
      shown.push({ ...message, at: Date.now() });
    },
    withdraw: () => Promise.resolve(),
  };
  reply = new LiveMessage(target, createLogger('silent'));
});

afterEach(() => {
  vi.useRealTimers();
});

const saying = (content: string): MessageContent => ({ content, components: [] });

describe('the message while work is in progress', () => {
  it('shows the latest progress after half a second, and then every two seconds', async () => {
    for (let ms = 20; ms <= 5000; ms += 20) {
      reply.update(saying(`${ms}`));
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(shown.map(({ at }) => at)).toEqual([500, 2500, 4500]);
    expect(shown.map(({ content }) => Number(content))).toEqual([500, 2500, 4500]);
  });

  it('is not edited during quick work, nor without changes', async () => {
    reply.update(saying('one'));
    await vi.advanceTimersByTimeAsync(499);
    expect(shown).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    reply.update(saying('one'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(shown).toHaveLength(1);
  });

  it('gives each edit its own abort signal, without listeners of earlier edits', async () => {
    for (let edits = 1; edits <= 12; edits++) {
      reply.update(saying(`${edits}`));
      await vi.advanceTimersByTimeAsync(2000);
      expect(signals.size).toBe(edits);
    }
  });
});

describe('the result', () => {
  it('is delayed by at most a second by a slow edit, and is what remains', async () => {
    delaysMs = [4000];
    reply.update(saying('slow'));
    await vi.advanceTimersByTimeAsync(700);
    void reply.finish(saying('result'));
    await vi.advanceTimersByTimeAsync(999);
    expect(shown).toEqual([]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(shown.map(({ content, at }) => [content, at])).toEqual([
      ['result', 1700],
      ['slow', 4500],
      ['result', 6700],
    ]);
  });

  it('follows a quick edit as soon as that has arrived, and is not sent twice', async () => {
    delaysMs = [300];
    reply.update(saying('quick'));
    await vi.advanceTimersByTimeAsync(600);
    void reply.finish(saying('result'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(shown.map(({ content, at }) => [content, at])).toEqual([
      ['quick', 800],
      ['result', 800],
    ]);
  });
});
