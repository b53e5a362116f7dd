import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { english } from '../../src/i18n/en/english.js';
import { formatDuration } from '../../src/request/duration.js';
import { optionNames, specOf, type OptionSpec } from '../../src/request/options.js';

const page = new URL('../../docs/options.md', import.meta.url).pathname;

function valuesOf(spec: OptionSpec): string {
  switch (spec.kind) {
    case 'integer':
    case 'number':
      return `${spec.min}–${spec.max}`;
    case 'choice':
      return spec.choices.join(', ');
    case 'duration':
      return `${formatDuration(spec.min)}–${formatDuration(spec.max)}`;
    case 'text':
    case 'title':
      return `up to ${spec.maxLength} characters`;
    case 'several':
      return `one or more of ${spec.choices.join(', ')}, separated by commas`;
    case 'notation':
      return `up to ${spec.maxLength} characters, such as ${spec.examples.map((each) => `\`${each}\``).join(', ')}`;
    case 'name':
      return 'a name';
    case 'words':
      return `values of ${spec.of.map((name) => `\`${name}\``).join(', ')}, separated by commas`;
  }
}

function row(name: (typeof optionNames)[number]): string {
  const spec = specOf(name);
  const { aliases = [], everyday, networks, availableIn } = spec;
  const also = aliases.map((alias) => `, \`${alias}\``).join('');
  const fallback = ('fallback' in spec && spec.fallback) || 'not set';
  const notIn = (['preset', 'settings'] as const).filter((context) => !availableIn.includes(context));
  const cells = [
    `\`${name}\`${also}`,
    valuesOf(spec),
    fallback,
    networks?.join(', ') ?? 'all',
    [
      everyday ? 'own option' : '`more`',
      ...notIn.map((context) => `not in ${context}s`.replace('ss', 's')),
    ].join(', '),
    english.options[name].description,
  ];
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
}

const text = `# Options

These options work in Discord, in a message to the bot (\`key:C scale:dorian\`) and in the terminal
(\`--key C --scale dorian\`). In slash commands, the common ones are options of their own, and all others go into
\`more\`: \`/compose key:C more:scale:dorian tempo:0.7\`. Presets (\`/preset save\`) and server defaults
(\`/settings defaults\`) take the same options, except where the table says otherwise. \`npm run docs\` generates
this page from \`src/request/options.ts\`.

| option | values | default | networks | where | what it does |
| --- | --- | --- | --- | --- | --- |
${optionNames.map(row).join('\n')}
`;

it('docs/options.md is as npm run docs writes it', async () => {
  const written = await format(text, { ...(await resolveConfig(page)), filepath: page });
  await expect(written).toMatchFileSnapshot(page);
  expect(readFileSync(page, 'utf8')).toContain('| `notes`');
});
