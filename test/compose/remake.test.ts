import { describe, expect, it } from 'vitest';
import { readRecorded, type RecordedPiece } from '../../src/request/recorded-piece.js';
import type { RawOptions } from '../../src/request/options.js';
import { parseOptions, readText } from '../../src/request/parse-options.js';
import type { CompositionRequest, Opening } from '../../src/request/request.js';
import { outputOf } from '../../src/compose/composition.js';
import { againOptions, givesAnother, takesOf } from '../../src/compose/remake.js';
import { musicOf, startFrom } from './tasks.js';
import { fakeComposition } from '../bot/fake-composition.js';
import { FakeLibrary } from '../bot/training/fake-library.js';

const recorded = readRecorded(outputOf(fakeComposition(), 'midi').bytes);
const { request } = recorded;
const text = readText('sad slow zyzzyva', 200)!;

describe('an earlier command', () => {
  it.each<[gives: string, piece: RecordedPiece, isAnother: boolean]>([
    ['the same piece', recorded, false],
    ['the same piece for the same words', { ...recorded, request: { ...request, text } }, false],
    ['another under other rules', { ...recorded, rules: recorded.rules + 1 }, true],
    ['another with other weights', { ...recorded, weights: 'lstm@00000000' }, true],
    ['none without the model', { ...recorded, request: { ...request, model: 'gone' } }, true],
    [
      'another when its words mean something else now',
      {
        ...recorded,
        request: { ...request, text: { ...text, words: ['sad'], ignored: ['slow', 'zyzzyva'] } },
      },
      true,
    ],
  ])('gives %s', async (_, piece, isAnother) => {
    expect(await givesAnother(new FakeLibrary(), piece)).toBe(isAnother);
  });
});

const opening: Opening = {
  title: 'A prelude',
  notes: [{ pitch: 60, onsetSeconds: 0, durationSeconds: 1, velocity: 64 }],
  tempoBpm: 120,
  timeSignature: { numerator: 4, denominator: 4 },
};

describe('the same request under another seed', () => {
  it('keeps everything that was asked for', () => {
    const { seed, ...asked } = {
      ...{ notes: 20, temp: 0.7, tempo: 1, quantise: 'none', voices: 'poly', seed: 5, model: 'transformer' },
      ...{ mood: 'sad,calm', density: 'sparse', polyphony: 'thin', composer: 'chopin', era: 'romantic' },
      ...{ text: 'slow zyzzyva in d minor', opening: 'bach-prelude' },
    };
    const { settings } = parseOptions({ ...asked, seed }, 1);
    const again = againOptions({
      ...settings,
      task: startFrom({ ...opening, name: 'bach-prelude' }, 'seed'),
    });
    expect(again).toEqual(asked);
  });
});

describe('takes', () => {
  it('begin with one opening, under a seed each', () => {
    const made: RawOptions[] = [];
    const openings = ['bach-prelude', 'beethoven-elise', 'satie-gymnopedie'];
    const make = (options: RawOptions): CompositionRequest => {
      made.push(options);
      const { settings, openingName } = parseOptions(options, 1);
      const name = openingName ?? openings[settings.seed % openings.length]!;
      return { ...settings, task: startFrom({ ...opening, name }, 'seed') };
    };
    const takes = takesOf(3, { notes: 20 }, make);
    expect(takes.map(({ seed }) => seed)).toEqual([1, 2, 3]);
    expect(takes.map(({ task }) => musicOf(task).name)).toEqual(takes.map(() => 'beethoven-elise'));
    expect(made.map(({ notes }) => notes)).toEqual([20, 20, 20]);
  });
});
