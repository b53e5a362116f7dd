import { choiceWords, type ChoiceWords, type Named } from './options.js';
import type { OptionProblem, Refusal, UserErrorCode, UserErrors } from '../errors/user-error.js';

type Operators =
  `${'corpus' | 'sound-font' | 'import' | 'card' | 'input' | 'evaluation' | 'operator'}.${string}`;
type Translated = Exclude<UserErrorCode, `options.${string}` | Operators | 'attachment.refused'>;

/** A sentence for each code that a user of the bot can meet. */
export type RefusalSentences = {
  readonly [Code in Translated]: (details: UserErrors[Code]) => string;
} & { readonly options: OptionSentences };

/** A sentence for each thing that can be wrong with an option. */
export type OptionSentences = {
  readonly [Problem in OptionProblem['problem']]: (
    details: Extract<OptionProblem, { readonly problem: Problem }>,
  ) => string;
};

type Say = (details: unknown) => string;

/**
 * Says a refusal with the sentences of a language; one that only operators meet, or that another
 * version wrote, in English.
 * @param names of the options in the language, by their English ones
 */
export function refusalSentence(
  names: Readonly<Record<string, Named>>,
  choices: ChoiceWords,
  sentences: RefusalSentences,
): (refusal: Refusal) => string {
  const { options, ...others } = sentences;
  const byCode = new Map<string, Say>(Object.entries(others) as [string, Say][]);
  const byProblem = new Map<string, Say>(Object.entries(options) as [string, Say][]);
  const nameOf = (option: string): string => names[option]?.name ?? option;

  /** The same problem in the words that the language has for options and choices. */
  const inWords = (details: OptionProblem): OptionProblem => {
    if (details.problem === 'unknown') return { ...details, names: details.names.map(nameOf) };
    if (details.problem === 'choice') {
      const words = choiceWords(choices)[details.option];
      const { option, choices: all } = details;
      return { ...details, option: nameOf(option), choices: all.map((choice) => words?.[choice] ?? choice) };
    }
    return 'option' in details ? { ...details, option: nameOf(details.option) } : details;
  };

  const say = ({ code, message, details }: Refusal): string => {
    if (code === 'attachment.refused') {
      const { file, refusal } = details as UserErrors['attachment.refused'];
      return `${file}: ${say(refusal)}`;
    }
    const sentence = isProblem(details)
      ? byProblem.get(details.problem)?.(inWords(details))
      : byCode.get(code)?.(details);
    return sentence ?? message;
  };
  return say;
}

function isProblem(details: UserErrors[UserErrorCode]): details is OptionProblem {
  return 'problem' in details;
}
