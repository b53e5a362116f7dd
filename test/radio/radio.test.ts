import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import { UserError } from '../../src/errors/user-error.js';
import { Radio, type Music, type Speaker } from '../../src/radio/radio.js';
import { broughtSelection, type Selection } from '../../src/radio/selection.js';
import type { RawOptions } from '../../src/request/options.js';
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

  cut(_id: number, seconds: number): void {
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
    wishes: () => ({ text: 'calm' }),
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
    expect(midi).toBe(radio.playing!.selection.midi);
    expect(readRecorded(midi).request.seed).toBe(radio.playing!.selection.request?.seed);
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
    // What was to come is dropped; the piece's next note is struck at 63 s, which is too late.
    expect(speaker.queue).toEqual([]);
    expect(speaker.cuts).toEqual([expect.closeTo(23.4, 1)]);
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
    expect(again.piece).toBe(radio.playing?.selection.piece);
  });
});

describe('what people bring', () => {
  let count = 0;

  function brought(): Selection {
    const { piece } = fakeComposition({ named: { title: `Brought ${count++}` } });
    return broughtSelection({ piece, midi: new Uint8Array() }, '1');
  }

  it('is played after the current piece, in order, and then the radio composes again', async () => {
    radio.start();
    await playing();
    await composed();
    const [a, b] = [brought(), brought()];
    expect(radio.play(a)).toBe(0);
    // What was composed gives way.
    expect(speaker.queue.map(({ piece }) => piece)).toEqual([a.piece]);
    expect(radio.play(b)).toBe(1);
    expect(radio.waiting).toEqual([b]);
    for (const each of [a, b]) {
      radio.begun(speaker.queue.shift()!.id);
      expect(radio.playing?.selection).toBe(each);
    }
    expect(radio.waiting).toEqual([]);
    expect((await composed()).piece).not.toBe(b.piece);
  });

  it('is played first in a radio that starts with it', () => {
    const first = brought();
    radio.play(first);
    radio.start();
    expect(speaker.queue.map(({ piece }) => piece)).toEqual([first.piece]);
    expect(music.jobs).toEqual([]);
  });

  it('waits its turn when the music is steered', async () => {
    radio.start();
    const { id } = await playing();
    await music.nextJob();
    const [a, b] = [brought(), brought()];
    radio.play(a);
    radio.play(b);
    radio.at(id, 20);
    radio.steer(1);
    expect(radio.waiting).toEqual([a, b]);
    const steered = await composed();
    expect(steered.fromTick).toBeGreaterThan(0);
    radio.begun(steered.id);
    expect(radio.next?.selection).toBe(a);
  });

  it('starts at its first sound', () => {
    const { piece, ...others } = brought();
    const late = piece.tracks.map((track) => ({
      ...track,
      notes: track.notes.map((note) => ({ ...note, startTick: note.startTick + 5000 })),
    }));
    radio.play({ ...others, piece: { ...piece, tracks: late } });
    radio.start();
    expect(speaker.queue[0]!.fromTick).toBe(5000);
  });

  it('is refused when ten pieces are waiting', async () => {
    radio.start();
    await playing();
    for (let i = 0; i < 10; i++) expect(radio.play(brought())).toBe(i);
    expect(() => radio.play(brought())).toThrow(
      expect.objectContaining({ code: 'radio.queue-full', details: { most: 10 } }) as Error,
    );
  });

  it('is all played, in order, whatever happens', async () => {
    const event = fc.constantFrom('play', 'begin', 'steer', 'compose', 'resume');
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 30 }), async (events) => {
        music = new FakeMusic();
        speaker = new FakeSpeaker();
        radio.stop();
        const options = { music, speaker, wishes: () => ({}), server: '7', now: () => (nowMs += 10_000) };
        radio = new Radio({ ...options, onChange: () => undefined, onFailure: () => undefined });
        radio.start();
        const given: Selection[] = [];
        const heard: Selection[] = [];
        const begin = (): void => {
          const next = speaker.queue.shift();
          if (next === undefined) return;
          radio.begun(next.id);
          const { selection } = radio.playing!;
          if (selection.askedBy !== undefined && heard.at(-1) !== selection) heard.push(selection);
        };
        for (const each of events) {
          if (each === 'play' && given.length < 10) {
            const selection = brought();
            given.push(selection);
            radio.play(selection);
          } else if (each === 'begin') begin();
          else if (each === 'resume') radio.resume();
          else if (each === 'steer') {
            if (Math.abs(radio.level) < 2) radio.steer(1);
          } else {
            const job = music.jobs.pop();
            job?.finish(fakeComposition({ request: job.request, key: undefined }));
          }
          await vi.advanceTimersByTimeAsync(0);
        }
        for (let i = 0; i < 14; i++) {
          const job = music.jobs.pop();
          job?.finish(fakeComposition({ request: job.request, key: undefined }));
          await vi.advanceTimersByTimeAsync(0);
          begin();
        }
        const titles = (all: readonly Selection[]): readonly string[] => all.map(({ piece }) => piece.title);
        expect(titles(heard)).toEqual(titles(given));
      }),
      { numRuns: 25 },
    );
  });
});

describe('a radio that ends at a time', () => {
  let finished: number;

  function until(untilMs: number, wishes = (): RawOptions => ({})): Radio {
    finished = 0;
    radio.stop();
    radio = new Radio({
      ...{ music, speaker, wishes, server: '7', untilMs, now: () => nowMs, random: () => 0.5 },
      onChange: () => undefined,
      onFailure: (error) => failures.push(error),
      onFinish: () => (finished += 1),
    });
    return radio;
  }

  it('ends with a piece that fills the time that is left', async () => {
    until(200_000).start();
    // The pieces of this test last 64 s.
    const first = await playing();
    const second = await music.nextJob();
    expect(second.request.length).toBeLessThanOrEqual(135);
    expect(second.request.length).toBeGreaterThan(125);
    second.finish(fakeComposition({ request: second.request, key: undefined }));
    await vi.advanceTimersByTimeAsync(0);
    nowMs = 140_000;
    radio.ended(first.id);
    const { id } = speaker.queue.shift()!;
    radio.begun(id);
    expect(music.jobs).toEqual([]);
    expect(finished).toBe(0);
    nowMs = 199_000;
    radio.ended(id);
    expect(finished).toBe(1);
  });

  it('goes on when its last piece is skipped and there is time for another', async () => {
    until(90_000).start();
    const { id } = await playing();
    expect(music.jobs).toEqual([]);
    nowMs = 10_000;
    radio.ended(id);
    expect(finished).toBe(0);
    expect((await music.nextJob()).request.length).toBeLessThanOrEqual(80);
  });

  it('plays by the wishes of the moment', async () => {
    let mood = 'calm';
    until(1e9, () => ({ mood })).start();
    expect((await music.nextJob()).request.mood).toEqual(['calm']);
    mood = 'happy';
    radio.resume();
    expect((await music.nextJob()).request.mood).toEqual(['happy']);
  });
});
