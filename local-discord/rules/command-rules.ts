import {
  ApplicationCommandOptionType as OptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  RESTJSONErrorCodes,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { ApiError } from '../api-error.js';
import { checkFileTypes } from './component-rules.js';
import { Form, invalidForm, listForms } from './form.js';

const chatInputName = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const locales = new Set<string>(Object.values(Locale));
/** Maximum number of commands of each type in one scope. */
const maxCommands: Readonly<Record<ApplicationCommandType, number>> = {
  [ApplicationCommandType.ChatInput]: 100,
  [ApplicationCommandType.User]: 15,
  [ApplicationCommandType.Message]: 15,
  [ApplicationCommandType.PrimaryEntryPoint]: 1,
};
/**
 * Maximum total length of names, descriptions and choice values of one command, each text in its longest
 * language.
 */
const maxCharacters = 8000;
/** Integers and numbers have to be exact as a double. */
const maxNumber = 2 ** 53;

const basicTypes = [
  OptionType.String,
  OptionType.Integer,
  OptionType.Boolean,
  OptionType.User,
  OptionType.Channel,
  OptionType.Role,
  OptionType.Mentionable,
  OptionType.Number,
  OptionType.Attachment,
] as const;
const nestedTypes = [OptionType.Subcommand, OptionType.SubcommandGroup];
type Nesting = 'command' | 'group' | 'subcommand';

/**
 * Checks one command definition.
 * @throws ApiError 50035
 */
export function checkCommand(body: unknown): RESTPostAPIApplicationCommandsJSONBody {
  const form = new Form(body);
  checkDefinition(form);
  form.throwProblems();
  return body as RESTPostAPIApplicationCommandsJSONBody;
}

/**
 * Checks the whole list of a bulk overwrite.
 * @throws ApiError 50035, or 30032 for too many commands
 */
export function checkCommands(body: unknown): readonly RESTPostAPIApplicationCommandsJSONBody[] {
  const { forms, problems } = listForms(body);
  const names = new Set<string>();
  const counts = new Map<ApplicationCommandType, number>();
  for (const command of forms) {
    const type = checkDefinition(command);
    const key = `${type} ${String(command.text('name'))}`;
    if (names.has(key)) {
      command.problem(
        'Application command names must be unique',
        'name',
        'APPLICATION_COMMANDS_DUPLICATE_NAME',
      );
    }
    names.add(key);
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  for (const [type, count] of counts) {
    if (count > maxCommands[type]) {
      throw new ApiError(
        400,
        RESTJSONErrorCodes.MaximumNumberOfApplicationCommandsReached,
        `Maximum number of application commands reached (${maxCommands[type]})`,
      );
    }
  }
  if (problems.length > 0) throw invalidForm(problems);
  return body as readonly RESTPostAPIApplicationCommandsJSONBody[];
}

function checkDefinition(command: Form): ApplicationCommandType {
  const type =
    command.choice('type', [
      ApplicationCommandType.ChatInput,
      ApplicationCommandType.User,
      ApplicationCommandType.Message,
    ]) ?? ApplicationCommandType.ChatInput;

  if (type === ApplicationCommandType.ChatInput) {
    checkName(command);
    checkDescription(command);
    checkOptions(command, 'command');
  } else {
    command.text('name', { required: true, min: 1, max: 32 });
    checkLocalizations(command, 'name_localizations', (text) => text.length >= 1 && text.length <= 32);
    if (command.text('description')) {
      command.problem(
        'Context menu commands cannot have description',
        'description',
        'CONTEXT_MENU_DESCRIPTION',
      );
    }
    if (command.list('options').length > 0) {
      command.problem('Context menu commands cannot have options', 'options', 'CONTEXT_MENU_OPTIONS');
    }
  }

  const permissions = command.text('default_member_permissions');
  if (permissions !== undefined && !/^\d+$/.test(permissions)) {
    command.problem(
      'Permissions are a decimal string of bits',
      'default_member_permissions',
      'NUMBER_TYPE_COERCE',
    );
  }
  checkSet(command, 'contexts', [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ]);
  checkSet(command, 'integration_types', [
    ApplicationIntegrationType.GuildInstall,
    ApplicationIntegrationType.UserInstall,
  ]);
  command.flag('nsfw');
  if (countCharacters(command) > maxCharacters) {
    command.problem(
      `Command exceeds maximum size (${maxCharacters})`,
      undefined,
      'APPLICATION_COMMAND_TOO_LARGE',
    );
  }
  return type;
}

function checkOptions(parent: Form, nesting: Nesting): void {
  const options = parent.list('options', { max: 25 });
  const names = new Set<string>();
  const localized = new Set<string>();
  const nested = options.filter((option) => isNested(option)).length;
  if (nested > 0 && nested < options.length) {
    parent.problem(
      'Sub-commands and other options cannot be mixed',
      'options',
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    );
  }
  let optionalSeen = false;
  for (const option of options) {
    checkName(option);
    checkDescription(option);
    const name = option.text('name') ?? '';
    if (names.has(name)) {
      option.problem('Option name already exists', 'name', 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS');
    }
    names.add(name);
    checkLocalizedNames(option, name, localized, 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS');

    if (!isNested(option)) {
      const required = option.flag('required') ?? false;
      if (required && optionalSeen) {
        option.problem(
          'Required options must be placed before non-required options',
          undefined,
          'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        );
      }
      optionalSeen ||= !required;
    }
    checkOption(option, nesting);
  }
}

function checkOption(option: Form, nesting: Nesting): void {
  const nested = {
    command: nestedTypes,
    group: [OptionType.Subcommand],
    subcommand: [],
  }[nesting];
  const type = option.choice('type', nesting === 'group' ? nested : [...nested, ...basicTypes], {
    required: true,
  });

  if (type === OptionType.SubcommandGroup) checkOptions(option, 'group');
  if (type === OptionType.Subcommand) checkOptions(option, 'subcommand');
  if (type === OptionType.Attachment) checkFileTypes(option);
  else if (option.has('file_types')) option.problem('Only attachments have file types', 'file_types');
  if (type === OptionType.Integer || type === OptionType.Number) checkRange(option, type);
  else for (const field of ['min_value', 'max_value']) refuse(option, field);
  if (type === OptionType.String) checkLengths(option);
  else for (const field of ['min_length', 'max_length']) refuse(option, field);
  if (type === OptionType.String || type === OptionType.Integer || type === OptionType.Number) {
    checkChoices(option, type);
  } else {
    for (const field of ['choices', 'autocomplete']) refuse(option, field);
  }
}

function checkRange(option: Form, type: OptionType.Integer | OptionType.Number): void {
  const limits = { min: -maxNumber, max: maxNumber };
  const read = (field: string): number | undefined =>
    type === OptionType.Integer ? option.integer(field, limits) : option.number(field, limits);
  const min = read('min_value');
  const max = read('max_value');
  if (min !== undefined && max !== undefined && min > max) {
    option.problem(
      'The minimum is above the maximum',
      'min_value',
      'APPLICATION_COMMAND_OPTIONS_RANGE_INVALID',
    );
  }
}

function checkLengths(option: Form): void {
  const min = option.integer('min_length', { min: 0, max: 6000 });
  const max = option.integer('max_length', { min: 1, max: 6000 });
  if (min !== undefined && max !== undefined && min > max) {
    option.problem(
      'The minimum is above the maximum',
      'min_length',
      'APPLICATION_COMMAND_OPTIONS_RANGE_INVALID',
    );
  }
}

function checkChoices(option: Form, type: OptionType): void {
  const choices = option.list('choices', { max: 25 });
  const names = new Set<string>();
  const localized = new Set<string>();
  for (const choice of choices) {
    checkChoice(choice, type);
    const name = choice.text('name') ?? '';
    if (names.has(name)) {
      choice.problem(
        'Choice name already exists',
        'name',
        'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
      );
    }
    names.add(name);
    checkLocalizedNames(choice, name, localized, 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS');
  }
  if (option.flag('autocomplete') && choices.length > 0) {
    option.problem(
      'Autocomplete and choices exclude each other',
      'choices',
      'APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID',
    );
  }
}

/** Checks one choice, of a definition or of an autocomplete answer. */
export function checkChoice(choice: Form, type: OptionType): void {
  choice.text('name', { required: true, min: 1, max: 100 });
  checkLocalizations(choice, 'name_localizations', (text) => text.length >= 1 && text.length <= 100);
  if (type === OptionType.String) choice.text('value', { required: true, max: 100 });
  else if (type === OptionType.Integer)
    choice.integer('value', { required: true, min: -maxNumber, max: maxNumber });
  else choice.number('value', { required: true, min: -maxNumber, max: maxNumber });
}

function checkName(form: Form): void {
  const isName = (text: string): boolean => chatInputName.test(text) && text === text.toLowerCase();
  const name = form.text('name', { required: true });
  if (name !== undefined && !isName(name)) {
    form.problem('Command name is invalid', 'name', 'APPLICATION_COMMAND_INVALID_NAME');
  }
  checkLocalizations(form, 'name_localizations', isName);
}

function checkDescription(form: Form): void {
  form.text('description', { required: true, min: 1, max: 100 });
  checkLocalizations(form, 'description_localizations', (text) => text.length >= 1 && text.length <= 100);
}

function checkLocalizations(form: Form, field: string, isValid: (text: string) => boolean): void {
  const map = form.object(field);
  for (const locale of map?.fields() ?? []) {
    if (!locales.has(locale)) map?.problem('Unknown locale', locale, 'APPLICATION_COMMAND_LOCALE_INVALID');
    const text = map?.text(locale);
    if (text !== undefined && !isValid(text))
      map?.problem('Invalid text', locale, 'APPLICATION_COMMAND_INVALID_NAME');
  }
}

/**
 * No two items of a list may have the same name in any language; a missing translation defaults to the name
 * itself.
 * @param taken names so far, keyed with their locale
 */
function checkLocalizedNames(form: Form, name: string, taken: Set<string>, code: string): void {
  for (const locale of locales) {
    const shown = `${locale} ${form.object('name_localizations')?.text(locale) ?? name}`;
    if (taken.has(shown)) form.problem('Localized name already exists', 'name_localizations', code);
    taken.add(shown);
  }
}

function checkSet(form: Form, field: string, members: readonly unknown[]): void {
  if (!form.has(field)) return;
  const values = form.values(field, { min: 1 });
  if (new Set(values).size < values.length || values.some((value) => !members.includes(value))) {
    form.problem('Must be a set of known values', field, 'SET_TYPE_INVALID');
  }
}

function refuse(option: Form, field: string): void {
  if (option.has(field)) {
    option.problem(`This type of option has no ${field}`, field, 'APPLICATION_COMMAND_OPTIONS_FIELD_INVALID');
  }
}

function isNested(option: Form): boolean {
  return nestedTypes.some((type) => type === option.raw('type'));
}

function countCharacters(form: Form): number {
  const own = ['name', 'description', 'value'].reduce((sum, field) => {
    const localized = form.object(`${field}_localizations`);
    const texts = [form.raw(field), ...(localized?.fields().map((locale) => localized.raw(locale)) ?? [])];
    return sum + Math.max(...texts.map((text) => (typeof text === 'string' ? text.length : 0)));
  }, 0);
  const nested = ['options', 'choices'].flatMap((field) => {
    const list = form.raw(field);
    return Array.isArray(list) ? list.map((entry) => new Form(entry)) : [];
  });
  return nested.reduce((sum, entry) => sum + countCharacters(entry), own);
}
