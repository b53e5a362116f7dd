import { existsSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { styleNamed } from '../../src/patterns/book.js';
import { ensembleNames, ensembles, instruments, type Seat } from '../../src/plan/instruments.js';
import { styleNames, type StyleName } from '../../src/plan/styles.js';
import { roles } from '../../src/music/track.js';

const page = new URL('../../docs/styles.md', import.meta.url).pathname;
const sample = (name: string): string => `[listen](samples/${name}.ogg)`;

function partsOf(seats: readonly Seat[]): string {
  return seats.map(({ instrument, name }) => name ?? instruments[instrument].name).join(', ');
}

function styleRow(name: StyleName): string {
  const { meters, bpm, seats, patterned, taught, genre } = styleNamed(name);
  const own = roles.filter((role) => seats.some((seat) => seat.role === role));
  const byNetwork = own.filter((role) => !patterned.includes(role));
  const byPatterns = own.filter((role) => patterned.includes(role));
  const cells = [
    `\`${name}\``,
    meters.map(({ numerator, denominator }) => `${numerator}/${denominator}`).join(', '),
    `${bpm[0]}–${bpm[1]}`,
    partsOf(seats),
    byNetwork.length === 0 ? '' : `${byNetwork.join(', ')} (${[taught, genre].filter(Boolean).join(', ')})`,
    byPatterns.join(', '),
    sample(name),
  ];
  return `| ${cells.join(' | ')} |`;
}

const text = `# Styles and ensembles

\`/compose style:waltz\` or \`npm run compose -- --style waltz\` composes a song. Each part is composed by the song
network, or played from patterns that this project wrote ([assets/patterns](../assets/patterns/README.md)). With \`model:book\`, patterns and rules play every part. \`npm run docs\` generates this page; \`npm run
samples\` makes the samples, with seed 1.

## Styles

In brackets: the music that the network learned these parts from.

| style | meters | tempo, bpm | parts | composed by the network | played from patterns | sample |
| --- | --- | --- | --- | --- | --- | --- |
${styleNames.map(styleRow).join('\n')}

## Ensembles

An ensemble plays in its own style unless you name another: \`style:string-quartet, tango\`.

| ensemble | parts | style | sample |
| --- | --- | --- | --- |
${ensembleNames
  .map((name) => {
    const { seats, style } = ensembles[name];
    return `| \`${name}\` | ${partsOf(seats)} | \`${style}\` | ${sample(name)} |`;
  })
  .join('\n')}
`;

it('docs/styles.md is as npm run docs writes it', async () => {
  const written = await format(text, { ...(await resolveConfig(page)), filepath: page });
  await expect(written).toMatchFileSnapshot(page);
});

it.each([...styleNames, ...ensembleNames])('docs/styles.md has a sample of %s', (name) => {
  expect(existsSync(new URL(`../../docs/samples/${name}.ogg`, import.meta.url))).toBe(true);
});
