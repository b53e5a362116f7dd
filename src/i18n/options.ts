import { optionSpecs, type OptionName } from '../request/options.js';

/** Name and description of an option. */
export interface Named {
  readonly name: string;
  readonly description: string;
}

type Specs = typeof optionSpecs;
/** Keys use letters in every language. */
type ChoiceOption = {
  [Name in OptionName]: Specs[Name] extends { readonly kind: 'choice' | 'several' } ? Name : never;
}[OptionName];
/** Meters use digits in every language. */
export type WordOption = Exclude<ChoiceOption, 'key' | 'meter'>;

/** Options that only songs have. */
export type SongOption =
  'chords' | 'bpm' | 'genre' | 'ensemble' | 'instruments' | 'without' | 'meter' | 'bars' | 'form';

export type OptionNames = Readonly<Record<OptionName, Named>>;
export type ChoiceWords = {
  readonly [Name in WordOption]: Readonly<Record<Specs[Name]['choices'][number], string>>;
};

/** The word for a choice of an option; the choice itself if it has none, such as a key. */
export function choiceIn(words: ChoiceWords, option: string, choice: string): string {
  const byOption: Readonly<Record<string, Readonly<Record<string, string>>>> = words;
  return byOption[option]?.[choice] ?? choice;
}
