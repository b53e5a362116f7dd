import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

function read(name: string): string {
  return readFileSync(join(import.meta.dirname, '..', name), 'utf8');
}

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Options that keep the bot small: docs/operations.md says what they bring. */
const small = ['--optimize-for-size', '--v8-pool-size=1'];

describe('what starts the bot', () => {
  it.each([
    ['npm start', scripts['start']!, 'dist/bot/main.js'],
    ['npm run worker', scripts['worker']!, 'dist/queue/main.js'],
    ['systemd', /^ExecStart=(.*)$/m.exec(read('deploy/musical-ai.service'))![1]!, 'dist/bot/main.js'],
    [
      'the image',
      (JSON.parse(/^CMD (.*)$/m.exec(read('Dockerfile'))![1]!) as string[]).join(' '),
      'dist/bot/main.js',
    ],
  ])('keeps it small: %s', (_, command, program) => {
    expect(command.replace(/^\S*node /, '').split(' ')).toEqual([...small, program]);
  });
});
