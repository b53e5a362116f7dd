import { estimateKey } from '../../music/theory/key-estimate.js';
import { tonics, type Key } from '../../music/theory/key.js';
import type { CompositionRequest, Opening } from '../../request/request.js';
import { hasHeardTonic, hasMajorThird } from '../../music/theory/scale.js';
import { characterOf } from '../../request/character.js';
import type { Wishes } from '../../request/settings.js';
import type { Tags } from './tags.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * What a request says of the music, in the tags of a vocabulary. What the vocabulary has no tag for
 * is left out.
 * @param opening as prepared for the request: a mode alone is asked for on its tonic
 */
export function tagsFor(
  { key, ...wishes }: Pick<CompositionRequest, 'key'> & Wishes,
  opening: Opening,
  vocabulary: Vocabulary,
): Tags {
  const { tags, gradedTags, eraOfComposer } = vocabulary;
  const { mode, composer, era, tempo, ...amounts } = characterOf(wishes);
  const named = (tag: string, value: string | undefined): Tags => namedTag(vocabulary, tag, value);
  const fullName = tags['composer']?.find((name) => name.toLowerCase().split(' ').at(-1) === composer);
  // Its grades are of the gap between notes: the slowest is the highest.
  const graded = { ...amounts, ...(tempo !== undefined && { tempo: 1 - tempo }) };
  const grades = Object.entries(graded).flatMap(([tag, amount]) => {
    const limits = gradedTags[tag];
    return limits === undefined ? [] : [[tag, Math.round(amount * limits.length)] as const];
  });
  return {
    ...named('key', keyName(key, mode, opening)),
    ...named('composer', fullName),
    ...named('era', era ?? (fullName === undefined ? undefined : eraOfComposer[fullName])),
    ...(Object.fromEntries(grades) as Tags),
  };
}

/** What is so of every piece that is composed here. */
export function tagsOfEveryPiece(vocabulary: Vocabulary): Tags {
  return { ...namedTag(vocabulary, 'timebase', 'seconds'), ...namedTag(vocabulary, 'instruments', 'piano') };
}

function namedTag({ tags }: Vocabulary, tag: string, value: string | undefined): Tags {
  const at = value === undefined ? -1 : (tags[tag]?.indexOf(value) ?? -1);
  return at < 0 ? {} : { [tag]: at };
}

/** As the vocabulary has it: `Eb minor`. */
function keyName(
  key: Key | undefined,
  mode: 'major' | 'minor' | undefined,
  opening: Opening,
): string | undefined {
  if (key !== undefined) {
    if (!hasHeardTonic(key)) return undefined;
    return `${key.tonic} ${hasMajorThird(key) ? 'major' : 'minor'}`;
  }
  if (mode === undefined) return undefined;
  const { tonic = tonics[0] } = opening.key ?? estimateKey(opening.notes)?.key ?? {};
  return `${tonic} ${mode}`;
}
