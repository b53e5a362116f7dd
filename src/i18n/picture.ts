import { scaleNames, tonics } from '../music/theory/key.js';
import { formatKey } from '../music/theory/scale.js';
import { titles as englishTitles } from './en/pictures.js';
import {
  nameOnInstrument,
  type CurveWords,
  type NamedInstrument,
  type RollWords,
} from '../render/picture-words.js';
import { instruments as englishInstruments } from './en/instruments.js';
import type { Language, PartName } from './language.js';

const rollWords = new Map<Language, RollWords>();

/** The texts in a piano roll, in a language; cached. */
export function rollWordsIn(language: Language): RollWords {
  let words = rollWords.get(language);
  if (words === undefined) {
    words = rollWordsOf(language);
    rollWords.set(language, words);
  }
  return words;
}

function rollWordsOf(language: Language): RollWords {
  const { locale, titles, picture, result } = language;
  const keys = tonics.flatMap((tonic) =>
    [...scaleNames, 'minor' as const].map((scale) => ({ tonic, scale })),
  );
  return {
    ...picture.roll,
    locale,
    titles,
    titlesInFile: englishTitles,
    keys: Object.fromEntries(keys.map((key) => [formatKey(key), result.key(key)])),
    instruments: instrumentsIn(language),
    seed: result.seed,
  };
}

/** English names of ensemble parts, and the instrument that plays each. */
const partInstruments: Readonly<Record<PartName, readonly [name: string, heard: NamedInstrument]>> = {
  Fiddle: ['Fiddle', 40],
  Bandoneon: ['Bandoneon', 21],
  Horns: ['Horns', 61],
  Violins: ['Violins', 40],
  Cellos: ['Cellos', 42],
  Lead: ['Lead', 80],
  'Square arpeggio': ['Square arpeggio', 80],
  'Triangle bass': ['Triangle bass', 38],
  'Noise drums': ['Noise drums', 'drums'],
  'Piano (left hand)': ['Piano (left hand)', 0],
  Soprano: ['Soprano', 52],
  Alto: ['Alto', 52],
  Tenor: ['Tenor', 52],
  'Bass singer': ['Bass', 52],
};

/** Names of instruments in a language, by program and by the English names that tracks have in files. */
export function instrumentsIn({
  instruments,
  parts,
}: Pick<Language, 'instruments' | 'parts'>): Readonly<Record<string, string>> {
  const byEnglishName = Object.entries(englishInstruments).map(
    ([key, name]) => [name, instruments[key as keyof typeof instruments]] as const,
  );
  const ofParts = Object.entries(partInstruments).map(
    ([key, [name, heard]]) => [nameOnInstrument(name, heard), parts[key as PartName]] as const,
  );
  return { ...instruments, ...Object.fromEntries(byEnglishName), ...Object.fromEntries(ofParts) };
}

/** The texts in the picture of a training, in a language. */
export function curveWordsIn({ locale, picture }: Language, model: string): CurveWords {
  return { ...picture.curve, locale, title: picture.curve.title(model) };
}
