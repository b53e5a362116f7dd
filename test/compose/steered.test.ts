import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { outputOf } from '../../src/compose/composition.js';
import { openMusicServices, type MusicServices } from '../../src/compose/music-services.js';
import { remixing } from '../../src/compose/remake.js';
import { replay } from '../../src/compose/steered.js';
import { english } from '../../src/i18n/en/english.js';
import { rollWordsIn } from '../../src/i18n/picture.js';
import { givenCount, noteCount } from '../../src/music/piece.js';
import { Radio, type Music } from '../../src/radio/radio.js';
import { optionsOf } from '../../src/request/option-text.js';
import { readRecorded } from '../../src/request/recorded-piece.js';
import type { CompositionRequest } from '../../src/request/request.js';

let folder: string;
let music: MusicServices;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steered-'));
  music = await openMusicServices({ dataFolder: folder, queueLimit: 10, words: rollWordsIn(english) });
});

afterAll(async () => {
  await music.close();
  await rm(folder, { recursive: true });
});

async function midiOf(request: CompositionRequest): Promise<string> {
  const made = await music.composing.compose(request, { roles: ['midi'] });
  return Buffer.from(outputOf(made, 'midi').bytes).toString('hex');
}

/** The file that Keep gives after a radio was steered. @param steps where, in seconds, and in which direction */
async function keptFrom(steps: readonly (readonly [number, -1 | 1])[]): Promise<Uint8Array> {
  let arrived: (next: Music) => void = () => undefined;
  let nowMs = 0;
  const next = (): Promise<Music> => new Promise((resolve) => (arrived = resolve));
  const nothing = (): void => undefined;
  const radio = new Radio({
    music,
    speaker: { enqueue: (each) => arrived(each), clear: nothing, cut: nothing, skip: nothing },
    wishes: () => ({ text: 'dreamy', length: 10 }),
    server: '7',
    onChange: nothing,
    onFailure: (error) => {
      throw error;
    },
    now: () => (nowMs += 60_000),
  });
  const first = next();
  radio.start();
  radio.begun((await first).id);
  for (const [seconds, direction] of steps) {
    const { id } = radio.playing!;
    radio.at(id, seconds);
    const steered = next();
    radio.steer(direction);
    radio.begun((await steered).id);
  }
  radio.stop();
  return radio.playing!.selection.midi;
}

const direction = fc.constantFrom<-1 | 1>(-1, 1);
const steps = fc.array(fc.tuple(fc.double({ min: 0.5, max: 6, noNaN: true }), direction), {
  minLength: 1,
  maxLength: 2,
});

it('a kept piece of a steered radio is made again from its record, to the byte', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (steered) => {
      // Each step is later than the one before.
      const later = steered.map(([seconds, way], i) => [seconds + 8 * i, way] as const);
      const kept = await keptFrom(later);
      const { request, piece } = readRecorded(kept);
      expect(request.task).toMatchObject({ kind: 'continue' });
      if (request.task.kind !== 'continue') return;
      const { stretches = [] } = request.task;
      expect(stretches).toHaveLength(later.length);
      expect(stretches.at(-1)!.notes).toBe(givenCount(piece));
      expect(stretches.map(({ notes }) => notes)).toEqual(
        stretches.map(({ notes }) => notes).toSorted((a, b) => a - b),
      );
      const bytes = Buffer.from(kept).toString('hex');
      // From the notes in the file, as Remix does when nothing is changed.
      const { server: _, ...remixed } = remixing(music.requests, request)(optionsOf(request));
      expect(await midiOf(remixed)).toBe(bytes);
      // From the options alone.
      const { requests } = music;
      const compose = (each: CompositionRequest): ReturnType<typeof music.composing.compose> =>
        music.composing.compose(each, { roles: ['midi'] });
      const again = await replay(request, { requests, compose });
      expect(await midiOf(again!)).toBe(bytes);
      // By other seeds: another piece, steered at the same notes.
      const other = await replay(request, { requests, compose, seedsAhead: 1 });
      const made = await compose(other!);
      expect(Buffer.from(outputOf(made, 'midi').bytes).toString('hex')).not.toBe(bytes);
      expect(givenCount(made.piece)).toBeLessThanOrEqual(stretches.at(-1)!.notes);
      expect(noteCount(made.piece)).toBeGreaterThan(givenCount(made.piece));
    }),
    { numRuns: 2 },
  );
});

it('a piece that was not steered is not replayed', async () => {
  const compose = (): never => {
    throw new Error('Nothing is composed.');
  };
  const { requests } = music;
  expect(await replay(requests.start({ notes: 5 }), { requests, compose })).toBeUndefined();
});
