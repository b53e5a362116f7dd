import { describe, expect, it } from 'vitest';
import { memorisation } from '../../../src/evaluation/memorisation.js';
import { Random } from '../../../src/model/random.js';
import { isKnown, knownFigures, noCopy } from '../../../src/model/rules/copies.js';
import { intervalsOf } from '../../../src/music/figure.js';

const random = new Random(3);
/** Pitches like those of a melody: small steps and leaps, so that figures differ. */
function tune(notes: number): Uint8Array {
  return Uint8Array.from({ length: notes }, () => 48 + random.below(25));
}
const pieces = [tune(4000), tune(3000), tune(10)];
const known = knownFigures(pieces);

describe('the figures of the training music', () => {
  it('are all found, in any transposition', () => {
    for (const piece of pieces) {
      const intervals = intervalsOf(piece.map((pitch) => pitch + 7));
      for (let i = 0; i + 15 <= intervals.length; i++) {
        expect(isKnown(intervals.subarray(i, i + 15), known)).toBe(true);
      }
    }
  });

  it('are rarely found in other music', () => {
    const other = intervalsOf(tune(5000));
    const found = Array.from({ length: 4985 }, (_, i) => isKnown(other.subarray(i, i + 15), known));
    expect(found.filter(Boolean).length / found.length).toBeLessThan(1 / 6);
  });

  it('exclude drones', () => {
    const trill = Uint8Array.from({ length: 100 }, (_, i) => 60 + (i % 2));
    expect(isKnown(intervalsOf(trill).subarray(0, 15), knownFigures([trill]))).toBe(false);
  });

  it('take four to eight bits each', () => {
    expect((8 * known.length) / 7000).toBeGreaterThanOrEqual(4);
    expect((8 * known.length) / 7000).toBeLessThan(8);
  });
});

describe('noCopy', () => {
  /** A network that has memorised a piece: it plays its next note, or any other. */
  function played(piece: Uint8Array, notes: number): Uint8Array {
    const rule = noCopy(known, notes);
    const past = [...piece.subarray(0, 10)].map((pitch) => heard(pitch));
    for (let i = 10; i < 400; i++) {
      const logits = new Float64Array(128).fill(-10);
      logits[piece[i]!] = 10;
      rule(logits, { past });
      past.push(heard(logits.indexOf(Math.max(...logits))));
    }
    return Uint8Array.from(past, ({ pitch }) => pitch);
  }
  function heard(pitch: number): { pitch: number } {
    return { pitch };
  }

  it('ends a copy before it reaches that length', () => {
    for (const notes of [20, 48]) {
      const { longest } = memorisation(pieces, [played(pieces[0]!, notes)]);
      expect(longest).toBeLessThan(notes);
      expect(longest).toBeGreaterThan(notes - 4); // false positives can end it slightly early
    }
  });

  it('changes nothing in music that is not a copy', () => {
    const other = tune(400);
    expect(played(other, 48)).toEqual(other);
  });

  it('leaves the last possible pitch', () => {
    const past = [...pieces[0]!.subarray(0, 47)].map((pitch) => heard(pitch));
    const logits = new Float64Array(128).fill(-Infinity);
    logits[pieces[0]![47]!] = 0;
    noCopy(known, 48)(logits, { past });
    expect(logits[pieces[0]![47]!]).toBe(0);
  });
});
