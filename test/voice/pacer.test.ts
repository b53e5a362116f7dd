import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pacer } from '../../src/voice/pacer.js';

interface Sent {
  readonly atMs: number;
  readonly packet: number;
}

let nowMs: number;
let sent: Sent[];
let taken: number;
let quiet: number;
let given: number;
let pacer: Pacer;
const silence = 0xf8;

beforeEach(() => {
  vi.useFakeTimers();
  nowMs = 1000;
  sent = [];
  taken = 0;
  quiet = 0;
  given = 0;
  pacer = new Pacer({
    send: (packet) => {
      sent.push({ atMs: nowMs, packet: packet[0]! });
      return true;
    },
    onTaken: () => (taken += 1),
    onQuiet: () => (quiet += 1),
    now: () => nowMs,
  });
});

afterEach(() => {
  pacer.stop();
  vi.useRealTimers();
});

function packets(count: number, first = 0): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => Uint8Array.of((first + i) % 200));
}

/** Adds packets after the last ones. */
function add(more: Uint8Array[], isEnd: boolean): void {
  pacer.add(more, given, isEnd);
  given += more.length;
}

/** Time goes on, millisecond by millisecond. */
function pass(ms: number): void {
  for (let i = 0; i < ms; i++) {
    nowMs += 1;
    vi.advanceTimersByTime(1);
  }
}

/** Nothing runs for a while. */
function freeze(ms: number): void {
  nowMs += ms;
}

describe('a pacer', () => {
  it('sends a packet every 20 ms, in order', () => {
    pacer.sound();
    add(packets(50), false);
    pass(1000);
    expect(sent.map(({ packet }) => packet).slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, i) => i));
    // A timer takes a millisecond at least.
    for (const [i, { atMs }] of sent.slice(0, 50).entries()) {
      expect(atMs - 1000 - 20 * i).toBeGreaterThanOrEqual(0);
      expect(atMs - 1000 - 20 * i).toBeLessThanOrEqual(1);
    }
    expect(taken).toBe(50);
  });

  it('waits until enough is buffered, unless nothing follows', () => {
    pacer.sound();
    add(packets(10), false);
    pass(200);
    expect(sent).toEqual([]);
    add(packets(2), true);
    pass(300);
    expect(taken).toBe(12);
  });

  it('catches up small delays', () => {
    pacer.sound();
    add(packets(100), false);
    pass(100);
    const before = taken;
    freeze(150);
    pass(50);
    expect(taken - before).toBe(10);
  });

  it('skips long delays and never sends a backlog', () => {
    pacer.sound();
    add(packets(200), false);
    pass(100);
    freeze(3000);
    const before = taken;
    pass(20);
    expect(taken - before).toBeLessThanOrEqual(2);
    for (const ms of [199, 200, 201, 350]) {
      freeze(ms);
      const first = taken;
      pass(20);
      expect(taken - first).toBeLessThanOrEqual(12);
    }
    expect(pacer.figures.gaps).toBeGreaterThanOrEqual(4);
  });

  it('ends with five silent packets, then reports that it is quiet', () => {
    pacer.sound();
    add(packets(30), true);
    pass(1000);
    expect(sent.slice(30).map(({ packet }) => packet)).toEqual([silence, silence, silence, silence, silence]);
    expect(quiet).toBe(1);
    expect(taken).toBe(30);
    expect(pacer.figures).toEqual({ sent: 30, gaps: 0, starved: 0 });
  });

  it('counts running out of packets during music', () => {
    pacer.sound();
    add(packets(30), false);
    pass(1000);
    expect(pacer.figures.starved).toBe(1);
    add(packets(30), true);
    pass(1000);
    expect(taken).toBe(60);
    expect(pacer.figures.starved).toBe(1);
  });

  it('is silent while hushed, and resumes at the same place', () => {
    pacer.sound();
    add(packets(100), false);
    pass(200);
    pacer.hush();
    const before = taken;
    pass(500);
    expect(taken).toBe(before);
    expect(quiet).toBe(1);
    pacer.sound();
    pass(100);
    expect(sent.findLast(({ packet }) => packet !== silence)?.packet).toBe(taken - 1);
    expect(pacer.figures.starved).toBe(0);
  });

  it('sends what replaces packets instead of them, from their number on', () => {
    pacer.sound();
    add(packets(100), false);
    pass(200);
    expect(taken).toBeLessThan(20);
    pacer.add(packets(50, 100), 20, false);
    pass(600);
    const heard = sent.map(({ packet }) => packet);
    expect(heard.slice(18, 22)).toEqual([18, 19, 100, 101]);
  });

  it('leaves out what comes too late to replace anything', () => {
    pacer.sound();
    add(packets(100), false);
    pass(400);
    const before = taken;
    pacer.add(packets(50, 100), before - 5, false);
    pass(200);
    expect(sent[before]!.packet).toBe(105);
    expect(taken).toBeGreaterThan(before);
  });

  it('drops packets that nothing replaces', () => {
    pacer.sound();
    add(packets(100), false);
    pass(200);
    pacer.add([], 20, true);
    pass(2000);
    expect(taken).toBe(20);
    expect(pacer.figures.starved).toBe(0);
    pacer.add(packets(30, 150), 20, false);
    pass(300);
    expect(sent.findLast(({ packet }) => packet !== silence)!.packet).toBeGreaterThan(150);
  });
});
