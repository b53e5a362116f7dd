import {
  ApplicationCommandOptionType as OptionType,
  ApplicationCommandType,
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  type Locale,
  type LocalizationMap,
} from 'discord-api-types/v10';
import type { Command, Option } from './page/protocol.js';

type Nested = Pick<APIApplicationCommand, 'name' | 'name_localizations'> & {
  readonly description: string;
  readonly description_localizations?: LocalizationMap | null;
  readonly options?: readonly APIApplicationCommandOption[];
};

const kinds: Readonly<Record<APIApplicationCommandBasicOption['type'], Option['kind']>> = {
  [OptionType.String]: 'text',
  [OptionType.Integer]: 'integer',
  [OptionType.Number]: 'number',
  [OptionType.Boolean]: 'switch',
  [OptionType.Attachment]: 'file',
  [OptionType.User]: 'person',
  [OptionType.Mentionable]: 'person',
  [OptionType.Channel]: 'channel',
  [OptionType.Role]: 'role',
};

/** A command as the page shows it; each sub-command separately. */
export function showCommand(command: APIApplicationCommand, language: Locale): readonly Command[] {
  const isSlash = command.type === ApplicationCommandType.ChatInput;
  if (!isSlash && command.type !== ApplicationCommandType.Message) return [];
  return leaves(command, [], language).map((leaf) => ({
    ...leaf,
    id: command.id,
    kind: isSlash ? 'slash' : 'message',
  }));
}

/** The languages into which commands are translated. */
export function languagesOf(commands: readonly APIApplicationCommand[]): readonly string[] {
  const maps = commands.flatMap((command) => [command.name_localizations, command.description_localizations]);
  return [...new Set(maps.flatMap((map) => Object.keys(map ?? {})))];
}

function leaves(
  nested: Nested,
  above: readonly { readonly name: string; readonly title: string }[],
  language: Locale,
): readonly Pick<Command, 'path' | 'title' | 'description' | 'options'>[] {
  const way = [...above, { name: nested.name, title: nested.name_localizations?.[language] ?? nested.name }];
  const options = nested.options ?? [];
  const within = options.filter((option) => !isBasic(option));
  if (within.length > 0) return within.flatMap((option) => leaves(option, way, language));
  return [
    {
      path: way.map(({ name }) => name).join(' '),
      title: way.map(({ title }) => title).join(' '),
      description: nested.description_localizations?.[language] ?? nested.description,
      options: options.filter(isBasic).map((option) => showOption(option, language)),
    },
  ];
}

function showOption(option: APIApplicationCommandBasicOption, language: Locale): Option {
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  const min =
    'min_value' in option ? option.min_value : 'min_length' in option ? option.min_length : undefined;
  const max =
    'max_value' in option ? option.max_value : 'max_length' in option ? option.max_length : undefined;
  return {
    name: option.name,
    title: option.name_localizations?.[language] ?? option.name,
    description: option.description_localizations?.[language] ?? option.description,
    kind: kinds[option.type],
    required: option.required ?? false,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    choices: choices.map(({ name, name_localizations: names, value }) => ({
      name: names?.[language] ?? name,
      value,
    })),
    suggests: 'autocomplete' in option && (option.autocomplete ?? false),
    fileTypes: option.type === OptionType.Attachment ? (option.file_types ?? []) : [],
  };
}

function isBasic(option: APIApplicationCommandOption): option is APIApplicationCommandBasicOption {
  return option.type !== OptionType.Subcommand && option.type !== OptionType.SubcommandGroup;
}
