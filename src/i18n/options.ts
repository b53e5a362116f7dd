import { optionSpecs, type OptionName } from '../request/options.js';

/** What an option is called, and what it does. */
export interface Named {
  readonly name: string;
  readonly description: string;
}

type Specs = typeof optionSpecs;
/** Keys are letters everywhere. */
type ChoiceOption = {
  [Name in OptionName]: Specs[Name] extends { readonly kind: 'choice' } ? Name : never;
}[OptionName];
export type WordOption = Exclude<ChoiceOption, 'key'>;

export type OptionNames = Readonly<Record<OptionName, Named>>;
export type ChoiceWords = {
  readonly [Name in WordOption]: Readonly<Record<Specs[Name]['choices'][number], string>>;
};

/** Choices by option and English word; keys have none. */
export function choiceWords(words: ChoiceWords): Readonly<Record<string, Readonly<Record<string, string>>>> {
  return words;
}
