import { sum } from '../../music/numbers.js';
import { toneRatings } from '../../music/theory/key-estimate.js';
import { scalePitchClasses } from '../../music/theory/scale.js';
import { tonics, type Key } from '../../music/theory/key.js';
import type { Moment } from './moment.js';
import type { Rule } from './rule.js';

/** Allows only the 88 keys of a piano, A0 to C8. */
export const onThePiano: Rule = (logits) => {
  logits.fill(-Infinity, 0, 21);
  logits.fill(-Infinity, 109);
};

/**
 * Allows only pitches of a scale.
 * @param mayRaise also allows the raised sixth and seventh in natural minor
 */
export function inScale(key: Key, mayRaise = false): Rule {
  const belongs = [...scalePitchClasses(key)];
  if (mayRaise && key.scale === 'natural-minor') {
    for (const degree of [9, 11]) belongs[(tonics.indexOf(key.tonic) + degree) % 12] = true;
  }
  return (logits) => {
    for (let pitch = 0; pitch < logits.length; pitch++) {
      if (!belongs[pitch % 12]) logits[pitch] = -Infinity;
    }
  };
}

/** A key that was just struck cannot be struck again in the same moment. */
export function noRestrike(moment: Moment): Rule {
  return (logits, { past, onsetSeconds }) => {
    for (let i = past.length - 1; i >= 0; i--) {
      const { pitch, onsetSeconds: earlier } = past[i]!;
      if (!moment(earlier, onsetSeconds)) return;
      logits[pitch] = -Infinity;
    }
  };
}

/** Number of notes that {@link pitchClassCache} uses; the network's own context is 25 notes. */
const recalledNotes = 128;

/** Smoothing: the assumed share of a pitch class that was not played recently. */
const unheardShare = 0.02;

/**
 * Favours the tones of the piece: adds to each logit `weight` times the logarithm of the share of its pitch
 * class among the last 128 notes. Recent material returns, in music as in text (a cache, as in language
 * models by Grave, Joulin & Usunier 2017, by pitch class). Applied after the temperature, which would
 * otherwise amplify it.
 */
export function pitchClassCache(weight: number): Rule {
  return (logits, { past }) => {
    const heard = past.slice(-recalledNotes);
    const counts = new Float64Array(12);
    for (const { pitch } of heard) counts[pitch % 12]! += 1;
    const gains = counts.map((count) => weight * Math.log(count / Math.max(heard.length, 1) + unheardShare));
    for (let pitch = 0; pitch < logits.length; pitch++) logits[pitch]! += gains[pitch % 12]!;
  };
}

/**
 * Reduces the logit of the latest pitch by `weight`: fed its own output, a small network strikes the same note again
 * more and more often.
 */
export function fewerRepeats(weight: number): Rule {
  return (logits, { past }) => {
    const latest = past.at(-1);
    if (latest !== undefined) logits[latest.pitch]! -= weight;
  };
}

/** Exponent on the ratings: without it, a key differs little from its neighbours. */
const keyContrast = 1.5;

/**
 * Number of virtual notes that {@link keyPrior} starts with, so that its effect is small at the beginning.
 */
const priorNotes = 12;

/**
 * Favours a key: adds to each logit `weight` times the logarithm of the ratio between the share that its
 * pitch class should have, by its rating in the key, and its share among the last 128 notes. Raises pitch
 * classes that are rare, such as a missing tonic, and leaves frequent ones alone, so that the music stays as
 * varied as the ratings.
 */
export function keyPrior(key: Key, weight: number): Rule {
  const belongs = scalePitchClasses(key);
  const ratings = toneRatings(key).map((rating, pitchClass) =>
    belongs[pitchClass] ? rating ** keyContrast : 0,
  );
  const total = sum(ratings);
  return (logits, { past }) => {
    const counts = ratings.map((rating) => (priorNotes * rating) / total);
    const heard = past.slice(-recalledNotes);
    for (const { pitch } of heard) counts[pitch % 12]! += 1;
    for (let pitch = 0; pitch < logits.length; pitch++) {
      const should = (ratings[pitch % 12]! / total) * (heard.length + priorNotes);
      if (should > 0) logits[pitch]! += weight * Math.log(should / counts[pitch % 12]!);
    }
  };
}
