import type { Rule } from './rule.js';

/*
 * Rules for the return of a theme: its next note gets likelier. The network can still reject it where it does
 * not fit, so the theme adapts to its context.
 */

/** Shorter time steps are within a chord. */
const chordSeconds = 0.03;

/** Tolerance for steps: up to about a sixth longer or shorter than the theme's. */
const stepTolerance = 0.12;

/** Raises the logit of the theme's next pitch by `weight`. */
export function followTheme(weight: number): Rule {
  return (logits, { ahead }) => {
    const due = ahead?.theme;
    if (due !== undefined) logits[due.pitch]! += weight;
  };
}

/**
 * Raises the logits of times to the next note by up to `weight`, the more the closer they are to the theme's.
 */
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
