import {
  ApplicationCommandOptionType,
  type ApplicationCommandSubCommandData,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { localized, localizedName } from '../bot/reply/localized.js';
import { choiceWords } from '../i18n/options.js';
import { UserError } from '../errors/user-error.js';
import { optionSpecs, type OptionName, type OptionSpec, type RawOptions } from '../request/options.js';

type OptionData = NonNullable<ApplicationCommandSubCommandData['options']>[number];

/** Every option of a composition, as Discord is to offer it. */
export const compositionOptions: readonly OptionData[] = Object.keys(optionSpecs).map((name) =>
  optionData(name as OptionName),
);

/** Those that make sense for more than one piece: all but the random seed. */
export const repeatableOptions: readonly OptionData[] = compositionOptions.filter(
  ({ name }) => name !== 'seed',
);

/** The options of a composition that a person gave. */
export function rawOptions(options: Pick<ChatInputCommandInteraction['options'], 'get'>): RawOptions {
  return Object.fromEntries(
    Object.keys(optionSpecs).flatMap((name) => {
      const value = options.get(name)?.value;
      return typeof value === 'string' || typeof value === 'number' ? [[name, value]] : [];
    }),
  );
}

/** How an option is declared to Discord, whose clients then refuse what does not fit. */
function optionData(name: OptionName): OptionData {
  const spec: OptionSpec = optionSpecs[name];
  const words = localized(({ options }) => options[name]);
  switch (spec.kind) {
    case 'integer':
    case 'number': {
      const { Integer, Number } = ApplicationCommandOptionType;
      const type = spec.kind === 'integer' ? Integer : Number;
      return { type, ...words, minValue: spec.min, maxValue: spec.max };
    }
    case 'choice':
      return {
        type: ApplicationCommandOptionType.String,
        ...words,
        choices: spec.choices.map((choice) => ({
          ...localizedName(({ choices }) => choiceWords(choices)[name]?.[choice] ?? choice),
          value: choice,
        })),
      };
    case 'text': {
      const { maxLength } = spec;
      return { type: ApplicationCommandOptionType.String, ...words, maxLength };
    }
    case 'name':
      return { type: ApplicationCommandOptionType.String, ...words, autocomplete: true };
  }
}

/**
 * Checks that a piece with a file to start from has no other beginning.
 * @throws UserError when an opening was named as well.
 */
export function checkBeginning(opening: unknown): void {
  if (opening === undefined || opening === null) return;
  throw new UserError('options.opening', { problem: 'two-beginnings' });
}
