import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const project = join(import.meta.dirname, '..');

function read(name: string): string {
  return readFileSync(join(project, name), 'utf8');
}

/** The command that a systemd unit runs. */
function startOf(unit: string): string {
  return /^ExecStart=(.*)$/m.exec(read(join('deploy', unit)))![1]!;
}

const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** Options that reduce memory; docs/operations.md explains their effect. */
const small = ['--optimize-for-size', '--v8-pool-size=1'];

describe('the start command', () => {
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
  ])('limits its memory: %s', (_, command, program) => {
    expect(command.replace(/^\S*node (--import \S+ )?/, '').split(' ')).toEqual([...small, program]);
  });
});

describe('a program that has not been built', () => {
  const runs = Object.entries(scripts).filter(([, command]) => /node .*(dist|bench)\//.test(command));

  it.each(runs.filter(([name]) => name !== 'bench'))('says so: npm run %s', (_, command) => {
    expect(command).toMatch(/^node --import \.\/build\/built\.js /);
  });

  it('says in one sentence what to do', () => {
    const check = ['--import', './build/built.js'];
    const run = (program: string) =>
      spawnSync(process.execPath, [...check, program], { cwd: project, encoding: 'utf8' });
    expect(run(join('dist', 'nothing.js'))).toMatchObject({
      status: 1,
      stdout: '',
      stderr: 'Run “npm run build” first: this program has not been built yet.\n',
    });
    expect(run(join('build', 'built.js'))).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });
});
