import { describe, expect, it } from 'vitest';
import { evaluatedModel } from '../../../src/evaluation/load-evaluated-model.js';
import { measureBaselines } from '../../../src/model/lstm/training/baselines.js';
import { KernelTrainer } from '../../../src/model/lstm/kernel/trainer.js';
import { LstmModel } from '../../../src/model/lstm/model.js';
import { evaluate } from '../../../src/model/lstm/training/training.js';
import { Windows } from '../../../src/model/lstm/training/windows.js';
import { lossWeights } from '../../../src/model/lstm/architecture.js';
import { meanVelocity } from '../../../src/music/edit/velocity.js';
import { melody, tiled, withBiases } from './fixtures.js';
import { madeUpLibrary } from '../../evaluation/music-fixture.js';

const parameters = tiled(21);
const facts = { kind: 'lstm', id: 'test@12345678', manifest: undefined } as const;
const model = await evaluatedModel(new LstmModel(facts, parameters, {}), { sampling: 'spread' });
const primers = Array.from({ length: 20 }, (_, i) =>
  melody(i + 1, 25).map((note) => ({ ...note, velocity: 40 + i })),
);

describe('evaluating the LSTM', () => {
  it('continues every primer by the requested number of sounding notes, also for more primers than fit in a batch', async () => {
    const counts: number[] = [];
    const continued = await model.continueAll(primers, {
      count: 40,
      seed: 1,
      onProgress: (notes) => counts.push(notes),
    });
    expect(continued.map((notes) => notes.length)).toEqual(new Array<number>(20).fill(40));
    expect(counts).toEqual(Array.from({ length: 20 }, (_, i) => 40 * (i + 1)));
    continued.forEach((notes, i) => {
      expect(notes[0]!.onsetSeconds).toBeGreaterThanOrEqual(
        primers[i]!.at(-1)!.onsetSeconds - primers[i]![0]!.onsetSeconds - 1e-9,
      );
      expect(notes.every((note) => note.durationSeconds > 0)).toBe(true);
      // As loud as the primer, except that higher notes are louder.
      expect(Math.abs(meanVelocity(notes) - (40 + i))).toBeLessThan(15);
    });
  });

  it('follows from the seed, and from the settings', async () => {
    const lively = primers
      .slice(0, 2)
      .map((notes) => notes.map((note, i) => ({ ...note, velocity: 60 + 5 * (i % 4) })));
    const play = (seed: number, settings = {}) => model.continueAll(lively, { count: 20, seed, settings });
    const first = await play(1);
    expect(await play(1)).toEqual(first);
    expect(await play(2)).not.toEqual(first);
    for (const name of Object.keys(model.settings)) {
      expect(await play(1, { [name]: model.settings[name]! * 0.5 }), name).not.toEqual(first);
      expect(await play(1, { [name]: model.settings[name]! }), name).toEqual(first);
    }
  });

  it('continues past rests', async () => {
    const restful = withBiases(parameters, { duration: -5, headWeights: 0, step: 0.2 });
    const source = await evaluatedModel(new LstmModel(facts, restful, {}), { sampling: 'source' });
    const [notes] = await source.continueAll([primers[0]!], { count: 30, seed: 1 });
    expect(notes).toHaveLength(30); // one in nine sounds
  });

  it('compares its losses with the baselines, over the same notes', async () => {
    const library = madeUpLibrary(2, 120);
    const sequences = (part: 'training' | 'validation') =>
      library.corpus[part].map(({ sequence }) => sequence);
    const seen: number[] = [];
    const { columns, rows } = await model.likelihood(library, (done) => seen.push(done));
    const losses = evaluate(new KernelTrainer(parameters), new Windows(sequences('validation')));
    const baselines = measureBaselines(sequences('training'), sequences('validation'));
    expect(columns).toHaveLength(4);
    const [own, constant, bigram] = rows.map(({ values }) => values);
    const weighted = lossWeights.pitch * losses.pitch + losses.step + losses.duration;
    [weighted, losses.pitch, losses.step, losses.duration].forEach((value, i) =>
      expect(own![i]).toBeCloseTo(value, 5),
    );
    expect(constant!.slice(1)).toEqual([
      baselines.pitchUnigram,
      baselines.stepConstant,
      baselines.durationConstant,
    ]);
    expect(bigram).toEqual([undefined, baselines.pitchBigram, undefined, undefined]);
    expect(seen).toEqual([95, 190]);
  });
});
