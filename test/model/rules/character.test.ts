import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Missing } from '../../../src/model/rules/ahead.js';
import { leanToDensity, leanToLoudness, leanToPolyphony } from '../../../src/model/rules/character.js';
import type { Rule } from '../../../src/model/rules/rule.js';

const leastSeconds = [0, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 2];
const nothing: Missing = { density: 0, polyphony: 0, loudness: 0 };
const someLogits = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 10, maxLength: 10 });

function leaning(rule: Rule, logits: readonly number[], missing?: Partial<Missing>): number[] {
  const values = Float64Array.from(logits);
  rule(values, {
    past: [],
    onsetSeconds: 0,
    ...(missing && { ahead: { missing: { ...nothing, ...missing } } }),
  });
  return [...values];
}

const probabilities = (logits: readonly number[]): number[] => {
  const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
  return logits.map((logit) => Math.exp(logit) / total);
};
const meanOf = (values: readonly number[], logits: readonly number[]): number =>
  probabilities(logits).reduce((sum, share, i) => sum + share * values[i]!, 0);

const velocities = leastSeconds.map((_, bin) => 4 * bin);
const rules = [
  { name: 'density', rule: leanToDensity(leastSeconds, 5), values: leastSeconds, sign: -1 },
  { name: 'polyphony', rule: leanToPolyphony(leastSeconds, 4), values: leastSeconds, sign: 1 },
  { name: 'loudness', rule: leanToLoudness(4, 0.02), values: velocities, sign: 1 },
] as const;

describe.each(rules)('leaning to a $name', ({ name, rule, values, sign }) => {
  it('changes nothing where nothing is planned or missing', () => {
    fc.assert(
      fc.property(someLogits, (logits) => {
        expect(leaning(rule, logits)).toEqual(logits);
        const same = leaning(rule, logits, {});
        for (const [i, logit] of logits.entries()) expect(same[i]).toBeCloseTo(logit, 9);
      }),
    );
  });

  it('moves the mean, the more the more is missing, and back if there is too much', () => {
    fc.assert(
      fc.property(someLogits, fc.double({ min: 0.05, max: 0.5, noNaN: true }), (logits, missing) => {
        const means = [-2 * missing, -missing, 0, missing, 2 * missing].map((amount) =>
          meanOf(values, leaning(rule, logits, { [name]: amount })),
        );
        for (let i = 1; i < means.length; i++)
          expect(sign * (means[i]! - means[i - 1]!)).toBeGreaterThanOrEqual(-1e-9);
        expect(sign * (means.at(-1)! - means[0]!)).toBeGreaterThan(0);
      }),
    );
  });

  it('does not look at what else is missing', () => {
    const others = { density: 1, polyphony: 1, loudness: 20, [name]: 0 };
    for (const value of leaning(rule, leastSeconds, others).map((logit, i) => logit - leastSeconds[i]!))
      expect(value).toBeCloseTo(0, 9);
  });
});

describe('leaning to a density', () => {
  const rule = leanToDensity(leastSeconds, 5);
  const chords = (logits: readonly number[]): number =>
    probabilities(logits)
      .slice(0, 3)
      .reduce((sum, share) => sum + share, 0);

  it('keeps chords as likely as they are', () => {
    fc.assert(
      fc.property(someLogits, fc.double({ min: -2, max: 2, noNaN: true }), (logits, density) => {
        expect(chords(leaning(rule, logits, { density }))).toBeCloseTo(chords(logits), 9);
      }),
    );
  });

  it('leaves forbidden values forbidden, also if only chords are possible', () => {
    const onlyChords = leastSeconds.map((seconds) => (seconds < 0.03 ? 0 : -Infinity));
    expect(leaning(rule, onlyChords, { density: 1 })).toEqual(onlyChords);
    const noLong = leastSeconds.map((seconds) => (seconds > 0.5 ? -Infinity : 0));
    expect(leaning(rule, noLong, { density: -1 }).slice(-2)).toEqual([-Infinity, -Infinity]);
  });
});
