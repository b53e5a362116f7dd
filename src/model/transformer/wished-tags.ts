import { estimateKey } from '../../music/theory/key-estimate.js';
import { tonics, type Key } from '../../music/theory/key.js';
import type { CompositionRequest, Opening } from '../../request/request.js';
import { hasHeardTonic, hasMajorThird } from '../../music/theory/scale.js';
import { characterOf } from '../../request/character.js';
import type { Wishes } from '../../request/settings.js';
import type { Character, Characters, Measures } from '../characters-file.js';
import { Random } from '../random.js';
import type { Tags } from './tags.js';
import type { Vocabulary } from './vocabulary.js';
import type { TransformerFacts } from './weights.js';

/**
 * Converts a request's wishes to tags of a vocabulary; wishes without a tag are ignored.
 * @param opening as prepared for the request: a mode without a key uses its tonic
 */
export function tagsFor(
  {
    key,
    seed = 0,
    ...wishes
  }: Pick<CompositionRequest, 'key'> & Partial<Pick<CompositionRequest, 'seed'>> & Wishes,
  opening: Opening,
  vocabulary: Vocabulary,
): Tags {
  const { tags, gradedTags, eraOfComposer } = vocabulary;
  const { mode, composer, era, tempo, ...amounts } = characterOf(wishes);
  const fullName = tags['composer']?.find((name) => name.toLowerCase().split(' ').at(-1) === composer);
  // Grades of tempo are by the gap between notes, so the slowest is the highest.
  const graded = { ...amounts, ...(tempo !== undefined && { tempo: 1 - tempo }) };
  const grades: Record<string, number> = {};
  for (const [tag, amount] of Object.entries(graded)) {
    const limits = gradedTags[tag];
    if (limits !== undefined) grades[tag] = Math.round(amount * limits.length);
  }
  const ofComposer = fullName === undefined ? undefined : eraOfComposer[fullName];
  return {
    ...namedTag(vocabulary, 'key', keyName(key ?? keyOfMode(mode, opening, seed))),
    ...namedTag(vocabulary, 'composer', fullName),
    ...namedTag(vocabulary, 'era', era ?? ofComposer),
    ...grades,
  };
}

/** Tags of every composed piece: a concert performance, if the training data also had piano rolls. */
export function tagsOfEveryPiece(vocabulary: Vocabulary): Tags {
  const source = vocabulary.sources?.indexOf('concert');
  return {
    ...namedTag(vocabulary, 'timebase', 'seconds'),
    ...namedTag(vocabulary, 'instruments', 'piano'),
    ...(source !== undefined && source >= 0 && { source }),
  };
}

/** A character drawn for a piece: tags, and for those of real music the measures to steer to. */
export interface Drawn {
  readonly tags: Tags;
  readonly measures?: Measures;
}

/**
 * A random character for a new piece whose grades are free: any, or if there is a composer or an era,
 * one of theirs.
 * @param wished tags
 */
export function drawnFor(
  { task, seed }: Pick<CompositionRequest, 'task' | 'seed'>,
  wished: Tags,
  { vocabulary, characters }: Pick<TransformerFacts, 'vocabulary' | 'characters'>,
): Drawn {
  if (task.kind !== 'start' || task.chosenBy === 'file') return { tags: {} };
  const random = new Random((seed ^ 0x5bd1e995) >>> 0);
  if (Object.keys(wished).length === 0) return { tags: drawnCharacter(random, vocabulary) };
  const isNamedOnly = Object.keys(wished).every((tag) => ['composer', 'era', 'key'].includes(tag));
  if (!isNamedOnly || characters === undefined) return { tags: {} };
  return typicalCharacter(random, wished, characters, vocabulary);
}

/** Exponent that makes energetic pieces likelier, because music stays calmer than its tags after calm openings. */
const energyExponent = 0.8;

/**
 * Random tags for a piece without wishes, because real music is diverse and all grades are about equally
 * frequent. Dense music is mostly fast and loud; without a tempo, it would be dense by its chords alone.
 */
export function drawnCharacter(random: Random, { gradedTags }: Vocabulary): Tags {
  const energy = random.uniform() ** energyExponent;
  const near = (amount: number): number =>
    Math.min(Math.max(amount + 0.5 * (random.uniform() - 0.5), 0), 0.999);
  const amounts: Readonly<Record<string, number>> = {
    density: energy,
    loudness: near(energy),
    polyphony: random.uniform(),
    register: random.uniform(),
    dynamics: random.uniform(),
    // Grades of tempo are by the gap between notes, so the slowest is the highest.
    tempo: 0.999 - near(energy),
  };
  const drawn: Record<string, number> = {};
  for (const [tag, amount] of Object.entries(amounts)) {
    const limits = gradedTags[tag];
    if (limits !== undefined) drawn[tag] = Math.floor(amount * (limits.length + 1));
  }
  return drawn;
}

/** Grades by which music with tags of a composer or an era is slower and sparser than the tags say. */
const calmer = 1;

/**
 * The character of an excerpt, chosen at random, by the composer among the tags, or else of the era; none
 * if neither is known. With the name alone, all pieces would have about the same speed and loudness, slower
 * than most music by the composer.
 */
export function typicalCharacter(
  random: Random,
  { composer, era }: Tags,
  characters: Characters,
  { tags, gradedTags }: Vocabulary,
): Drawn {
  const named = (tag: string, value: number | undefined): readonly Character[] | undefined =>
    value === undefined ? undefined : characters.get(tags[tag]![value]!);
  const excerpts = named('composer', composer) ?? named('era', era);
  if (excerpts === undefined) return { tags: {} };
  const { grades, measures } = excerpts[random.below(excerpts.length)]!;
  const { tempo, density } = grades;
  return {
    measures,
    tags: {
      ...grades,
      ...(density !== undefined && { density: Math.min(density + calmer, gradedTags['density']!.length) }),
      // Grades of tempo are by the gap between notes, so the slowest is the highest.
      ...(tempo !== undefined && { tempo: Math.max(tempo - calmer, 0) }),
    },
  };
}

/** The key for a requested mode without a key: on the opening's tonic, or if it has none, on any tonic. */
export function keyWished(
  wishes: Wishes & Pick<CompositionRequest, 'seed'>,
  opening: Opening,
): Key | undefined {
  return keyOfMode(characterOf(wishes).mode, opening, wishes.seed);
}

function namedTag({ tags }: Vocabulary, tag: string, value: string | undefined): Tags {
  const at = value === undefined ? -1 : (tags[tag]?.indexOf(value) ?? -1);
  return at < 0 ? {} : { [tag]: at };
}

/** A key's name in the vocabulary: `Eb minor`. */
function keyName(key: Key | undefined): string | undefined {
  if (key === undefined || !hasHeardTonic(key)) return undefined;
  return `${key.tonic} ${hasMajorThird(key) ? 'major' : 'minor'}`;
}

function keyOfMode(mode: 'major' | 'minor' | undefined, opening: Opening, seed: number): Key | undefined {
  if (mode === undefined) return undefined;
  const { tonic = tonics[seed % tonics.length]! } = opening.key ?? estimateKey(opening.notes)?.key ?? {};
  return { tonic, scale: mode === 'major' ? 'major' : 'natural-minor' };
}
