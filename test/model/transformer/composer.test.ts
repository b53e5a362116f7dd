import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelOutputError } from '../../../src/model/piece-composer.js';
import {
  defaultTransformerSettings,
  TransformerComposer,
  type TransformerComposing,
  type TransformerSettings,
} from '../../../src/model/transformer/composer.js';
import { TransformerNetwork } from '../../../src/model/transformer/network.js';
import type { Tags } from '../../../src/model/transformer/tags.js';
import { tagsFor, tagsOfEveryPiece } from '../../../src/model/transformer/wished-tags.js';
import type { Weights } from '../../../src/model/transformer/weights.js';
import { gridStepBeats, type MetricalGrid } from '../../../src/music/edit/quantise.js';
import type { CompositionRequest, Opening } from '../../../src/request/request.js';
import { scalePitchClasses } from '../../../src/music/theory/scale.js';
import { anyRequest } from '../../compose/requests.js';
import { openingOf, request } from '../lstm/fixtures.js';
import { madeUpModel } from './fixtures.js';

const model = madeUpModel();

/** The line of the grid that is nearest to a moment. */
function line(seconds: number, grid: MetricalGrid, { tempoBpm }: Pick<Opening, 'tempoBpm'>): number {
  return Math.floor((seconds * tempoBpm) / 60 / gridStepBeats(grid) + 0.5 + 1e-6);
}

function settings(takes: number): TransformerSettings {
  return { ...defaultTransformerSettings, takes };
}

function compose(changes: Partial<CompositionRequest> = {}, takes = 1): TransformerComposing {
  const composer = new TransformerComposer(model, 1, settings(takes));
  const composing = composer.start(request({ notes: 20, ...changes }));
  while (composer.busy) composer.step();
  return composing;
}

describe('a composition of the Transformer', () => {
  it('follows from its seed', () => {
    const first = compose({ seed: 7 }).generated;
    expect(first).toHaveLength(20);
    expect(compose({ seed: 7 }).generated).toEqual(first);
    expect(compose({ seed: 8 }).generated).not.toEqual(first);
  });

  it('is the same in company', () => {
    const wanted = [
      request({ seed: 1, notes: 20 }),
      request({ seed: 2, notes: 35, voices: 'mono', key: { tonic: 'Eb', scale: 'blues' } }),
      request({ seed: 3, notes: 10, quantise: 'straight', opening: openingOf(3) }),
    ];
    const composer = new TransformerComposer(model, 3, settings(2));
    const together = wanted.map((one) => composer.start(one));
    while (composer.busy) composer.step();
    for (const [i, one] of wanted.entries()) {
      expect(together[i]!.generated).toEqual(compose(one, 2).generated);
    }
  });

  it('is the take that costs most nearly what real music does', () => {
    const { takes, generated } = compose({}, 4);
    const off = takes.map(({ take }) => Math.abs(take.natsPerNote - model.typicalNats));
    expect(new Set(off).size).toBe(4);
    expect(generated).toBe(takes[off.indexOf(Math.min(...off))]!.take.notes);
  });

  it('hears what tags say', () => {
    const composer = new TransformerComposer(model, 2, settings(1));
    const [plain, loud] = [
      composer.start(request({ notes: 20 })),
      composer.start(request({ notes: 20 }), { loudness: 5 }),
    ];
    while (composer.busy) composer.step();
    expect(loud.generated).not.toEqual(plain.generated);
  });

  it('is told what its opening is like, unless something else is wished', () => {
    const soft = openingOf(10);
    const loud = { ...soft, notes: soft.notes.map((note) => ({ ...note, velocity: 120 })) };
    const tagsTold = (opening: Opening, character: number, tags = {}): Float32Array => {
      const composer = new TransformerComposer(model, 1, { ...settings(1), character });
      return composer.start(request({ opening }), tags).takes[0]!.stream.tags;
    };
    expect(tagsTold(soft, 0)).toEqual(tagsTold(loud, 0));
    expect(tagsTold(soft, 1)).not.toEqual(tagsTold(loud, 1));
    expect(tagsTold(soft, 1, { loudness: 5 })).toEqual(tagsTold(loud, 1, { loudness: 5 }));
  });

  it('is told a single wish by its emphasis, and several each by a share of it', () => {
    const { emphasis, keyEmphasis } = defaultTransformerSettings;
    const told = (wanted: Partial<CompositionRequest>): [Float32Array, Float32Array] => {
      const composer = new TransformerComposer(model, 1, { ...settings(1), character: 0 });
      const { tags, lastTags } = composer.start(request(wanted)).takes[0]!.stream;
      return [tags, lastTags];
    };
    const expected = (
      wishes: Tags,
      times: number,
      key: Tags = {},
      keyTimes = 0,
    ): [Float32Array, Float32Array] => {
      const network = new TransformerNetwork(model, 1);
      const { vocabulary } = model;
      const stream = network.open(tagsOfEveryPiece(vocabulary));
      network.tell(stream, wishes, times);
      network.tell(stream, key, keyTimes);
      return [stream.tags, stream.lastTags];
    };
    const expectSame = (...[a, b]: [Float32Array, Float32Array][]): void => {
      for (const i of [0, 1] as const) b![i].forEach((sum, d) => expect(a![i][d]).toBeCloseTo(sum, 4));
    };
    const opening = openingOf(25);
    const density = tagsFor({ wishes: { density: 'dense' } }, opening, model.vocabulary);
    expectSame(told({ wishes: { density: 'dense' } }), expected(density, emphasis));

    const key = { tonic: 'D', scale: 'major' } as const;
    const { key: keyTag, ...none } = tagsFor({ key }, opening, model.vocabulary);
    expect(none).toEqual({});
    expectSame(told({ key }), expected({}, 0, { key: keyTag! }, keyEmphasis));

    const wishes = { density: 'dense', polyphony: 'full', era: 'romantic' } as const;
    const three = tagsFor({ wishes }, opening, model.vocabulary);
    expect(Object.keys(three)).toHaveLength(3);
    expectSame(told({ wishes, key }), expected(three, emphasis / 2, { key: keyTag! }, keyEmphasis / 2));
  });

  it('is bolder at a higher temperature', () => {
    const pitchesAt = (temperature: number): number =>
      new Set(compose({ temperature, notes: 60 }).generated.map(({ pitch }) => pitch)).size;
    expect(pitchesAt(0.1)).toBeLessThan(pitchesAt(2));
  });

  it('ends when it is stopped, and leaves room', () => {
    const composer = new TransformerComposer(model, 1, settings(2));
    const composing = composer.start(request({ notes: 500 }));
    composer.step();
    composer.stop(composing);
    composer.stop(composing);
    expect(composer.busy).toBe(false);
    expect(composer.start(request({ notes: 1 })).done).toBe(false);
  });

  it('goes on for longer than the network looks back', () => {
    const { generated } = compose({ notes: 2 * model.shape.context });
    expect(generated).toHaveLength(2 * model.shape.context);
  });

  it('refuses weights that answer with no numbers', () => {
    const weights: Weights = {
      read: (name, to) => (name === 'chain.2.logits' ? to.fill(NaN) : model.weights.read(name, to)),
    };
    const composer = new TransformerComposer({ ...model, weights }, 1, settings(1));
    composer.start(request({ notes: 1 }));
    expect(() => {
      while (composer.busy) composer.step();
    }).toThrow(ModelOutputError);
  });

  it('obeys every rule', () => {
    fc.assert(
      fc.property(anyRequest, (wanted) => {
        const composer = new TransformerComposer(model, 1, settings(1));
        const composing = composer.start(wanted);
        while (composer.busy) composer.step();
        const { opening, generated } = composing;
        expect(generated).toHaveLength(wanted.notes);
        const belongs = wanted.key && scalePitchClasses(wanted.key);
        let onset = opening.notes.at(-1)!.onsetSeconds;
        const struck = opening.notes.map((note) => ({ pitch: note.pitch, onset: note.onsetSeconds }));
        for (const note of generated) {
          onset += note.stepSeconds;
          expect(note.pitch).toBeGreaterThanOrEqual(21);
          expect(note.pitch).toBeLessThanOrEqual(108);
          expect(belongs?.[note.pitch % 12] ?? true).toBe(true);
          expect(note.stepSeconds).toBeGreaterThanOrEqual(wanted.voices === 'mono' ? 0.1 - 1e-9 : 0);
          expect(note.stepSeconds).toBeLessThan(4.5);
          expect(note.durationSeconds).toBeGreaterThanOrEqual(0.01);
          expect(note.velocity).toBeGreaterThanOrEqual(1);
          expect(note.velocity).toBeLessThanOrEqual(127);
          const together = struck.filter((other) =>
            wanted.quantise === 'none'
              ? onset - other.onset < 0.03 - 1e-9
              : line(onset, wanted.quantise, opening) === line(other.onset, wanted.quantise, opening),
          );
          expect(together.map(({ pitch }) => pitch)).not.toContain(note.pitch);
          struck.push({ pitch: note.pitch, onset });
        }
      }),
      { numRuns: 40 },
    );
  });
});
