import type { Rule } from './rule.js';

/*
 * Rules by which a theme returns: what is due of it gets likelier. What the network finds out of place
 * there, it still leaves out, so that the theme comes back as it fits.
 */

/** Time steps so short are within a chord. */
const chordSeconds = 0.03;

/** Steps are as good as the theme's where they differ by less than about a sixth. */
const stepTolerance = 0.12;

/** Makes the theme's next pitch likelier by `weight`. */
export function followTheme(weight: number): Rule {
  return (logits, { ahead }) => {
    const due = ahead?.theme;
    if (due !== undefined) logits[due.pitch]! += weight;
  };
}

/** Makes times to the next note likelier, by up to `weight`, the nearer they are to the theme's. */
export function followThemeStep(leastSeconds: readonly number[], weight: number): Rule {
  return (logits, { ahead }) => {
    const due = ahead?.theme?.stepSeconds;
    if (due === undefined) return;
    for (let bin = 0; bin < logits.length; bin++) {
      const step = leastSeconds[bin]!;
      if (due < chordSeconds) logits[bin]! += step < chordSeconds ? weight : 0;
      else if (step >= chordSeconds)
        logits[bin]! += weight * Math.exp(-((Math.log(step / due) / stepTolerance) ** 2) / 2);
    }
  };
}
