import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Composition } from '../../src/compose/composition.js';
import { Random } from '../../src/model/random.js';
import { keyboardPiece } from '../../src/music/keyboard.js';
import { writeMidi } from '../../src/music/midi/write.js';
import type { Piece } from '../../src/music/piece.js';
import { Radio } from '../../src/radio/radio.js';
import { Pacer } from '../../src/voice/pacer.js';
import { SoundLine } from '../../src/voice/sound-line.js';
import type { Source } from '../../src/voice/messages.js';
import type { News } from '../../src/voice/sound-player.js';
import { fakeComposition } from '../bot/fake-composition.js';
import { FakeMusic } from '../bot/fake-music.js';
import { decoded } from './decoded.js';

const packetMs = 20;

let nowMs: number;
let line: SoundLine;
let pacer: Pacer;
/** What was sent, packet by packet. */
let sent: Uint8Array[];
/** When it was told, in packets sent before. */
let told: { readonly news: News; readonly packets: number }[];
let hear: (news: News) => void;
/** Number of packets made so far, how many of them were sent, and whether nothing follows. */
let made: number;
let taken: number;
let isEnd: boolean;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  open();
});

/** A new line, which has sent nothing. */
function open(): void {
  [nowMs, made, taken, isEnd] = [0, 0, 0, true];
  [sent, told, hear] = [[], [], () => undefined];
  line = new SoundLine({
    lufs: -23,
    tell(news) {
      told.push({ news, packets: sent.length });
      hear(news);
    },
    send({ from, packets, ...rest }) {
      made = from + packets.length;
      isEnd = rest.isEnd;
      pacer.add(packets, from, isEnd);
    },
  });
  pacer = new Pacer({
    send(packet) {
      sent.push(packet);
      return true;
    },
    onTaken(packets) {
      taken = packets;
      if (packets % 5 === 0) line.sent(packets);
    },
    onQuiet: () => undefined,
    now: () => nowMs,
  });
  pacer.sound();
}

function close(): void {
  line.obey({ type: 'close' });
  pacer.stop();
}

afterEach(() => {
  close();
  vi.useRealTimers();
});

/** Time goes on; the threads have all the time they need. */
async function pass(seconds: number): Promise<void> {
  for (let ms = 0; ms < seconds * 1000; ms += packetMs) {
    nowMs += packetMs;
    vi.advanceTimersByTime(packetMs);
    await settled();
  }
}

/** As much is made as is made ahead. */
async function settled(): Promise<void> {
  for (let idle = 0; idle < 10; idle++) {
    const before = made;
    await nextTurn();
    if (made !== before) idle = 0;
  }
}

/** Plays a source after the others; its instruments are decoded then. */
async function enqueue(source: Source): Promise<void> {
  line.obey({ type: 'enqueue', source });
  const before = made;
  while (isEnd && made === before && made - taken < 70) await nextTurn();
  await settled();
}

/** A piano, 120 beats a minute. @param every seconds from note to note */
function piano(pitch: number, hasBars: boolean, seconds = 40, every = 0.25): Piece {
  const random = new Random(pitch);
  const notes = Array.from({ length: seconds / every }, (_, i) => ({
    ...{ pitch: pitch + (random.integer() % 12), onsetSeconds: i * every, durationSeconds: every - 0.01 },
    ...{ velocity: 70, isGiven: false },
  }));
  const timeSignature = { numerator: 4, denominator: 4 };
  return keyboardPiece({ title: '', notes, tempoBpm: 120, timeSignature, key: undefined, hasBars });
}

function flute(pitch: number): Piece {
  const piece = piano(pitch, true);
  return { ...piece, tracks: piece.tracks.map((track) => ({ ...track, program: 73 })) };
}

function packetsUntil(type: News['type'], id: number): number {
  return told.find(({ news }) => news.type === type && news.id === id)?.packets ?? Infinity;
}

/** The loudest sample of each packet. */
function peaksOf(packets: readonly Uint8Array[]): number[] {
  const pcm = decoded(packets);
  return packets.map((_, i) =>
    pcm.subarray(i * 1920, (i + 1) * 1920).reduce((most, each) => Math.max(most, Math.abs(each)), 0),
  );
}

describe('a radio that is steered', () => {
  let music: FakeMusic;
  let radio: Radio;
  let enqueued: Promise<void>;

  /** Plays a piece for some seconds. */
  async function playing(piece: Piece, seconds: number): Promise<void> {
    music = new FakeMusic();
    radio = new Radio({
      ...{ music, wishes: () => ({}), server: '7', now: () => nowMs },
      speaker: {
        enqueue(source) {
          enqueued = enqueue(source);
        },
        clear: () => line.obey({ type: 'clear' }),
        cut: (id, at) => line.obey({ type: 'cut', id, seconds: at }),
        skip: (fade) => line.obey({ type: 'skip', seconds: fade }),
      },
      onChange: () => undefined,
      onFailure: (error) => {
        throw error;
      },
    });
    hear = (news) => {
      if (news.type === 'at') radio.at(news.id, news.seconds);
      else radio[news.type](news.id);
    };
    radio.start();
    await compose(piece);
    await pass(seconds);
    expect(radio.playing?.id).toBe(1);
  }

  async function compose(piece: Piece): Promise<void> {
    const job = await music.nextJob();
    const whole = fakeComposition({ request: job.request, key: undefined });
    const outputs = whole.outputs.map((each) =>
      each.role === 'midi' ? { ...each, bytes: writeMidi(piece) } : each,
    );
    job.finish({ ...whole, piece, outputs } satisfies Composition);
    await settled();
    await enqueued;
  }

  afterEach(() => radio.stop());

  it.each([
    ['piano with bars', 3.2, () => piano(60, true), () => piano(72, true)],
    ['piano with bars', 4.9, () => piano(60, true), () => piano(72, true)],
    ['piano without bars', 3.3, () => piano(60, false), () => piano(72, false)],
    ['piano of long notes', 3.3, () => piano(60, false, 40, 8), () => piano(72, false)],
    ['song', 3.2, () => flute(60), () => flute(72)],
    ['song', 4.1, () => flute(60), () => flute(72)],
  ])('is heard within four seconds (a %s, after %d s)', async (_, seconds, before, after) => {
    await playing(before(), seconds);
    music.jobs.length = 0;
    const pressed = sent.length;
    // Much more than this has been made, and is dropped.
    expect(made - pressed).toBeGreaterThan(60);
    radio.steer(1);
    const job = await music.nextJob();
    music.jobs.push(job);
    // It takes a second to compose.
    await pass(1);
    await compose(after());
    await pass(5);
    const ended = packetsUntil('ended', 1) - pressed;
    expect(ended * packetMs).toBeLessThanOrEqual(3600);
    expect(ended * packetMs).toBeGreaterThan(1000);
    const steered = told.find(({ news }) => news.type === 'begun' && news.id !== 1)!;
    const first = told.find(({ news }) => news.type === 'at' && news.id === steered.news.id)!;
    expect((first.packets - pressed) * packetMs).toBeLessThanOrEqual(4100);
    if (before().hasBars) {
      const last = told.findLast(({ news }) => news.type === 'at' && news.id === 1)!;
      const { seconds: end } = last.news as { readonly seconds: number };
      // Up to a tenth of a second before a bar.
      expect(Math.ceil(end / 2) * 2 - end).toBeLessThan(0.11);
    }
  });

  it('is heard at once when a piece is skipped, though much more of it was made', async () => {
    await playing(piano(60, true), 3);
    await compose(piano(72, true));
    const pressed = sent.length;
    expect(made - pressed).toBeGreaterThan(60);
    radio.skip();
    await pass(3);
    expect((packetsUntil('ended', 1) - pressed) * packetMs).toBeLessThanOrEqual(900);
    expect(radio.playing?.id).toBe(2);
  });
});

describe('what was made ahead', () => {
  function source(id: number, piece: Piece, breathSeconds = 0): Source {
    return { id, piece, midi: writeMidi(piece), fromTick: 0, breathSeconds };
  }

  /** What is sent of a piece in six seconds. @param act every half second, after the first three */
  async function played(act: () => void): Promise<readonly Uint8Array[]> {
    const from = sent.length;
    await enqueue(source(from + 1, piano(60, true, 8)));
    await pass(3);
    for (let times = 0; times < 6; times++) {
      act();
      await pass(0.5);
    }
    return sent.slice(from);
  }

  it('is made anew without a click, wherever that is', async () => {
    const plain = decoded(await played(() => undefined));
    close();
    open();
    const anew = decoded(await played(() => line.obey({ type: 'loudness', lufs: -23 })));
    // Codings of the same sound differ somewhat; with a click, they would differ from one sample to the next.
    let step = 0;
    for (let i = 3 * 96_000; i < 6 * 96_000; i++) {
      step = Math.max(step, Math.abs(plain[i]! - anew[i]! - (plain[i - 2]! - anew[i - 2]!)));
    }
    expect(step).toBeGreaterThan(0);
    expect(step).toBeLessThan(150);
  });

  it('fades in when it goes on after a pause', async () => {
    await enqueue(source(1, piano(60, true)));
    await pass(5);
    pacer.hush();
    line.obey({ type: 'fade-in' });
    await pass(1);
    const from = sent.length;
    pacer.sound();
    await pass(5);
    const peaks = peaksOf(sent);
    const usual = Math.max(...peaks.slice(150, 250));
    expect(Math.max(...peaks.slice(from, from + 10))).toBeLessThan(usual / 10);
    expect(Math.max(...peaks.slice(from, from + 75))).toBeLessThan(usual * 0.7);
    expect(Math.max(...peaks.slice(from + 150, from + 250))).toBeGreaterThan(usual / 2);
  });

  it('fades out as slowly as is asked, and ends', async () => {
    await enqueue(source(1, piano(60, true)));
    await pass(5);
    const from = sent.length;
    line.obey({ type: 'skip', seconds: 5 });
    await pass(7);
    const peaks = peaksOf(sent);
    const loudest = [0, 1, 2, 3, 4].map((second) =>
      Math.max(...peaks.slice(from + second * 50, from + (second + 1) * 50)),
    );
    expect(loudest).toEqual(loudest.toSorted((a, b) => b - a));
    expect(loudest[4]!).toBeLessThan(loudest[0]! / 3);
    const ended = packetsUntil('ended', 1) - from;
    expect(ended * packetMs).toBeGreaterThan(4900);
    expect(ended * packetMs).toBeLessThan(5600);
  });

  it('is dropped with the piece that it was made of, which nobody hears of', async () => {
    await enqueue(source(1, piano(60, true, 3)));
    await enqueue(source(2, piano(72, true, 3), 1));
    while (!told.some(({ news }) => news.type === 'at' && news.seconds > 2.9)) await pass(0.1);
    expect(made - sent.length).toBeGreaterThan(60);
    line.obey({ type: 'clear' });
    await enqueue(source(3, piano(48, true, 3)));
    await pass(12);
    const events = told.filter(({ news }) => news.type !== 'at').map(({ news }) => `${news.type} ${news.id}`);
    expect(events).toEqual(['begun 1', 'ended 1', 'begun 3', 'ended 3']);
  });

  it('is told of in order, once it is heard, whatever happens', async () => {
    const act = fc.constantFrom('enqueue', 'clear', 'cut', 'skip', 'loudness', 'fade-in');
    const acts = fc.array(fc.tuple(act, fc.integer({ min: 1, max: 40 })), { minLength: 4, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(acts, async (all) => {
        close();
        open();
        await enqueue(source(1, piano(60, true, 4)));
        let id = 1;
        for (const [type, tenths] of all) {
          if (type === 'enqueue')
            await enqueue(source((id += 1), piano(50 + id, true, 1), (tenths % 4) / 10));
          else if (type === 'cut') line.obey({ type, id, seconds: tenths / 10 });
          else if (type === 'loudness') line.obey({ type, lufs: -23 - (tenths % 5) });
          else line.obey({ type });
          await pass(tenths / 20);
        }
        await pass(3);
        for (let seconds = 0; seconds < 60 && (made > taken || !isEnd); seconds++) await pass(1);
        const heard = told.filter(({ news }) => news.type !== 'at').map(({ news }) => [news.type, news.id]);
        const ids = [...new Set(heard.map(([, each]) => each))];
        expect(ids).toEqual(ids.toSorted((a, b) => Number(a) - Number(b)));
        expect(heard).toEqual(
          ids.flatMap((each) => [
            ['begun', each],
            ['ended', each],
          ]),
        );
        for (const each of ids) {
          const at = told.flatMap(({ news }) =>
            news.type === 'at' && news.id === each ? [news.seconds] : [],
          );
          expect(at).toEqual(at.toSorted((a, b) => a - b));
          expect(new Set(at).size).toBe(at.length);
        }
        expect(pacer.figures.starved).toBe(0);
      }),
      { numRuns: 12 },
    );
  });
});
