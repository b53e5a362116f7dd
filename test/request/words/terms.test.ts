import { describe, expect, it } from 'vitest';
import { characterOf } from '../../../src/request/character.js';
import type { Character } from '../../../src/request/words/wishes.js';
import { parseDuration } from '../../../src/request/duration.js';
import { parseOptions } from '../../../src/request/parse-options.js';
import type { Settings } from '../../../src/request/settings.js';
import { phrasesOf, plain, termsOf, type SpokenLanguage } from '../../../src/request/words/dictionary.js';
import { isFollowedBySongs, isSongWord, songOptions } from '../../../src/request/words/song-words.js';
import { moodSeconds } from '../../../src/request/words/wishes.js';
import { concepts, instrumentNames, meaningOf, type Meaning } from '../../../src/request/words/meanings.js';

/** A sentence around a term, so that its language is recognised. */
const sentences: Readonly<Record<SpokenLanguage, (term: string) => string>> = {
  en: (term) => `I want a piece of music, please: ${term}`,
  de: (term) => `Ich möchte ein Stück Musik, bitte: ${term}`,
  fr: (term) => `Je voudrais un morceau de musique : ${term}`,
  es: (term) => `Quiero una pieza de música, por favor: ${term}`,
  ja: (term) => term,
  ru: (term) => `Хочу пьесу, пожалуйста: ${term}`,
};

/** The effect of a text on a request. */
function effectOf({ text, voices, notes, length, quantise, key, ...settings }: Settings): object {
  const { genre, ensemble, instruments } = settings;
  const { composer, era, ...character } = characterOf({ ...settings, ...(text && { text }) });
  return {
    ...{ character, composer, era, meter: text?.meter, course: text?.course },
    ...{ voices, notes, length, quantise, scale: key?.scale },
    untaught: text?.untaught?.length ?? 0,
    ...(genre !== undefined && { genre }),
    ...(ensemble !== undefined && { ensemble }),
    ...(instruments !== undefined && { plays: instruments[0] }),
  };
}

/** A mood has its own length; the default is 300 notes. */
function lengthOf(name: string | undefined): object {
  const seconds = new Map<string, number>(Object.entries(moodSeconds)).get(name ?? '');
  return seconds === undefined ? { notes: 300 } : { length: seconds };
}

/** The intended effect. */
function effectMeant({ nearest, ...own }: Meaning, name?: string): object {
  const all = [...(nearest ?? []).map(meaningOf), own];
  const {
    voices = 'poly',
    length,
    quantise = 'none',
    scale,
  } = Object.assign({}, ...all.map(({ options }) => options)) as NonNullable<Meaning['options']>;
  return {
    character: Object.assign({}, ...all.map(({ character }) => character)) as object,
    ...{ composer: own.composer, era: own.era, meter: own.meter, course: own.course },
    ...{ voices, quantise, scale },
    ...(length === undefined ? lengthOf(name) : { length: parseDuration(String(length)) }),
    untaught: nearest === undefined ? 0 : 1,
  };
}

/** The song options, without their substitutes for a piano. */
function songSaid(name: string): object {
  const { genre, ensemble, instruments } = songOptions([{ name, isWanted: true }], '');
  return {
    ...(genre !== undefined && { genre }),
    ...(ensemble !== undefined && { ensemble }),
    ...(instruments !== undefined && { plays: String(instruments).split(',')[0] }),
  };
}

function songMeant(name: string): Meaning | undefined {
  if (!isSongWord(name)) return undefined;
  const { nearest = [] } = meaningOf(name);
  const characters = nearest.map((each) => meaningOf(each).character);
  return isFollowedBySongs(name) ? {} : { character: Object.assign({}, ...characters) as Character };
}

const nothing = effectMeant({});

describe.each(Object.keys(termsOf) as SpokenLanguage[])('the terms of %s', (language) => {
  const terms = phrasesOf(language).flatMap(([phrase, entry]) =>
    'name' in entry ? [[phrase, entry.name] as const] : [],
  );

  it('each affect the request like their concept, and leave no unknown words', () => {
    for (const [phrase, name] of terms) {
      const { settings } = parseOptions({ text: sentences[language](phrase) }, 1);
      const read = { ...effectOf(settings), ignored: settings.text?.ignored };
      expect(read, phrase).toEqual({
        ...effectMeant(songMeant(name) ?? meaningOf(name), name),
        ...songSaid(name),
        ignored: [],
      });
    }
  });

  it('include at least 250 about character, not counting instruments and composers', () => {
    const heard = terms.filter(
      ([, name]) =>
        concepts.some((concept) => concept === name) && !instrumentNames.some((each) => each === name),
    );
    expect(new Set(heard.map(([phrase]) => plain(phrase))).size).toBeGreaterThanOrEqual(250);
  });

  it('each have one meaning', () => {
    const meant = new Map<string, string>();
    for (const [phrase, name] of terms) {
      expect(meant.get(plain(phrase)) ?? name, phrase).toBe(name);
      meant.set(plain(phrase), name);
    }
  });
});

describe('a concept', () => {
  it.each(concepts)('has an effect: %s', (name) => {
    expect(effectMeant(meaningOf(name))).not.toEqual(nothing);
  });
});
