import type { Command, Option, Person, Place, Value } from './protocol.js';

/** One option as typed; positions refer to the text. */
export interface Entry {
  readonly option: Option;
  readonly from: number;
  readonly valueFrom: number;
  /** End of the option's text, including spaces. */
  readonly to: number;
  readonly value: string;
}

/** A slash command as someone typed it: `/compose notes:50 temp:0.8`. */
export interface CommandLine {
  readonly command: Command;
  /** End of the command's name. */
  readonly nameTo: number;
  readonly entries: readonly Entry[];
  /** Words that belong to no option. */
  readonly stray: string;
}

/** @returns undefined if the text names no command */
export function parseCommandLine(text: string, commands: readonly Command[]): CommandLine | undefined {
  const names = commands
    .filter(({ kind }) => kind === 'slash')
    .flatMap((command) => [command.title, command.path].map((name) => ({ name: `/${name}`, command })))
    .filter(({ name }) => text === name || text.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length);
  const found = names[0];
  if (found === undefined) return undefined;
  const { command } = found;
  const nameTo = found.name.length;

  const starts: { option: Option; from: number; valueFrom: number }[] = [];
  for (const match of text.slice(nameTo).matchAll(/(?<=\s)([^\s:]+):/g)) {
    const option = command.options.find(({ name, title }) => [name, title].includes(match[1]!));
    if (option === undefined || starts.some((start) => start.option === option)) continue;
    const from = nameTo + match.index;
    starts.push({ option, from, valueFrom: from + match[0].length });
  }
  const entries = starts.map((start, index) => {
    const to = starts[index + 1]?.from ?? text.length;
    return { ...start, to, value: text.slice(start.valueFrom, to).trim() };
  });
  return { command, nameTo, entries, stray: text.slice(nameTo, entries[0]?.from ?? text.length).trim() };
}

/** What is being typed at the caret. */
export type Typing =
  | { readonly kind: 'command'; readonly from: number; readonly typed: string }
  | { readonly kind: 'option'; readonly from: number; readonly typed: string; readonly line: CommandLine }
  | { readonly kind: 'value'; readonly entry: Entry; readonly typed: string; readonly line: CommandLine }
  | { readonly kind: 'mention'; readonly from: number; readonly typed: string };

export function typingAt(text: string, caret: number, commands: readonly Command[]): Typing | undefined {
  const before = text.slice(0, caret);
  if (!text.startsWith('/')) {
    const [, typed] = /(?:^|\s)@(\S*)$/.exec(before) ?? [];
    return typed === undefined ? undefined : { kind: 'mention', from: caret - typed.length - 1, typed };
  }
  const line = parseCommandLine(text, commands);
  if (line === undefined || caret <= line.nameTo) return { kind: 'command', from: 0, typed: before.slice(1) };
  const entry = line.entries.findLast(({ valueFrom, to }) => valueFrom <= caret && caret <= to);
  const from = before.search(/\S*$/);
  const option: Typing = { kind: 'option', from, typed: text.slice(from, caret), line };
  if (entry === undefined) return option;
  const typed = text.slice(entry.valueFrom, caret);
  // After a space a new option begins, unless a choice continues there.
  const goesOn = entry.option.choices.some(
    ({ name }) => name.length > typed.length && name.toLowerCase().startsWith(typed.toLowerCase()),
  );
  return /\S\s/.test(typed) && !goesOn ? option : { kind: 'value', entry, typed: typed.trim(), line };
}

/** Names of people and channels. */
export interface Names {
  readonly people: readonly Person[];
  readonly places: readonly Place[];
}

/**
 * Converts an option's value for the bot. Invalid values are sent unchanged: the local Discord rejects them
 * with an error message.
 * @param picked the value of a chosen suggestion, if the text is still its name
 */
export function valueOf(
  { option, value }: Entry,
  picked: string | number | undefined,
  { people, places }: Names,
): Value {
  if (picked !== undefined) return picked;
  switch (option.kind) {
    case 'integer':
    case 'number': {
      const isChoice = option.choices.some(({ name }) => name === value);
      return isChoice || value === '' || Number.isNaN(Number(value)) ? value : Number(value);
    }
    case 'switch':
      return value === 'true' ? true : value === 'false' ? false : value;
    case 'person':
      return { id: people.find(({ name }) => `@${name}` === value || name === value)?.id ?? value };
    case 'channel':
      return { id: places.find(({ name }) => `#${name}` === value || name === value)?.id ?? value };
    default:
      return value;
  }
}

/** Replaces names of people and channels by Discord's mentions: `@Musical AI` becomes `<@id>`. */
export function withMentions(text: string, { people, places }: Names): string {
  const marks = [
    ...people.map(({ id, name }) => [`@${name}`, `<@${id}>`] as const),
    ...places
      .filter(({ kind }) => kind === 'channel')
      .map(({ id, name }) => [`#${name}`, `<#${id}>`] as const),
  ];
  return marks.reduce((marked, [name, mark]) => marked.replaceAll(name, mark), text);
}
