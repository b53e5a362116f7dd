import { formatKey } from '../../music/theory/scale.js';
import { optionSpecs } from '../../request/options.js';
import type { Language } from '../language.js';

/** In English, choices have their internal names. */
export const choices = Object.fromEntries(
  Object.entries(optionSpecs).flatMap(([name, spec]) =>
    (spec.kind === 'choice' || spec.kind === 'several') && name !== 'key' && name !== 'meter'
      ? [[name, Object.fromEntries(spec.choices.map((choice) => [choice, choice]))]]
      : [],
  ),
) as Language['choices'];

export const key = formatKey;
