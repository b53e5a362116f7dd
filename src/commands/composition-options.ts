import {
  ApplicationCommandOptionType,
  type ApplicationCommandSubCommandData,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { localized, localizedName } from '../bot/reply/localized.js';
import { choiceIn } from '../i18n/options.js';
import { readStyleWord, writtenNamesOf } from '../i18n/written.js';
import { UserError } from '../errors/user-error.js';
import { parseOptionText, merged } from '../request/option-text.js';
import {
  everydayOptions,
  optionsIn,
  specOf,
  type OptionName,
  type OptionContext,
  type RawOptions,
} from '../request/options.js';
import { parseStyle } from '../request/style.js';
import { readOptions } from './written-request.js';

type OptionData = NonNullable<ApplicationCommandSubCommandData['options']>[number];

/** The slash option that takes all settings without an option of their own, as text. */
export const moreOption = 'more';

/** The composition options that Discord offers in a context; `more` covers the rest. */
export function compositionOptions(context: OptionContext): readonly OptionData[] {
  const allowed = optionsIn(context);
  return everydayOptions.filter((name) => allowed.includes(name)).map(optionData);
}

/** The option that covers all others. */
export const more: OptionData = {
  type: ApplicationCommandOptionType.String,
  ...localized(({ commands }) => commands.compose.options.more),
  autocomplete: true,
};

/**
 * The composition options that a person set: single options, those of a style, and those in `more`.
 * @param context of the options that may be set there
 * @throws UserError for options that are invalid or set twice
 */
export function rawOptions(
  options: Pick<ChatInputCommandInteraction['options'], 'get'>,
  context: OptionContext,
): RawOptions {
  const own: Record<string, string | number> = {};
  for (const name of [...everydayOptions, moreOption]) {
    const value = options.get(name)?.value;
    if (typeof value === 'string' || typeof value === 'number') own[name] = value;
  }
  const { style, [moreOption]: more, ...plain } = own;
  if (style === undefined && more === undefined) return plain;
  const rest = parseOptionText(String(more ?? ''), writtenNamesOf(optionsIn(context)));
  return merged(plain, parseStyle(String(style ?? ''), readStyleWord), readOptions(rest));
}

/** Declares an option to Discord, whose clients then reject invalid values. */
function optionData(name: OptionName): OptionData {
  const spec = specOf(name);
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
          ...localizedName(({ choices }) => choiceIn(choices, name, choice)),
          value: choice,
        })),
      };
    case 'text':
    case 'title':
    case 'notation': {
      const { maxLength } = spec;
      return { type: ApplicationCommandOptionType.String, ...words, maxLength };
    }
    case 'name':
    case 'several':
    case 'duration':
    case 'words':
      return { type: ApplicationCommandOptionType.String, ...words, autocomplete: true };
  }
}

/**
 * Checks that a request with a file to start from names no opening.
 * @throws UserError when it does.
 */
export function checkBeginning({ opening }: RawOptions): void {
  if (opening === undefined) return;
  throw new UserError('options.opening', { problem: 'two-beginnings' });
}
