import { describe, expect, it } from 'vitest';
import { windowLength, type Parameters } from '../../../src/model/lstm/architecture.js';
import { Random } from '../../../src/model/random.js';
import { SlidingNetwork, type HeardNote, type RunState } from '../../../src/model/lstm/sliding-network.js';
import { kerasLike, tiled } from './fixtures.js';
import { forward, toWeights } from './oracle.js';
import { PlainNetwork } from './plain-network.js';

function notes(seed: number, count: number): HeardNote[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => ({
    pitch: random.below(128),
    stepSeconds: random.uniform(),
    durationSeconds: 2 * random.uniform(),
  }));
}

const outputs = ({ logits, stepSeconds, durationSeconds }: RunState): Float32Array =>
  Float32Array.from([...logits, stepSeconds, durationSeconds]);

/** Plays each list from its own start; closes a state when its list ends. */
function play(
  parameters: Parameters,
  pieces: readonly { readonly from: number; readonly notes: readonly HeardNote[] }[],
  waits: (piece: number, now: number) => boolean = () => false,
): Float32Array[][] {
  const network = new SlidingNetwork(parameters, pieces.length);
  const heard: Float32Array[][] = pieces.map(() => []);
  const states = new Map<RunState, number>();
  for (let now = 0; states.size > 0 || pieces.some(({ from }) => from >= now); now++) {
    pieces.forEach(({ from }, i) => {
      if (from === now) states.set(network.open(), i);
    });
    network.advance((state) => {
      const piece = states.get(state)!;
      return waits(piece, now) ? undefined : pieces[piece]!.notes[state.heard]!;
    });
    for (const [state, piece] of states) {
      if (waits(piece, now)) continue;
      heard[piece]!.push(outputs(state));
      if (state.heard === pieces[piece]!.notes.length) {
        states.delete(state);
        network.close(state);
      }
    }
  }
  return heard;
}

const pieces = [
  { from: 0, notes: notes(1, 60) },
  { from: 3, notes: notes(2, 35) },
  { from: 10, notes: notes(3, 70) },
  { from: 40, notes: notes(4, 40) }, // takes the row that the second has freed
  { from: 85, notes: notes(5, 30) },
];

describe('the sliding network', () => {
  it.each([
    ['Keras-like weights', kerasLike(11)],
    ['tiled weights', tiled(12)],
  ])('gives the same bits as every window on its own: %s', (_, parameters) => {
    const plain = new PlainNetwork(parameters);
    play(parameters, pieces).forEach((answers, piece) => {
      const heard = pieces[piece]!.notes;
      expect(answers).toHaveLength(heard.length);
      for (let end = windowLength; end <= heard.length; end++) {
        expect(answers[end - 1]).toEqual(plain.answer(heard.slice(end - windowLength, end)));
      }
    });
  });

  it('computes each piece as if it were alone', () => {
    const parameters = tiled(13);
    const together = play(parameters, pieces);
    pieces.forEach((piece, i) => {
      expect(play(parameters, [{ ...piece, from: 0 }])[0]).toEqual(together[i]);
    });
  });

  it('computes each piece as if it were alone while others wait', () => {
    const parameters = tiled(13);
    const waits = (piece: number, now: number): boolean => Math.floor(now / (piece + 2)) % 3 === piece % 3;
    const together = play(parameters, pieces, waits);
    pieces.forEach((piece, i) => {
      expect(play(parameters, [{ ...piece, from: 0 }])[0]).toEqual(together[i]);
    });
  });

  it('agrees with the oracle', () => {
    for (const parameters of [kerasLike(14), tiled(15)]) {
      const heard = notes(6, 40);
      const weights = toWeights(parameters);
      const answers = play(parameters, [{ from: 0, notes: heard }])[0]!;
      for (const end of [25, 26, 33, 40]) {
        const window = heard.slice(end - windowLength, end);
        const { logits, step, duration } = forward(
          weights,
          window.flatMap((note) => [note.pitch / 128, note.stepSeconds, note.durationSeconds]),
        );
        [...logits, step, duration].forEach((expected, i) => {
          expect(Math.abs(answers[end - 1]![i]! - expected)).toBeLessThan(1e-5);
        });
      }
    }
  });

  it('opens no more pieces than fit', () => {
    const network = new SlidingNetwork(kerasLike(1), 2);
    const [first] = [network.open(), network.open()];
    expect(() => network.open()).toThrow(RangeError);
    network.close(first);
    expect(network.open().row).toBe(1);
    expect(() => network.open()).toThrow(RangeError);
  });
});
