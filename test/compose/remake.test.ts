import { describe, expect, it } from 'vitest';
import { readRecorded, type RecordedPiece } from '../../src/request/recorded-piece.js';
import { readText } from '../../src/request/parse-options.js';
import { givesAnother } from '../../src/compose/remake.js';
import { fakeComposition } from '../bot/fake-composition.js';
import { byRole } from './by-role.js';
import { FakeLibrary } from '../bot/training/fake-library.js';

const recorded = readRecorded(byRole(fakeComposition()).midi.bytes);
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
