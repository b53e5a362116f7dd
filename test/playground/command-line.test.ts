import { describe, expect, it } from 'vitest';
import { parseCommandLine, typingAt, valueOf, withMentions } from '../../playground/page/command-line.js';
import type { Command, Option } from '../../playground/page/protocol.js';
import { suggest } from '../../playground/page/suggestions.js';

const option = (name: string, more: Partial<Option> = {}): Option => ({
  name,
  title: name,
  description: '',
  kind: 'text',
  required: false,
  choices: [],
  suggests: false,
  fileTypes: [],
  ...more,
});

const command = (path: string, options: readonly Option[]): Command => ({
  path,
  title: path,
  id: '1',
  kind: 'slash',
  description: '',
  options,
});

const scales = ['major', 'natural minor'].map((name) => ({ name, value: name.replace(' ', '-') }));
const commands = [
  command('compose', [
    option('notes', { kind: 'integer', min: 1, max: 2000 }),
    option('name'),
    option('scale', { choices: scales, title: 'Leiter' }),
    option('loud', { kind: 'switch' }),
    option('whom', { kind: 'person' }),
    option('midi', { kind: 'file', fileTypes: ['.mid'] }),
  ]),
  command('settings', []),
  command('settings set', [option('share', { kind: 'channel' })]),
];
const names = {
  people: [{ id: '7', name: 'Musical AI', isBot: true }],
  places: [{ id: '8', name: 'listening', kind: 'channel' as const, commands: [] }],
};

describe('a line with a command', () => {
  it('is split into its options, whose values can contain spaces', () => {
    const line = parseCommandLine('/compose notes:50 name:A song: part 2 Leiter:natural minor', commands);
    expect(line?.entries.map((entry) => [entry.option.name, entry.value])).toEqual([
      ['notes', '50'],
      ['name', 'A song: part 2'],
      ['scale', 'natural minor'],
    ]);
  });

  it('names the longest command that fits', () => {
    expect(parseCommandLine('/settings set share:#listening', commands)?.command.path).toBe('settings set');
    expect(parseCommandLine('/settings', commands)?.command.path).toBe('settings');
    expect(parseCommandLine('/settingsset', commands)).toBeUndefined();
    expect(parseCommandLine('settings', commands)).toBeUndefined();
  });

  it('keeps words that belong to no option', () => {
    expect(parseCommandLine('/compose quietly notes:1', commands)?.stray).toBe('quietly');
  });

  it.each([
    ['notes:50', 50],
    ['notes:many', 'many'],
    ['notes:', ''],
    ['loud:true', true],
    ['loud:perhaps', 'perhaps'],
    ['whom:@Musical AI', { id: '7' }],
    ['whom:nobody', { id: 'nobody' }],
  ])('has the value of %s', (entry, value) => {
    const line = parseCommandLine(`/compose ${entry}`, commands)!;
    expect(valueOf(line.entries[0]!, undefined, names)).toEqual(value);
  });

  it('has the value of the picked name', () => {
    const line = parseCommandLine('/compose name:Lullaby', commands)!;
    expect(valueOf(line.entries[0]!, 'lullaby-1', names)).toBe('lullaby-1');
  });
});

describe('the option being typed', () => {
  it.each([
    ['/', 'command', ''],
    ['/com', 'command', 'com'],
    ['/compose ', 'option', ''],
    ['/compose no', 'option', 'no'],
    ['/compose notes:', 'value', ''],
    ['/compose notes:5', 'value', '5'],
    ['/compose notes:5 ', 'option', ''],
    ['/compose notes:5 te', 'option', 'te'],
    ['/compose Leiter:natural ', 'value', 'natural'],
    ['/compose Leiter:natural minor ', 'option', ''],
    ['hello @mu', 'mention', 'mu'],
  ])('after %s', (text, kind, typed) => {
    expect(typingAt(text, text.length, commands)).toMatchObject({ kind, typed });
  });

  it.each(['hello', 'mail@example'])('is none in %s', (text) => {
    expect(typingAt(text, text.length, commands)).toBeUndefined();
  });
});

describe('suggestions', () => {
  const at = (text: string): readonly string[] =>
    suggest(typingAt(text, text.length, commands)!, text.length, commands, names, undefined).list.map(
      ({ text: replacement, from }) => text.slice(0, from) + replacement,
    );

  it.each([
    ['/se', ['/settings ', '/settings set ']],
    ['/compose n', ['/compose notes:', '/compose name:']],
    ['/compose notes:1 n', ['/compose notes:1 name:']],
    ['/compose Leiter:MIN', ['/compose Leiter:natural minor ']],
    ['/compose loud:f', ['/compose loud:false ']],
    ['/compose notes:1', []],
    ['hello @mus', ['hello @Musical AI ']],
    ['/settings set share:', ['/settings set share:#listening ']],
  ])('after %s', (text, lines) => {
    expect(at(text)).toEqual(lines);
  });
});

it('sends mentions as Discord writes them', () => {
  expect(withMentions('hey @Musical AI in #listening', names)).toBe('hey <@7> in <#8>');
});
