import { describe, expect, it } from 'vitest';
import { songTask } from '../../../src/compose/song.js';
import { memorisation } from '../../../src/evaluation/memorisation.js';
import { evaluateStyle } from '../../../src/evaluation/song/evaluate-style.js';
import { styleBars, stylesReport } from '../../../src/evaluation/song/song-report.js';
import { commissionOf } from '../../../src/model/song/requests.js';
import { bySongOrder } from '../../../src/plan/song-plan.js';
import type { CompositionRequest, SongTask } from '../../../src/request/request.js';
import { parseOptions } from '../../../src/request/parse-options.js';
import { madeUpModel } from '../../model/song/fixtures.js';

function request(seed: number): CompositionRequest & { readonly task: SongTask } {
  const { settings } = parseOptions({ genre: 'waltz', bars: '24', model: 'song' }, seed, []);
  return { ...settings, task: songTask(settings) };
}

describe('the evaluation of a style that people request', () => {
  const requests = [1, 2, 3, 4].map(request);

  it('compares each melody with its own parts and those of another, and checks every promise', () => {
    let done = 0;
    const evaluation = evaluateStyle(madeUpModel(), 'waltz', requests, [], (count) => (done = count));
    expect([done, evaluation.pieces, evaluation.kept, evaluation.copies]).toEqual([4, 4, 4, undefined]);
    const fit = styleBars(evaluation).find(({ name }) => name === 'melodyAboveSwapped')!;
    const { composed, swapped } = evaluation.rows;
    expect(fit.value).toBeCloseTo(composed.melodyOnChords!.mean - swapped.melodyOnChords!.mean, 9);
    expect(stylesReport([evaluation], 'song@12345678')).toMatch(/^\| waltz \| 0\.\d+ .*\| 4 \/ 4 \| /m);
  });

  it('finds a copy, and says what is not met', () => {
    const tune = Uint8Array.from({ length: 200 }, (_, i) => 60 + ((i * i) % 11));
    const evaluation = evaluateStyle(madeUpModel(), 'waltz', requests.slice(0, 2), [tune]);
    expect(evaluation.copies!.longest).toBe(0);
    const copied = { ...evaluation, kept: 1, copies: { ...evaluation.copies!, longest: 50 } };
    expect(styleBars(copied).map(({ name, holds }) => (holds ? undefined : name))).toEqual(
      expect.arrayContaining(['kept', 'longestCopy']),
    );
    expect(stylesReport([copied], 'song@12345678')).toContain('promises kept, longest copy, notes |');
  });

  it('looks for copies only in parts that are composed, not in those played from patterns', () => {
    const [{ task, seed, temperature }] = requests as [(typeof requests)[0]];
    const { given } = commissionOf(task, seed, temperature);
    const piano = given.filter(({ part }) => task.plan.parts[part]!.role === 'harmony');
    const pattern = Uint8Array.from(piano.sort(bySongOrder), ({ pitch }) => pitch);
    expect(memorisation([pattern], [pattern]).longest).toBeGreaterThan(16);
    const { copies } = evaluateStyle(madeUpModel(), 'waltz', requests.slice(0, 1), [pattern]);
    expect(copies!.longest).toBe(0);
  });
});
