import { describe, expect, it } from 'vitest';
import { natsOf } from '../../../src/model/draw.js';
import { SongNetwork, type Heard, type SongState } from '../../../src/model/song/network.js';
import { fields, fieldSizes, rowsOf, type Field } from '../../../src/model/song/vocabulary.js';
import { TransformerKernel } from '../../../src/model/transformer/kernel.js';
import { expected, madeUpModel } from './fixtures.js';

const model = madeUpModel();
const sequence: readonly Heard[] = expected.kind.map((kind, i) => ({
  kind,
  fields: expected.fields[i]!,
  onset: expected.onset[i]!,
  told: expected.plan[i]!,
}));
const opening = sequence.slice(0, expected.start + 1);
const following = sequence[expected.start + 1]!;

function hear(network: SongNetwork, state: SongState, heard: readonly Heard[]): void {
  state.unheard.push(...heard);
  while (state.unheard.length > 0) network.advance();
}

/** The logits of all fields, if the next note is this one. */
function logitsOf(network: SongNetwork, state: SongState, { fields: values, told }: Heard): number[][] {
  const logits: number[][] = [];
  const pick = (field: number, answer: Float32Array): number => {
    logits.push([...answer]);
    return values[field]!;
  };
  network.choose([{ state, chooser: { pick, told: () => told, hasVelocity: true } }]);
  return logits;
}

function largestDifference(a: readonly number[][], b: readonly (readonly number[])[]): number {
  return Math.max(...a.flatMap((values, i) => values.map((value, j) => Math.abs(value - b[i]![j]!))));
}

describe('the network of songs', () => {
  it.each(['base', 'relaxed'] as const)('answers as the PyTorch model does (%s SIMD)', (instructions) => {
    const network = new SongNetwork(model, 1, new TransformerKernel(instructions));
    const state = network.open(expected.tags);
    hear(network, state, opening);
    const logits = logitsOf(network, state, following);
    expect(logits.map((values) => values.length)).toEqual(Object.values(fieldSizes));
    const wanted = fields.map((field) => expected.logits[field]);
    expect(largestDifference(logits, wanted)).toBeLessThan(1e-3);
  });

  it('gives every note of the passage the same loss as the PyTorch model', () => {
    const network = new SongNetwork(model, 1);
    const state = network.open(expected.tags);
    const sums = Object.fromEntries(fields.map((field) => [field, 0])) as Record<Field, number>;
    hear(network, state, opening);
    for (const note of sequence.slice(expected.start + 1)) {
      logitsOf(network, state, note).forEach((logits, i) => {
        const value = note.fields[i]!;
        if (value < logits.length) sums[fields[i]!] += natsOf(value, Float64Array.from(logits));
      });
      hear(network, state, [note]);
    }
    // END has a loss, too.
    const end = 8;
    network.choose([
      {
        state,
        chooser: {
          pick: (field, logits) => {
            if (field === 0) sums.bar += natsOf(end, Float64Array.from(logits));
            return undefined;
          },
          told: () => [],
          hasVelocity: false,
        },
      },
    ]);
    expect(expected.closed).toBe(true);
    for (const field of fields) expect(sums[field]).toBeCloseTo(expected.nats[field], 2);
  });

  it('uses the same rows for tags as the PyTorch model', () => {
    expect(rowsOf(expected.tags).sort((a, b) => a - b)).toEqual(expected.tagPlaces);
  });

  it('computes the same, bit for bit, alone and among others, some of which end earlier', () => {
    const alone = new SongNetwork(model, 1);
    const state = alone.open(expected.tags);
    for (const heard of opening) hear(alone, state, [heard]);
    const wanted = logitsOf(alone, state, following);

    const shared = new SongNetwork(model, 3);
    const [first, same, third] = [shared.open({}), shared.open(expected.tags), shared.open({})];
    first.unheard.push(...sequence.slice(3));
    same.unheard.push(...opening);
    third.unheard.push(sequence[2]!);
    while (first.unheard.length + same.unheard.length > 0) shared.advance();
    const logits: number[][] = [];
    const others = { told: () => following.told, hasVelocity: true };
    shared.choose([
      { state: first, chooser: { ...others, pick: (field) => (field === 0 ? undefined : 0) } },
      {
        state: same,
        chooser: {
          ...others,
          pick: (field, answer) => {
            logits.push([...answer]);
            return following.fields[field]!;
          },
        },
      },
      { state: third, chooser: { ...others, pick: () => 1, hasVelocity: false } },
    ]);
    expect(logits).toEqual(wanted);
  });

  it('forgets a sequence when another begins, and refuses one that is too long', () => {
    const network = new SongNetwork(model, 1);
    const state = network.open(expected.tags);
    hear(network, state, opening);
    const wanted = logitsOf(network, state, following);
    hear(network, state, [following, following]);
    network.begin(state);
    hear(network, state, opening);
    expect(logitsOf(network, state, following)).toEqual(wanted);
    const { context } = model.shape;
    state.unheard.push(...Array.from({ length: context }, () => following));
    expect(() => network.advance()).toThrow(RangeError);
    expect(() => network.open({})).toThrow(RangeError);
    network.close(state);
    expect(network.open({}).heard).toBe(0);
  });
});
