import type {
  OperatorErrors,
  OptionProblem,
  Refusal,
  UserErrorCode,
  UserErrors,
} from '../errors/user-error.js';
import { choiceIn, type ChoiceWords, type Named } from './options.js';

type Sentences<Codes extends UserErrorCode> = {
  readonly [Code in Codes]: (details: UserErrors[Code]) => string;
};

/** An error message for each code that only operators and CLI users can see. */
export type OperatorSentences = Sentences<keyof OperatorErrors>;

/** An error message for each thing that can be wrong with an option. */
export type OptionSentences = {
  readonly [Problem in OptionProblem['problem']]: (
    details: Extract<OptionProblem, { readonly problem: Problem }>,
  ) => string;
};

type Translated = Exclude<
  UserErrorCode,
  `options.${string}` | keyof OperatorErrors | 'attachment.refused' | 'version.other'
>;

/** An error message for each code that a user of the bot can see. */
export type RefusalSentences = Sentences<Translated> & {
  readonly options: OptionSentences;
  /** For a code from another version. */
  readonly unknown: (code: string) => string;
};

type Say = (details: unknown) => string;

/**
 * The error message of a refusal in a language.
 * @param names the option names in that language, by the English ones
 * @param operators error messages for operators, in English
 */
export function refusalSentence(
  names: Readonly<Record<string, Named>>,
  choices: ChoiceWords,
  sentences: RefusalSentences,
  operators: OperatorSentences,
): (refusal: Refusal) => string {
  const { options, unknown, ...others } = sentences;
  const byCode = new Map(Object.entries({ ...operators, ...others }) as [string, Say][]);
  const byProblem = new Map(Object.entries(options) as [string, Say][]);
  const nameOf = (option: string): string => names[option]?.name ?? option;

  /** Translates the names of options and choices in the details. */
  const inWords = (details: OptionProblem): OptionProblem => {
    if (details.problem === 'unknown') return { ...details, names: details.names.map(nameOf) };
    if (details.problem === 'choice') {
      const { option, choices: all } = details;
      const inLanguage = all.map((choice) => choiceIn(choices, option, choice));
      return { ...details, option: nameOf(option), choices: inLanguage };
    }
    if (details.problem === 'instead') {
      return { ...details, option: nameOf(details.option), instead: nameOf(details.instead) };
    }
    return 'option' in details ? { ...details, option: nameOf(details.option) } : details;
  };

  const say = ({ code, details }: Refusal): string => {
    if (code === 'attachment.refused') {
      const { file, refusal } = details as UserErrors['attachment.refused'];
      return `${file}: ${say(refusal)}`;
    }
    if (code === 'version.other') return (details as UserErrors['version.other']).sentence;
    const sentence = isProblem(details)
      ? byProblem.get(details.problem)?.(inWords(details))
      : byCode.get(code)?.(details);
    return [
      sentence ?? unknown(code),
      ...skippedIn(details).map(({ name, refusal }) => `${name}: ${say(refusal)}`),
    ].join('\n');
  };
  return say;
}

function skippedIn(
  details: UserErrors[UserErrorCode],
): NonNullable<UserErrors['training.too-little-music']['skipped']> {
  return 'skipped' in details ? (details.skipped ?? []) : [];
}

function isProblem(details: UserErrors[UserErrorCode]): details is OptionProblem {
  return 'problem' in details;
}
