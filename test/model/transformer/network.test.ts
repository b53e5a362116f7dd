import { describe, expect, it } from 'vitest';
import { TransformerKernel } from '../../../src/model/transformer/kernel.js';
import { TransformerNetwork, type RunState } from '../../../src/model/transformer/network.js';
import { rowsOfLeft } from '../../../src/model/transformer/countdown.js';
import type { Tags } from '../../../src/model/transformer/tags.js';
import type { NoteTuple } from '../../../src/model/transformer/tokens.js';
import { fields } from '../../../src/model/transformer/vocabulary.js';
import { expected, madeUpModel } from './fixtures.js';

const { notes, tuples, tags } = expected;
const model = madeUpModel();

/** The logits of all fields, if the next note is this one. */
function logitsOf(network: TransformerNetwork, state: RunState, next: NoteTuple): number[][] {
  const logits: number[][] = [];
  network.choose([state], (field, _, values) => {
    logits.push([...values]);
    return next[field]!;
  });
  return logits;
}

function hear(
  network: TransformerNetwork,
  state: RunState,
  heard: readonly NoteTuple[],
  told: readonly (readonly number[])[] = [],
): void {
  heard.forEach((tuple, i) => state.hear(tuple, told[i]));
  while (state.unheard.length > 0) network.advance();
}

function largestDifference(a: readonly number[][], b: readonly (readonly number[])[]): number {
  return Math.max(...a.flatMap((values, i) => values.map((value, j) => Math.abs(value - b[i]![j]!))));
}

describe('the Transformer', () => {
  it.each(['base', 'relaxed'] as const)('answers as the PyTorch model does (%s SIMD)', (instructions) => {
    const network = new TransformerNetwork(model, 1, new TransformerKernel(instructions));
    const state = network.open(tags);
    hear(network, state, tuples);
    const logits = logitsOf(network, state, tuples[0]!);
    expect(notes).toHaveLength(60);
    expect(logits.map((values) => values.length)).toEqual([16, 128, 128, 32, 256]);
    expect(
      largestDifference(
        logits,
        fields.map((field) => expected.logits[field]!),
      ),
    ).toBeLessThan(1e-3);
  });

  it('computes the same, bit for bit, alone and among others', () => {
    const alone = new TransformerNetwork(model, 1);
    const state = alone.open(tags);
    for (const tuple of tuples.slice(0, 30)) hear(alone, state, [tuple]);

    const shared = new TransformerNetwork(model, 3);
    const [other, same, third] = [shared.open({}), shared.open(tags), shared.open({})];
    for (const tuple of tuples.slice(7)) other.hear(tuple);
    for (const tuple of tuples.slice(0, 30)) same.hear(tuple);
    third.hear(tuples[3]!);
    while (same.unheard.length > 0) shared.advance();
    expect(logitsOf(shared, same, tuples[0]!)).toEqual(logitsOf(alone, state, tuples[0]!));
  });

  it('keeps half a context once it is full, as if nothing came before', () => {
    const network = new TransformerNetwork(model, 2);
    const { context } = model.shape;
    const long = Array.from({ length: context + 1 }, (_, i) => tuples[i % tuples.length]!);
    const rolled = network.open(tags);
    hear(network, rolled, long);
    const fresh = network.open(tags);
    hear(network, fresh, long.slice(context / 2));
    expect(rolled.heard.map(({ tuple }) => tuple)).toEqual(long.slice(context / 2));
    const [a, b] = [rolled, fresh].map((state) => logitsOf(network, state, tuples[0]!));
    expect(largestDifference(a!, b!)).toBeLessThan(1e-5);
  });

  it('uses the remaining length as the PyTorch model does', () => {
    const { notesAfterTheLast, endTicks, rows, logits } = expected.countdown;
    const told = notes.map(({ onsetTicks }, i) =>
      rowsOfLeft(
        { notes: notesAfterTheLast + notes.length - 1 - i, seconds: (endTicks - onsetTicks) / 100 },
        model.vocabulary,
      ),
    );
    // There, rows are numbered from 1, and 0 means not told.
    expect(told).toEqual(rows.map((all) => all.filter((row) => row > 0).map((row) => row - 1)));
    const network = new TransformerNetwork(model, 1);
    const state = network.open({});
    hear(network, state, tuples, told);
    const difference = largestDifference(
      logitsOf(network, state, tuples[0]!),
      fields.map((field) => logits[field]!),
    );
    expect(difference).toBeLessThan(1e-3);
    // It has an effect.
    const untold = new TransformerNetwork(model, 1);
    const plain = untold.open({});
    hear(untold, plain, tuples);
    expect(
      largestDifference(
        logitsOf(untold, plain, tuples[0]!),
        fields.map((field) => logits[field]!),
      ),
    ).toBeGreaterThan(0.01);
  });

  it('reacts to its tags, and more strongly the more they are emphasised', () => {
    const told = (tags: Tags, times?: number): number[] => {
      const network = new TransformerNetwork(model, 1);
      const state = network.open({});
      network.tell(state, tags, times);
      hear(network, state, tuples.slice(0, 5));
      return logitsOf(network, state, tuples[0]!).flat();
    };
    const opened = (tags: Tags): number[] => {
      const network = new TransformerNetwork(model, 1);
      const state = network.open(tags);
      hear(network, state, tuples.slice(0, 5));
      return logitsOf(network, state, tuples[0]!).flat();
    };
    const [plain, once, twice] = [opened({}), told({ loudness: 5 }), told({ loudness: 5 }, 2)];
    expect(once).toEqual(opened({ loudness: 5 }));
    expect(told({ loudness: 5 }, 0)).toEqual(plain);
    expect(largestDifference([plain], [twice])).toBeGreaterThan(largestDifference([plain], [once]));
  });

  it('reacts to tags', () => {
    const network = new TransformerNetwork(model, 2);
    const [plain, told] = [network.open({}), network.open({ loudness: 5 })];
    for (const state of [plain, told]) hear(network, state, tuples.slice(0, 5));
    const [a, b] = [plain, told].map((state) => logitsOf(network, state, tuples[0]!));
    expect(largestDifference(a!, b!)).toBeGreaterThan(0.01);
    expect(() => network.open({})).toThrow(RangeError);
    network.close(plain);
    expect(() => network.open({ loudness: 6 })).toThrow('no tag loudness');
    expect(network.open({}).heard).toEqual([]);
  });
});
