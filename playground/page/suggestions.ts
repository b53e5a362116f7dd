import type { Entry, Names, Typing } from './command-line.js';
import type { Choice, Command, Option } from './protocol.js';

/** A line of the list over the composer. */
export interface Suggestion {
  readonly title: string;
  readonly detail: string;
  /** The range of text that it replaces, and the replacement. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** The option and value that it stands for, if the text alone is not enough. */
  readonly picks?: { readonly option: string; readonly value: string | number };
  /** Opens the file chooser for this option. */
  readonly choosesFile?: Option;
}

export interface Suggestions {
  readonly heading: string;
  readonly list: readonly Suggestion[];
}

/** @param completed what the bot suggests for the option that is being typed */
export function suggest(
  typing: Typing,
  caret: number,
  commands: readonly Command[],
  names: Names,
  completed: readonly Choice[] | undefined,
): Suggestions {
  switch (typing.kind) {
    case 'command': {
      const matching = commands
        .filter(({ kind }) => kind === 'slash')
        .filter(({ title, path }) => [title, path].some((name) => name.startsWith(typing.typed)));
      return {
        heading: 'Commands',
        list: matching.map(({ title, description }) => ({
          title: `/${title}`,
          detail: description,
          from: 0,
          to: caret,
          text: `/${title} `,
        })),
      };
    }
    case 'option': {
      const free = typing.line.command.options
        .filter((option) => !typing.line.entries.some((entry) => entry.option === option))
        .filter(({ title }) => title.toLowerCase().startsWith(typing.typed.toLowerCase()))
        .sort((a, b) => Number(b.required) - Number(a.required));
      return {
        heading: free.length === 0 ? '' : 'Options',
        list: free.map((option) => ({
          title: option.title,
          detail: [option.required ? 'required' : '', option.description, rangeOf(option)]
            .filter((part) => part !== '')
            .join(' · '),
          from: typing.from,
          to: caret,
          text: `${option.title}:`,
          ...(option.kind === 'file' ? { choosesFile: option } : {}),
        })),
      };
    }
    case 'value':
      return suggestValue(typing.entry, typing.typed, names, completed);
    case 'mention': {
      const people = names.people.filter(({ name }) => matches(name, typing.typed));
      return {
        heading: people.length === 0 ? '' : 'People',
        list: people.map(({ name, isBot }) => ({
          title: `@${name}`,
          detail: isBot ? 'the bot' : '',
          from: typing.from,
          to: caret,
          text: `@${name} `,
        })),
      };
    }
  }
}

function suggestValue(
  { option, valueFrom, to, value }: Entry,
  typed: string,
  { people, places }: Names,
  completed: readonly Choice[] | undefined,
): Suggestions {
  const heading = [option.title, option.description, rangeOf(option)]
    .filter((part) => part !== '')
    .join(' · ');
  const offer = (name: string, detail = ''): Suggestion => {
    return { title: name, detail, from: valueFrom, to, text: `${name} ` };
  };
  const offerChoice = ({ name, value: picked }: Choice): Suggestion => {
    return { ...offer(name), picks: { option: option.name, value: picked } };
  };
  // Shows the whole list again once a value is complete, so that another can be chosen.
  const isComplete = option.choices.some(({ name }) => name === value);
  const filter = isComplete ? '' : typed;
  if (option.suggests) return { heading, list: (completed ?? []).map(offerChoice) };
  if (option.choices.length > 0) {
    return { heading, list: option.choices.filter(({ name }) => matches(name, filter)).map(offerChoice) };
  }
  switch (option.kind) {
    case 'switch':
      return {
        heading,
        list: ['true', 'false'].filter((name) => matches(name, typed)).map((name) => offer(name)),
      };
    case 'person':
      return {
        heading,
        list: people.filter(({ name }) => matches(name, typed)).map(({ name }) => offer(`@${name}`)),
      };
    case 'channel': {
      const channels = places.filter(({ kind, name }) => kind === 'channel' && matches(name, typed));
      return { heading, list: channels.map(({ name }) => offer(`#${name}`)) };
    }
    case 'file': {
      const choose = { ...offer(''), title: 'Choose a file …', text: '', choosesFile: option };
      return { heading, list: value === '' ? [choose] : [] };
    }
    default:
      return { heading, list: [] };
  }
}

/** The allowed values of an option, e.g. `1–2000`. */
function rangeOf({ kind, min, max, fileTypes }: Option): string {
  const unit = kind === 'text' ? ' characters' : '';
  if (min !== undefined && max !== undefined) return `${min}–${max}${unit}`;
  if (min !== undefined) return `at least ${min}${unit}`;
  if (max !== undefined) return `at most ${max}${unit}`;
  return fileTypes.join(', ');
}

function matches(name: string, typed: string): boolean {
  return name.toLowerCase().includes(typed.toLowerCase().replace(/^[@#]/, ''));
}
