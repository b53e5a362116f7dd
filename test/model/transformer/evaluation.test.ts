import { describe, expect, it } from 'vitest';
import { evaluatedModel } from '../../../src/evaluation/load-evaluated-model.js';
import { transformerOf } from '../../../src/model/transformer/model.js';
import { melody } from '../lstm/fixtures.js';
import { madeUpModel } from './fixtures.js';
import { madeUpLibrary } from '../../evaluation/music-fixture.js';

const transformer = madeUpModel();
const facts = { kind: 'transformer', id: 'test@12345678', manifest: undefined } as const;
const model = await evaluatedModel(transformerOf(facts, transformer), {});
const primers = Array.from({ length: 20 }, (_, i) => melody(i + 1, 25));

describe('evaluating the Transformer', () => {
  it('continues every primer by the requested number of notes, reproducibly', async () => {
    const continued = await model.continueAll(primers, { count: 40, seed: 1 });
    expect(continued.map((notes) => notes.length)).toEqual(new Array<number>(20).fill(40));
    expect(await model.continueAll(primers, { count: 40, seed: 1 })).toEqual(continued);
    const other = { count: 40, seed: 1, settings: { pitchTemperature: 0.5 } };
    expect(await model.continueAll(primers, other)).not.toEqual(continued);
  });

  it('states the loss per note on the held-out split, in total and by field', async () => {
    const { columns, rows } = await model.likelihood(madeUpLibrary(4, 60));
    const [all = NaN, ...fields] = rows[0]!.values.map(Number);
    expect(columns).toHaveLength(6);
    expect(fields.reduce((sum, nats) => sum + nats, 0)).toBeCloseTo(all, 6);
    expect(all).toBeGreaterThan(0);
  });

  it('is tested for each value of each tag', async () => {
    const results = await model.followTags!(primers, 1);
    const { gradedTags, tags } = transformer.vocabulary;
    const graded = Object.entries(gradedTags).map(([name, limits]) => ({
      control: name,
      requests: limits.length + 1,
    }));
    const all = [...graded, { control: 'key', requests: tags['key']!.length }];
    expect(results.map(({ control, requests }) => ({ control, requests }))).toEqual(all);
    for (const { correlation = 0 } of results) expect(Math.abs(correlation)).toBeLessThanOrEqual(1);
  });
});
