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
      return `up to ${spec.maxLength} characters`;
    case 'several':
      return `${spec.choices.join(', ')}; several with commas between them`;
    case 'notation':
      return `up to ${spec.maxLength} characters, such as ${spec.examples.map((each) => `\`${each.replaceAll('|', '\\|')}\``).join(', ')}`;
    case 'name':
      return 'a name';
    case 'words':
      return `words of ${spec.of.map((name) => `\`${name}\``).join(', ')}, with commas between them`;
  }
}

function row(name: (typeof optionNames)[number]): string {
  const spec = specOf(name);
  const { aliases = [], everyday, networks, places } = spec;
  const also = aliases.map((alias) => `, \`${alias}\``).join('');
  const fallback = ('fallback' in spec && spec.fallback) || 'free';
  const notIn = (['preset', 'settings'] as const).filter((place) => !places.includes(place));
  const cells = [
    `\`${name}\`${also}`,
    valuesOf(spec),
    fallback,
    networks?.join(', ') ?? 'all',
    [everyday ? 'everyday' : '`more`', ...notIn.map((place) => `not in ${place}s`.replace('ss', 's'))].join(
      ', ',
    ),
    english.options[name].description,
  ];
  return `| ${cells.join(' | ')} |`;
}

const text = `# Options

The same in Discord, in a message to the bot (\`key:C scale:dorian\`) and in the terminal
(\`--key C --scale dorian\`). In slash commands the everyday ones stand for themselves, and the others go into
\`more\`: \`/compose key:C more:scale:dorian tempo:0.7\`. Presets (\`/preset save\`) and the defaults of a server
(\`/settings defaults\`) take the same ones but for what the table says. Written by \`npm run docs\` from the table in \`src/request/options.ts\`.

| option | values | default | networks | where | what it does |
| --- | --- | --- | --- | --- | --- |
${optionNames.map(row).join('\n')}
`;

it('docs/options.md is as npm run docs writes it', async () => {
  const written = await format(text, { ...(await resolveConfig(page)), filepath: page });
  await expect(written).toMatchFileSnapshot(page);
  expect(readFileSync(page, 'utf8')).toContain('| `notes`');
});
