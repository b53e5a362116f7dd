import { toneRatings } from '../../music/theory/key-estimate.js';
import { scalePitchClasses } from '../../music/theory/scale.js';
import { tonics, type Key } from '../../music/theory/key.js';
import type { Moment } from './moment.js';
import { rememberedNotes } from './past.js';
import type { Rule } from './rule.js';

/** Only the 88 keys of a piano, A0 to C8. */
export const onThePiano: Rule = (logits) => {
  logits.fill(-Infinity, 0, 21);
  logits.fill(-Infinity, 109);
};

/**
 * Only pitches of a scale.
 * @param mayRaise natural minor has its sixth and seventh raised, too
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

/** A key that has just been struck cannot be struck again in the same moment. */
export function noRestrike(moment: Moment): Rule {
  return (logits, { past, onsetSeconds }) => {
    for (let i = past.length - 1; i >= 0; i--) {
      const { pitch, onsetSeconds: earlier } = past[i]!;
      if (!moment(earlier, onsetSeconds)) return;
      logits[pitch] = -Infinity;
    }
  };
}

/** How much of the past {@link pitchClassCache} remembers: the network itself hears 25 notes back. */
const recalledNotes = 128;

/** The assumed share of a tone that was not heard recently. */
const unheardShare = 0.02;

/**
 * Keeps to the tones of the piece: adds to each logit `weight` times the logarithm of the share that
 * its pitch class had among the last 128 notes. What was heard lately comes back, in music as in
 * text (a cache, as Grave, Joulin & Usunier 2017 give language models, by pitch class). It follows
 * the temperature, which would make it stronger than what it remembers.
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

/** Notes of a figure that {@link figureCache} listens for. */
const figureNotes = 3;

/**
 * Lets figures return: where the latest three pitches were struck before, in this order, the pitch
 * that followed them then gets likelier by `weight`. Small networks repeat what they heard less
 * readily than music does; only to strike one pitch again and again they need no help. It listens 256
 * notes back.
 */
export function figureCache(weight: number): Rule {
  return (logits, { past }) => {
    const heard = past.slice(-rememberedNotes);
    const latest = heard.length - figureNotes;
    if (latest < 1) return;
    const followed = new Set<number>();
    for (let start = 0; start < latest; start++) {
      let same = 0;
      while (same < figureNotes && heard[start + same]!.pitch === heard[latest + same]!.pitch) same++;
      if (same === figureNotes) followed.add(heard[start + figureNotes]!.pitch);
    }
    followed.delete(heard.at(-1)!.pitch);
    for (const pitch of followed) logits[pitch]! += weight;
  };
}

/** The ratings are raised to this power: as they are, the key and its neighbours differ little. */
const keyContrast = 1.5;

/** How many notes {@link keyPrior} counts its target as, so that its effect is small at the beginning. */
const priorNotes = 12;

/**
 * Favours a key: adds to each logit `weight` times the logarithm of the share of the notes that its pitch
 * class should have, by its rating in the key, over that which it had among the last 128. Where the tonic is
 * rare it comes; what is heard enough is left alone, so that the music stays as varied as the ratings are.
 */
export function keyPrior(key: Key, weight: number): Rule {
  const belongs = scalePitchClasses(key);
  const ratings = toneRatings(key).map((rating, pitchClass) =>
    belongs[pitchClass] ? rating ** keyContrast : 0,
  );
  const sum = ratings.reduce((total, rating) => total + rating, 0);
  return (logits, { past }) => {
    const counts = ratings.map((rating) => (priorNotes * rating) / sum);
    const heard = past.slice(-recalledNotes);
    for (const { pitch } of heard) counts[pitch % 12]! += 1;
    const total = heard.length + priorNotes;
    for (let pitch = 0; pitch < logits.length; pitch++) {
      const should = ratings[pitch % 12]! / sum;
      if (should > 0) logits[pitch]! += weight * Math.log((should * total) / counts[pitch % 12]!);
    }
  };
}
