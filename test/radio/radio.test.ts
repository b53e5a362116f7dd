import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { outputOf } from '../../src/compose/composition.js';
import { UserError } from '../../src/errors/user-error.js';
import { Radio, type Music, type Speaker } from '../../src/radio/radio.js';
import { readRecorded } from '../../src/request/recorded-piece.js';
import { fakeComposition } from '../bot/fake-composition.js';
import { FakeMusic } from '../bot/fake-music.js';

/** Keeps what it is told. */
class FakeSpeaker implements Speaker {
  readonly queue: Music[] = [];
  readonly cuts: number[] = [];
  skips = 0;

  enqueue(music: Music): void {
    this.queue.push(music);
  }

  clear(): void {
    this.queue.length = 0;
  }

  cut(seconds: number): void {
    this.cuts.push(seconds);
  }

  skip(): void {
    this.skips += 1;
  }
}

let music: FakeMusic;
let speaker: FakeSpeaker;
let radio: Radio;
let failures: unknown[];
let nowMs: number;

beforeEach(() => {
  vi.useFakeTimers();
  music = new FakeMusic();
  speaker = new FakeSpeaker();
  failures = [];
  nowMs = 0;
  radio = new Radio({
    music,
    speaker,
    wishes: { text: 'calm' },
    server: '7',
    onChange: () => undefined,
    onFailure: (error) => failures.push(error),
    now: () => nowMs,
  });
});

afterEach(() => {
  radio.stop();
  vi.useRealTimers();
});

/** The next piece is composed, and waits to be played. */
async function composed(): Promise<Music> {
  const job = await music.nextJob();
  job.finish(fakeComposition({ request: job.request, key: undefined }));
  await vi.advanceTimersByTimeAsync(0);
  return speaker.queue.at(-1)!;
}

/** And is played. */
async function playing(): Promise<Music> {
  const next = await composed();
  speaker.queue.shift();
  radio.begun(next.id);
  return next;
}

describe('a radio', () => {
  it('composes the next piece while one plays, and pauses between them', async () => {
    radio.start();
    const first = await playing();
    expect(first.breathSeconds).toBe(0);
    expect(radio.playing?.id).toBe(first.id);
    const second = await composed();
    expect(second.breathSeconds).toBeGreaterThan(0.5);
    expect(second.id).not.toBe(first.id);
    expect(radio.next?.id).toBe(second.id);
    expect(radio.playing?.id).toBe(first.id);
    radio.ended(first.id);
    radio.begun(second.id);
    expect(radio.playing?.id).toBe(second.id);
    expect(radio.pieces).toBe(2);
  });

  it('makes ordinary requests, without their sound', async () => {
    radio.start();
    const { request, options } = await music.nextJob();
    expect(request).toMatchObject({ text: { said: 'calm' }, length: expect.any(Number) as number });
    expect(options.owner).toBe('radio 7');
    expect(options.roles).toEqual(['midi', 'image']);
  });

  it('plays the file that holds the record', async () => {
    radio.start();
    const { midi } = await playing();
    const { composition } = radio.playing!;
    expect(midi).toBe(outputOf(composition, 'midi').bytes);
    expect(readRecorded(midi).request.seed).toBe(composition.request.seed);
  });

  it('tries again when a piece cannot be composed', async () => {
    radio.start();
    (await music.nextJob()).fail(new UserError('compose.busy'));
    await vi.advanceTimersByTimeAsync(100);
    expect(failures).toMatchObject([{ code: 'compose.busy' }]);
    expect(music.jobs).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await playing()).id).toBe(radio.playing?.id);
  });

  it('tries again when a piece cannot be played', async () => {
    radio.start();
    radio.failed((await composed()).id);
    await vi.advanceTimersByTimeAsync(10_000);
    expect((await playing()).id).toBe(radio.playing?.id);
  });

  it('composes nothing after it was stopped', async () => {
    radio.start();
    const job = await music.nextJob();
    radio.stop();
    job.finish();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(speaker.queue).toEqual([]);
    expect(music.jobs).toEqual([]);
    expect(failures).toEqual([]);
  });
});

describe('a radio that is steered', () => {
  it('interrupts the piece at the next note and continues from there as requested', async () => {
    radio.start();
    const before = await playing();
    await composed();
    radio.at(before.id, 20);
    radio.steer(1);
    expect(radio.level).toBe(1);
    // What was to come is dropped; the piece's next note is struck at 63 s.
    expect(speaker.queue).toEqual([]);
    expect(speaker.cuts).toEqual([63]);
    const { request, options } = music.jobs.at(-1)!;
    expect(request.text?.said).toBe('calm, fast, loud, dense');
    expect(request.task).toMatchObject({ kind: 'continue', piece: { notes: [{ pitch: 60 }] } });
    expect(options.signal?.aborted).toBe(false);
    const after = await composed();
    expect(after.fromTick).toBeGreaterThan(0);
  });

  it('drops the piece being composed', async () => {
    radio.start();
    await playing();
    const job = await music.nextJob();
    radio.steer(-1);
    expect(job.options.signal?.aborted).toBe(true);
    job.finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(speaker.queue).toEqual([]);
  });

  it('keeps composing as steered', async () => {
    radio.start();
    await playing();
    radio.steer(-1);
    await music.nextJob();
    const steered = await composed();
    radio.begun(steered.id);
    expect((await music.nextJob()).request.text?.said).toBe('calm, slow, soft, sparse');
  });

  it('cannot be steered past the last level, or twice in a row', async () => {
    radio.start();
    await playing();
    radio.steer(1);
    expect(() => radio.steer(1)).toThrow(expect.objectContaining({ code: 'radio.just-steered' }) as Error);
    nowMs += 10_000;
    radio.steer(1);
    nowMs += 10_000;
    expect(() => radio.steer(1)).toThrow(expect.objectContaining({ code: 'radio.no-further' }) as Error);
    expect(radio.level).toBe(2);
  });
});

describe('what is played', () => {
  it('can be liked once by each person', async () => {
    radio.start();
    expect(radio.like('1')).toBe(false);
    const first = await playing();
    expect(radio.like('1')).toBe(true);
    expect(radio.like('1')).toBe(false);
    expect(radio.like('2')).toBe(true);
    expect(radio.likes).toBe(2);
    radio.ended(first.id);
    await playing();
    expect(radio.likes).toBe(0);
  });

  it('continues at the same place on a new speaker', async () => {
    radio.start();
    const { id } = await playing();
    await music.nextJob();
    radio.at(id, 20);
    radio.resume();
    await vi.advanceTimersByTimeAsync(0);
    const again = speaker.queue.at(-1)!;
    expect(again.fromTick).toBeGreaterThan(0);
    expect(again.piece).toBe(radio.playing?.composition.piece);
  });
});
