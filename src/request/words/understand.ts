import { findFigures } from './figures.js';
import { findKey } from './key-words.js';
import { meaningOf, rankOf, type Meaning } from './meanings.js';
import type { RawOptions } from '../options.js';
import { partsOf, type Part } from './reading.js';
import { isFollowedBySongs, isSongWord, songOptions } from './song-words.js';
import type { Degree, Understanding } from './understanding.js';
import type { Character } from './wishes.js';

/** A word with a meaning, and its modifier. */
interface Saying {
  readonly name: string;
  readonly meaning: Meaning;
  readonly degree?: Degree;
}

/**
 * Interprets free text: the character and purpose of the music, its key, meter and tempo, in English, German,
 * French, Spanish, Japanese or Russian. If two words set the same property, the more specific one wins: a
 * plain adjective over a mood, a mood over a use; if equal, the later one.
 */
export function understand(text: string): Understanding {
  const { key, rest } = findKey(text);
  const { figures, rest: words } = findFigures(rest);
  const { sayings: spoken, ignored } = sayingsIn(words);
  const sayings: readonly Saying[] = [...spoken, ...figures];
  const ofSong = songOptions(
    sayings.map(({ name, degree }) => ({ name, isWanted: degree !== 'not' && degree !== 'without' })),
    text,
  );
  const isSong = Object.keys(ofSong).length > 0;
  const effect = combined(
    sayings
      .filter(({ name }) => !isSong || !isFollowedBySongs(name))
      .flatMap((saying) => effectsOf(saying).map((meaning) => ({ meaning, rank: rankOf(saying.name) })))
      .toSorted((a, b) => a.rank - b.rank)
      .map(({ meaning }) => meaning),
  );
  const { character = {}, composer, era, meter, bpm, course, options: said = {} } = effect;
  const options: RawOptions = { ...said, ...ofSong };
  /** Whether no network was trained on it, and no song style is like it. */
  const isNew = (saying: Saying): boolean => isUntaught(saying) && !(isSong && isSongWord(saying.name));
  const untaught = sayings.filter(isNew).map(({ name }) => name);
  return {
    character,
    ...(key !== undefined && { key }),
    ...(composer !== undefined && { composer }),
    ...(era !== undefined && { era }),
    ...(meter !== undefined && { meter }),
    ...(bpm !== undefined && { bpm }),
    ...(course !== undefined && { course }),
    ...(Object.keys(options).length > 0 && { options: options as Record<string, number | string> }),
    words: sayings.filter((saying) => !isNew(saying)).map(written),
    ...(untaught.length > 0 && { untaught }),
    ignored,
  };
}

/** The known words with their modifiers, and the unknown words. */
function sayingsIn(text: string): {
  readonly sayings: readonly Saying[];
  readonly ignored: readonly string[];
} {
  const sayings: Saying[] = [];
  const ignored: string[] = [];
  let negation: 'not' | 'without' | undefined;
  /** The modifier of the previous word, which a conjunction extends. */
  let spent: typeof negation;
  let weight: 'very' | 'slightly' | undefined;
  const forget = (): void => {
    negation = spent = weight = undefined;
  };
  const parts = partsOf(text);
  for (const [i, part] of parts.entries()) {
    if (part.kind === 'break') {
      forget();
      continue;
    }
    if (part.kind === 'unknown') {
      ignored.push(part.written);
      continue;
    }
    const { entry } = part;
    if ('name' in entry) {
      const degree = negation ?? weight;
      sayings.push({
        name: entry.name,
        meaning: meaningOf(entry.name),
        ...(degree !== undefined && { degree }),
      });
      spent = negation;
      negation = weight = undefined;
      continue;
    }
    switch (entry.modifier) {
      case 'not':
      case 'without':
        negation = entry.modifier;
        break;
      case 'not, after': {
        const last = sayings.pop();
        if (last !== undefined) sayings.push({ ...last, degree: 'not' });
        break;
      }
      case 'slightly':
        if (isSomething(parts, i)) break;
        weight = entry.modifier;
        break;
      case 'very':
        weight = entry.modifier;
        break;
      case 'or':
        negation ??= spent;
        break;
      case 'and':
        if (spent === 'without') negation ??= spent;
        break;
      case 'but':
        forget();
        break;
      case 'filler':
        break;
    }
  }
  return { sayings, ignored };
}

/** Words before the Spanish "algo" after which it means "something" rather than "a bit". */
const asking = /^(?:quiero|haz|hazme|compón|componme|toca|tócame|dame|necesito|crea|escribe|busco|hay)$/iu;

/**
 * Whether a word for "a bit" means "something" here: the German "etwas" before a nominalised adjective
 * ("etwas Trauriges", but "ein etwas trauriges Stück"), the Spanish "algo" at the start of a clause or after
 * a request.
 */
function isSomething(parts: readonly Part[], at: number): boolean {
  const part = parts[at];
  if (part?.kind !== 'known') return false;
  const before = parts[at - 1];
  const isFirst = before === undefined || before.kind === 'break';
  const wordBefore = isFirst ? '' : before.written;
  switch (part.written.toLowerCase()) {
    case 'etwas': {
      const next = parts
        .slice(at + 1)
        .find((each) => each.kind !== 'known' || 'name' in each.entry || /es$/.test(each.written));
      const word = next === undefined || next.kind === 'break' ? '' : (next.written.split(' ')[0] ?? '');
      const isNoun = /^\p{Lu}/u.test(word) || (!/eres$/.test(word) && !/ein$/i.test(wordBefore));
      return word.endsWith('es') && isNoun;
    }
    case 'algo':
      return isFirst || asking.test(wordBefore);
    default:
      return false;
  }
}

/** In the format of an understanding's words. */
function written({ name, degree }: Saying): string {
  return degree === undefined ? name : `${degree}:${name}`;
}

/** Whether it was requested, but no network was trained on it. */
function isUntaught({ meaning, degree }: Saying): boolean {
  return meaning.nearest !== undefined && degree !== 'not' && degree !== 'without';
}

function effectsOf({ meaning, degree }: Saying): readonly Meaning[] {
  const { character = {}, not, nearest } = meaning;
  switch (degree) {
    case 'not':
    case 'without':
      return [{ character: not ?? amounts(character, (amount) => (amount < 0.5 ? 0.7 : 0.3), true) }];
    case 'very':
      return [
        { ...meaning, character: amounts(character, (amount) => amount + (amount < 0.5 ? -0.15 : 0.15)) },
      ];
    case 'slightly':
      return [{ ...meaning, character: amounts(character, (amount) => 0.5 + (amount - 0.5) * 0.4) }];
    default:
      return [...(nearest ?? []).map(meaningOf), meaning];
  }
}

/** A character with its amounts mapped, from 0 to 1. */
function amounts(
  { mode, ...others }: Character,
  change: (amount: number) => number,
  withoutMode = false,
): Character {
  const changed = Object.entries(others).map(([name, amount]) => {
    const rounded = Math.round(change(amount) * 1000) / 1000;
    return [name, Math.min(Math.max(rounded, 0), 1)] as const;
  });
  return { ...(mode !== undefined && !withoutMode && { mode }), ...Object.fromEntries(changed) };
}

/** Merges meanings; later ones win. */
function combined(meanings: readonly Meaning[]): Meaning {
  return meanings.reduce<Meaning>(
    (all, meaning) => ({
      ...all,
      ...meaning,
      character: { ...all.character, ...meaning.character },
      options: { ...all.options, ...meaning.options },
      ...((all.course ?? meaning.course) && { course: { ...all.course, ...meaning.course } }),
    }),
    {},
  );
}
