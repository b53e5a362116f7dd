/**
 * Makes the samples of docs/styles.md: a short song in each style and one for each ensemble, as Ogg Opus in mono
 * beside this file. Run by `npm run samples`; needs ffmpeg. The seed is fixed, so that the same weights give
 * the same samples.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensembleNames } from '../../dist/plan/instruments.js';
import { styleNames } from '../../dist/plan/styles.js';

const project = join(import.meta.dirname, '..', '..');
const options = ['--length', '0:20', '--seed', '1'];

const folder = mkdtempSync(join(tmpdir(), 'samples-'));
try {
  for (const name of [...styleNames, ...ensembleNames]) {
    const compose = join(project, 'dist', 'cli', 'compose.js');
    const out = join(folder, name);
    const { audio } = JSON.parse(
      run(process.execPath, [compose, '--style', name, ...options, '--out', out, '--json']),
    );
    const sample = join(import.meta.dirname, `${name}.ogg`);
    run('ffmpeg', [
      ...['-y', '-loglevel', 'error', '-i', audio, '-ac', '1', '-c:a', 'libopus', '-b:a', '32k'],
      ...['-map_metadata', '-1', '-fflags', '+bitexact', sample],
    ]);
    console.log(sample);
  }
} finally {
  rmSync(folder, { recursive: true });
}

function run(program, parameters) {
  return execFileSync(program, parameters, {
    cwd: project,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}
