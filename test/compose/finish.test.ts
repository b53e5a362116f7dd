import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finishMusic, finishPiece } from '../../src/compose/finish.js';
import { givenCount } from '../../src/music/piece.js';
import type { GeneratedNote } from '../../src/model/generated.js';
import type { Note } from '../../src/music/note.js';
import type { CompositionRequest, Opening } from '../../src/request/request.js';
import { parseKey } from '../../src/music/theory/scale.js';
import { anyJob } from './requests.js';
import { startFrom } from './tasks.js';

const given: Note[] = [
  { pitch: 60, onsetSeconds: 0, durationSeconds: 1, velocity: 60 },
  { pitch: 64, onsetSeconds: 1, durationSeconds: 1, velocity: 70 },
];
const opening: Opening = {
  title: 'Nobody, Nothing',
  notes: given,
  tempoBpm: 120,
  timeSignature: { numerator: 3, denominator: 4 },
};
const plain: CompositionRequest = {
  notes: 3,
  temperature: 1,
  tempo: 1,
  quantise: 'none',
  voices: 'poly',
  sampling: 'spread',
  seed: 1,
  model: 'lstm',
  task: startFrom(opening),
};
const generated: GeneratedNote[] = [
  { pitch: 67, stepSeconds: 0.5, durationSeconds: 0.25 },
  { pitch: 50, stepSeconds: 0.5, durationSeconds: 0 },
  { pitch: 72, stepSeconds: 0.5, durationSeconds: 0.5 },
];

const finish = (
  request: Partial<CompositionRequest> = {},
  notes: readonly GeneratedNote[] = generated,
): ReturnType<typeof finishMusic> => finishMusic({ ...plain, ...request }, opening, notes);

describe('finishPiece', () => {
  it('adds the new notes after the given ones; a rest advances time and makes no sound', () => {
    const piece = finish();
    expect(piece.notes.slice(0, 2)).toEqual(given.map((note) => ({ ...note, isGiven: true })));
    expect(piece.notes.map(({ isGiven }) => isGiven)).toEqual([true, true, false, false]);
    expect(piece.notes.map((note) => note.onsetSeconds)).toEqual([0, 1, 1.5, 2.5]);
    expect(piece.notes.map((note) => note.durationSeconds)).toEqual([1, 1, 0.25, 0.5]);
    expect(piece).toMatchObject({
      title: 'Nobody, Nothing',
      namedAfter: true,
      tempoBpm: 120,
      timeSignature: { numerator: 3, denominator: 4 },
      hasBars: false,
    });
  });

  it('gives new notes velocities like those of the given ones', () => {
    expect(finish().notes.map((note) => note.velocity)).toEqual([60, 70, 66, 68]);
  });

  it('divides all seconds by the tempo and multiplies beats a minute by it', () => {
    const fast = finish({ tempo: 2 });
    expect(fast.tempoBpm).toBe(240);
    expect(fast.notes.map((note) => note.onsetSeconds)).toEqual([0, 0.5, 0.75, 1.25]);
    expect(fast.notes.map((note) => note.durationSeconds)).toEqual([0.5, 0.5, 0.125, 0.25]);
  });

  it('counts a very slow beat in halves, so that a file can state it', () => {
    const slow = finishMusic({ ...plain, tempo: 0.1 }, { ...opening, tempoBpm: 20 }, generated);
    expect(slow.tempoBpm).toBe(4);
    expect(slow.notes[1]?.onsetSeconds).toBe(10);
  });

  it('puts the whole piece on the grid', () => {
    const piece = finish({ quantise: 'seed' }, [{ pitch: 67, stepSeconds: 0.4, durationSeconds: 0.7 }]);
    expect(piece.notes.at(-1)).toMatchObject({ onsetSeconds: 1.5, durationSeconds: 0.5 });
    expect(piece.hasBars).toBe(true);
  });

  it('moves the median pitch and the mean velocity to the requested ones', () => {
    const piece = finish({ pitch: 72, velocity: 100 });
    expect(piece.notes.map((note) => note.pitch)).toEqual([68, 72, 75, 80]);
    const velocities = piece.notes.map((note) => note.velocity);
    expect(velocities.reduce((sum, velocity) => sum + velocity) / 4).toBe(100);
  });

  it('writes the requested key, else a clear one, else none', () => {
    expect(finish({ key: parseKey('A minor') }).key).toEqual(parseKey('A minor'));
    expect(finish().key).toEqual(parseKey('C major'));
    expect(
      finish(
        {},
        [66, 61, 70].map((pitch) => ({ pitch, stepSeconds: 1, durationSeconds: 1 })),
      ).key,
    ).toBe(undefined);
  });

  it('counts a given note that was merged with a new one as given', () => {
    const piece = finish({}, [{ pitch: 64, stepSeconds: 0, durationSeconds: 2 }]);
    expect(piece.notes).toMatchObject([given[0]!, { ...given[1], durationSeconds: 2 }]);
    expect(piece.notes.map(({ isGiven }) => isGiven)).toEqual([true, true]);
  });

  it('does not count a given note that was replaced by a new one', () => {
    const piece = finish({ voices: 'mono' }, [{ pitch: 72, stepSeconds: 0.01, durationSeconds: 1 }]);
    expect(piece.notes.map((note) => note.pitch)).toEqual([60, 72]);
    expect(piece.notes.map(({ isGiven }) => isGiven)).toEqual([true, false]);
  });

  it('puts given notes before new ones struck at the same time', () => {
    const piece = finish({}, [{ pitch: 40, stepSeconds: 0, durationSeconds: 1 }]);
    expect(piece.notes.map((note) => note.pitch)).toEqual([60, 64, 40]);
  });

  it.each<Partial<GeneratedNote>>([
    { stepSeconds: NaN },
    { stepSeconds: -0.1 },
    { durationSeconds: Infinity },
    { durationSeconds: -1 },
    { pitch: 128 },
    { pitch: 60.5 },
  ])('refuses to finish what is not a note: %o', (wrong) => {
    expect(() => finish({}, [{ pitch: 60, stepSeconds: 1, durationSeconds: 1, ...wrong }])).toThrow(
      'Not a note',
    );
  });

  it('keeps every guarantee, whatever was requested and composed', () => {
    fc.assert(
      fc.property(anyJob, ({ request, prepared, generated }) => {
        const piece = finishMusic(request, prepared, generated);
        expect(piece.notes[0]!.onsetSeconds).toBe(0);
        const { tracks, ...onTicks } = finishPiece(request, prepared, generated);
        expect(givenCount({ tracks, ...onTicks })).toBeLessThanOrEqual(prepared.notes.length);
        for (const { startTick, lengthTicks } of tracks[0]!.notes) {
          expect(Number.isInteger(startTick) && Number.isInteger(lengthTicks) && lengthTicks > 0).toBe(true);
        }
        const free = new Map<number, number>();
        piece.notes.forEach((note, i) => {
          const { pitch, onsetSeconds, durationSeconds, velocity } = note;
          expect(onsetSeconds).toBeGreaterThanOrEqual(piece.notes[i - 1]?.onsetSeconds ?? 0);
          expect(onsetSeconds).toBeGreaterThanOrEqual((free.get(pitch) ?? 0) - 1e-9);
          free.set(pitch, onsetSeconds + durationSeconds);
          expect(durationSeconds).toBeGreaterThan(0.004);
          expect(Number.isInteger(velocity) && velocity >= 1 && velocity <= 127).toBe(true);
          expect(Number.isInteger(pitch) && pitch >= 0 && pitch <= 127).toBe(true);
        });
      }),
      { numRuns: 300 },
    );
  });
});
