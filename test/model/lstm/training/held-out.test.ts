import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CorpusFile } from '../../../../src/model/corpus.js';
import { holdOut, neededWindows } from '../../../../src/model/lstm/training/held-out.js';
import { Windows } from '../../../../src/model/lstm/training/windows.js';
import { sequence } from '../fixtures.js';

function pieces(...notes: readonly number[]): CorpusFile[] {
  return notes.map((count, i) => ({ name: `${i}.mid`, sequence: sequence(i, count) }));
}

const windowsOf = (files: readonly CorpusFile[]): number =>
  new Windows(files.map((file) => file.sequence)).count;
const namesOf = (files: readonly CorpusFile[]): string[] => files.map(({ name }) => name);

describe('what is held out', () => {
  it('is a whole piece where there are several', () => {
    const music = pieces(300, 300, 300, 300, 300);
    const { training, validation } = holdOut(music, 7);
    expect(validation).toHaveLength(1);
    expect([...namesOf(training), ...namesOf(validation)].sort()).toEqual(namesOf(music));
  });

  it('is chosen by the seed', () => {
    const music = pieces(...Array.from({ length: 12 }, () => 120));
    const held = (seed: number): string => namesOf(holdOut(music, seed).validation).join();
    expect(held(1)).toBe(held(1));
    expect(new Set([1, 2, 3, 4, 5].map(held)).size).toBeGreaterThan(1);
  });

  it('is the end of the only piece', () => {
    const [piece] = pieces(1000);
    const { training, validation } = holdOut([piece!], 1);
    expect(namesOf(training)).toEqual(['0.mid (beginning)']);
    expect(namesOf(validation)).toEqual(['0.mid (end)']);
    expect(windowsOf(validation)).toBe(98);
    expect([...training[0]!.sequence.pitch, ...validation[0]!.sequence.pitch]).toEqual([
      ...piece!.sequence.pitch,
    ]);
  });

  it('is the end of the longest piece when the others are too short for it', () => {
    const { training, validation } = holdOut(pieces(40, 2000, 20), 1);
    expect(namesOf(training)).toEqual(['0.mid', '1.mid (beginning)']);
    expect(namesOf(validation)).toEqual(['1.mid (end)']);
  });

  it('is refused with the required number', () => {
    expect(() => holdOut(pieces(100, 20), 1)).toThrow(
      expect.objectContaining({
        code: 'training.too-little-music',
        details: { windows: 75, needed: 400, windowNotes: 25 },
      }),
    );
    expect(() => holdOut([], 1)).toThrow('"windows":0');
    expect(() => holdOut(pieces(25 + neededWindows - 1), 1)).toThrow('"windows":399');
    expect(() => holdOut(pieces(25 + neededWindows), 1)).not.toThrow();
  });

  it('is enough for a comparison, and leaves most for training, whatever the pieces', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(lengths, fc.nat(), (notes, seed) => {
        const music = pieces(...notes);
        const total = windowsOf(music);
        fc.pre(total >= neededWindows);
        const { training, validation } = holdOut(music, seed);
        const [trained, held] = [windowsOf(training), windowsOf(validation)];
        expect(held).toBeGreaterThanOrEqual(64);
        expect(held).toBeLessThanOrEqual(total / 2);
        // Only where a piece is split, the windows across the split are on neither side.
        const cut = namesOf(validation)[0]!.endsWith('(end)') ? 25 : 0;
        expect(trained + held).toBe(total - cut);
      }),
      { numRuns: 60 },
    );
  });
});
