import type { Wishes } from './settings.js';
import type { Understanding } from './words/understanding.js';
import { densities, moods, polyphonies, type Character } from './words/wishes.js';

/**
 * The combined wishes: options override a text, and single settings override moods. If two moods set the same
 * property, the later one wins.
 */
export function characterOf({
  mood,
  density,
  polyphony,
  composer,
  era,
  text,
}: Wishes): Character & Pick<Understanding, 'composer' | 'era'> {
  const ofMoods = mood?.reduce<Character>((all, each) => ({ ...all, ...moods[each] }), {});
  const [who = text?.composer, when = text?.era] = [composer, era];
  return {
    ...text?.character,
    ...ofMoods,
    ...(density !== undefined && { density: share(densities, density) }),
    ...(polyphony !== undefined && { polyphony: share(polyphonies, polyphony) }),
    ...(who !== undefined && { composer: who }),
    ...(when !== undefined && { era: when }),
  };
}

function share<T>(names: readonly T[], name: T): number {
  return names.indexOf(name) / (names.length - 1);
}
