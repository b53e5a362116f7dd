import { optionSpecs, type OptionName } from '../request/options.js';

/** What an option is called, and what it does. */
export interface Named {
  readonly name: string;
  readonly description: string;
}

type Specs = typeof optionSpecs;
/** Keys are letters everywhere. */
type ChoiceOption = {
  [Name in OptionName]: Specs[Name] extends { readonly kind: 'choice' | 'several' } ? Name : never;
}[OptionName];
/** Meters are figures everywhere. */
export type WordOption = Exclude<ChoiceOption, 'key' | 'meter'>;

/** Options of songs alone. */
export type SongOption =
  'chords' | 'bpm' | 'genre' | 'ensemble' | 'instruments' | 'without' | 'meter' | 'bars' | 'form';

export type OptionNames = Readonly<Record<OptionName, Named>>;
export type ChoiceWords = {
  readonly [Name in WordOption]: Readonly<Record<Specs[Name]['choices'][number], string>>;
};

/** Choices by option and English word; keys have none. */
export function choiceWords(words: ChoiceWords): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return words;
}
