import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

function read(name: string): string {
  return readFileSync(join(import.meta.dirname, '..', name), 'utf8');
}

/** What a unit of systemd starts. */
function startOf(unit: string): string {
  return /^ExecStart=(.*)$/m.exec(read(join('deploy', unit)))![1]!;
}

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Options that keep the bot small: docs/operations.md says what they bring. */
const small = ['--optimize-for-size', '--v8-pool-size=1'];

describe('what starts the bot', () => {
  it.each([
    ['npm start', scripts['start']!, 'dist/main.js'],
    ['npm run worker', scripts['worker']!, 'dist/worker.js'],
    ['the unit of systemd', startOf('musical-ai.service'), 'dist/main.js'],
    ['that of workers', startOf('musical-ai-worker@.service'), 'dist/worker.js'],
    [
      'the image',
      (JSON.parse(/^CMD (.*)$/m.exec(read('Dockerfile'))![1]!) as string[]).join(' '),
      'dist/main.js',
    ],
  ])('keeps it small: %s', (_, command, program) => {
    expect(command.replace(/^\S*node /, '').split(' ')).toEqual([...small, program]);
  });
});
