import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelOutputError, mostUnread, type ComposedNotes } from '../../../src/model/composer.js';
import type { Measures } from '../../../src/model/characters-file.js';
import type { GeneratedNote } from '../../../src/model/generated.js';
import { TransformerComposer } from '../../../src/model/transformer/composer.js';
import {
  defaultTransformerSettings,
  type TransformerSettings,
} from '../../../src/model/transformer/sampling.js';
import { TransformerNetwork } from '../../../src/model/transformer/network.js';
import type { Tags } from '../../../src/model/transformer/tags.js';
import { tagsFor, tagsOfEveryPiece } from '../../../src/model/transformer/wished-tags.js';
import type { Weights } from '../../../src/model/transformer/layers.js';
import { gridStepBeats, type MetricalGrid } from '../../../src/music/edit/quantise.js';
import type { CompositionRequest, Opening } from '../../../src/request/request.js';
import { scalePitchClasses } from '../../../src/music/theory/scale.js';
import { finishMusic } from '../../../src/compose/finish.js';
import { endOf } from '../../../src/music/note.js';
import { anyRequest } from '../../compose/requests.js';
import { collect } from '../collect.js';
import { openingOf, request } from '../lstm/fixtures.js';
import { madeUpModel } from './fixtures.js';
import { startFrom } from '../../compose/tasks.js';

const model = madeUpModel();

/** The grid line nearest to a time. */
function line(seconds: number, grid: MetricalGrid, { tempoBpm }: Pick<Opening, 'tempoBpm'>): number {
  return Math.floor((seconds * tempoBpm) / 60 / gridStepBeats(grid) + 0.5 + 1e-6);
}

function settings(candidates: number): TransformerSettings {
  return { ...defaultTransformerSettings, candidates };
}

function compose(changes: Partial<CompositionRequest> = {}, candidates = 1): ComposedNotes {
  const composer = new TransformerComposer(model, 1, settings(candidates));
  const [composed] = collect(composer, [composer.open(request({ notes: 20, ...changes }))]);
  expect(composer.busy).toBe(false);
  return composed!;
}

describe('a composition of the Transformer', () => {
  it('follows from its seed', () => {
    const first = compose({ seed: 7 }).generated;
    expect(first).toHaveLength(20);
    expect(compose({ seed: 7 }).generated).toEqual(first);
    expect(compose({ seed: 8 }).generated).not.toEqual(first);
  });

  it('is the same alongside others', () => {
    const wanted = [
      request({ seed: 1, notes: 20 }),
      request({ seed: 2, notes: 35, voices: 'mono', key: { tonic: 'Eb', scale: 'blues' } }),
      request({ seed: 3, notes: 10, quantise: 'straight', task: startFrom(openingOf(3)) }),
    ];
    const composer = new TransformerComposer(model, 3, settings(2));
    const together = collect(
      composer,
      wanted.map((one) => composer.open(one)),
    );
    for (const [i, one] of wanted.entries()) {
      expect(together[i]!.generated).toEqual(compose(one, 2).generated);
    }
  });

  it('is the candidate whose loss is closest to real music’s, once all have ended', () => {
    const composer = new TransformerComposer(model, 1, settings(4));
    const stream = composer.open(request({ notes: 3 * mostUnread }));
    while (!stream.ended) {
      expect(stream.read()).toEqual([]);
      composer.step();
    }
    const candidates = stream.attempts.map(({ candidate }) => candidate);
    const off = candidates.map(({ natsPerNote }) => Math.abs(natsPerNote - model.typicalNats));
    expect(new Set(off).size).toBe(4);
    expect(stream.read()).toHaveLength(3 * mostUnread);
    expect(candidates.map(({ unread }) => unread === 0)).toEqual(
      off.map((each) => each === Math.min(...off)),
    );
  });

  it('waits for its reader, without affecting itself or others', () => {
    const composer = new TransformerComposer(model, 2, settings(1));
    // In a finite piece, the latest 64 notes can still change.
    const unread = composer.open(request({ seed: 5, notes: 5 * mostUnread }));
    const other = composer.open(request({ seed: 6, notes: 6 * mostUnread }));
    const [{ generated }] = collect(composer, [other]) as [ComposedNotes];
    expect(generated).toEqual(compose({ seed: 6, notes: 6 * mostUnread }).generated);
    expect([unread.progress, unread.ended]).toEqual([3 * mostUnread, false]);
    const [late] = collect(composer, [unread]) as [ComposedNotes];
    expect(late.generated).toEqual(compose({ seed: 5, notes: 5 * mostUnread }).generated);
  });

  it('can continue forever, however it is read, with a single candidate', () => {
    const listen = (steps: number): readonly GeneratedNote[] => {
      const composer = new TransformerComposer(model, 1, settings(2));
      const stream = composer.open(request({ notes: Infinity }));
      const heard: GeneratedNote[] = [];
      while (heard.length < 600) {
        for (let i = 0; i < steps; i++) composer.step();
        heard.push(...stream.read());
      }
      composer.close(stream);
      return heard.slice(0, 600);
    };
    expect(listen(1)).toEqual(listen(7));
  });

  it.each([
    [20, 1],
    [45, 0.5],
    [12, 2],
  ])('ends after %i s at %f times its speed, on its tonic', (length, tempo) => {
    const { notes: _, ...asked } = request({ key: { tonic: 'D', scale: 'major' } });
    const composer = new TransformerComposer(model, 1, settings(1));
    const wanted = { ...asked, length, tempo };
    const [{ opening, generated }] = collect(composer, [composer.open(wanted)]) as [ComposedNotes];
    const { notes } = finishMusic(wanted, opening, generated);
    expect(Math.abs(endOf(notes) / length - 1)).toBeLessThan(0.1);
    const last = notes.at(-1)!;
    const sounding = notes.filter(
      ({ onsetSeconds, durationSeconds }) => onsetSeconds + durationSeconds > last.onsetSeconds + 0.001,
    );
    expect(Math.min(...sounding.map(({ pitch }) => pitch)) % 12).toBe(2);
    expect(sounding.every(({ pitch }) => [2, 6, 9].includes(pitch % 12))).toBe(true);
  });

  it('follows the tags', () => {
    const composer = new TransformerComposer(model, 2, settings(1));
    const [plain, loud] = collect(composer, [
      composer.open(request({ notes: 20 })),
      composer.open(request({ notes: 20 }), { loudness: 5 }),
    ]);
    expect(loud!.generated).not.toEqual(plain!.generated);
  });

  it('is told the opening’s character, unless another is requested', () => {
    const soft = openingOf(10);
    const loud = { ...soft, notes: soft.notes.map((note) => ({ ...note, velocity: 120 })) };
    const tagsTold = (opening: Opening, character: number, tags = {}): Float32Array => {
      const composer = new TransformerComposer(model, 1, { ...settings(1), character });
      return composer.open(request({ task: startFrom(opening) }), tags).attempts[0]!.state.tags;
    };
    expect(tagsTold(soft, 0)).toEqual(tagsTold(loud, 0));
    expect(tagsTold(soft, 1)).not.toEqual(tagsTold(loud, 1));
    expect(tagsTold(soft, 1, { loudness: 5 })).toEqual(tagsTold(loud, 1, { loudness: 5 }));
  });

  it('emphasises a single wish, and shares the emphasis among several', () => {
    const { emphasis, keyEmphasis, nameEmphasis } = defaultTransformerSettings;
    const told = (wanted: Partial<CompositionRequest>): [Float32Array, Float32Array] => {
      const composer = new TransformerComposer(model, 1, { ...settings(1), character: 0 });
      const { tags, lastTags } = composer.open(request(wanted)).attempts[0]!.state;
      return [tags, lastTags];
    };
    const expected = (
      wishes: Tags,
      times: number,
      key: Tags = {},
      keyTimes = 0,
      names: Tags = {},
    ): [Float32Array, Float32Array] => {
      const network = new TransformerNetwork(model, 1);
      const { vocabulary } = model;
      const state = network.open(tagsOfEveryPiece(vocabulary));
      network.tell(state, wishes, times);
      network.tell(state, key, keyTimes);
      network.tell(state, names, nameEmphasis);
      return [state.tags, state.lastTags];
    };
    const expectSame = (...[a, b]: [Float32Array, Float32Array][]): void => {
      for (const i of [0, 1] as const) b![i].forEach((sum, d) => expect(a![i][d]).toBeCloseTo(sum, 4));
    };
    const opening = openingOf(25);
    const density = tagsFor({ density: 'dense' }, opening, model.vocabulary);
    expectSame(told({ density: 'dense' }), expected(density, emphasis));

    const key = { tonic: 'D', scale: 'major' } as const;
    const { key: keyTag, ...none } = tagsFor({ key }, opening, model.vocabulary);
    expect(none).toEqual({});
    expectSame(told({ key }), expected({}, 0, { key: keyTag! }, keyEmphasis));

    const wishes = { density: 'dense', polyphony: 'full', era: 'romantic' } as const;
    // A name is not emphasised, whatever else is requested.
    const { era, ...two } = tagsFor(wishes, opening, model.vocabulary);
    expect(Object.keys(two)).toHaveLength(2);
    const share = 1 / Math.sqrt(3);
    expectSame(
      told({ ...wishes, key }),
      expected(two, share * emphasis, { key: keyTag! }, share * keyEmphasis, { era: era! }),
    );
  });

  it('approaches the character of an excerpt by the requested composer', () => {
    const grades = { tempo: 3, density: 4, loudness: 2, dynamics: 1, register: 2, polyphony: 2 };
    const composedLike = (measures: Measures): Measures => {
      const characters = new Map([['Wolfgang Amadeus Mozart', [{ grades, measures }]]]);
      const composer = new TransformerComposer({ ...model, characters }, 1);
      const task = startFrom(openingOf(25), 'seed');
      const [made] = collect(composer, [composer.open(request({ notes: 200, task, composer: 'mozart' }))]);
      const notes = made!.generated as readonly Required<GeneratedNote>[];
      const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
      const seconds = sum(notes.map(({ stepSeconds }) => stepSeconds));
      return {
        density: notes.length / seconds,
        polyphony: sum(notes.map(({ durationSeconds }) => durationSeconds)) / seconds,
        loudness: sum(notes.map(({ velocity }) => velocity)) / notes.length,
      };
    };
    const middle = { density: 3, polyphony: 4, loudness: 64 };
    const far = { density: 8, polyphony: 12, loudness: 90 };
    const own = composedLike(middle);
    for (const name of ['density', 'polyphony', 'loudness'] as const)
      expect(composedLike({ ...middle, [name]: far[name] })[name], name).toBeGreaterThan(1.2 * own[name]);
  });

  it('is bolder at a higher temperature', () => {
    const pitchesAt = (temperature: number): number =>
      new Set(compose({ temperature, notes: 60 }).generated.map(({ pitch }) => pitch)).size;
    expect(pitchesAt(0.1)).toBeLessThan(pitchesAt(2));
  });

  it('ends when it is stopped, and frees its slot', () => {
    const composer = new TransformerComposer(model, 1, settings(2));
    const stream = composer.open(request({ notes: 500 }));
    composer.step();
    composer.close(stream);
    composer.close(stream);
    expect(composer.busy).toBe(false);
    expect(composer.open(request({ notes: 1 })).ended).toBe(false);
  });

  it('continues beyond the network’s context', () => {
    const { generated } = compose({ notes: 2 * model.shape.context });
    expect(generated).toHaveLength(2 * model.shape.context);
  });

  it('refuses weights whose output is not finite', () => {
    const weights: Weights = {
      read: (name, to) => (name === 'chain.2.logits' ? to.fill(NaN) : model.weights.read(name, to)),
    };
    const composer = new TransformerComposer({ ...model, weights }, 1, settings(1));
    const stream = composer.open(request({ notes: 1 }));
    expect(() => collect(composer, [stream])).toThrow(ModelOutputError);
  });

  it('obeys every rule', () => {
    fc.assert(
      fc.property(anyRequest, (wanted) => {
        const composer = new TransformerComposer(model, 1, settings(1));
        const [{ opening, generated }] = collect(composer, [composer.open(wanted)]) as [ComposedNotes];
        expect(generated).toHaveLength(wanted.notes!);
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
