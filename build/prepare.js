/** Builds after an install, if the compilers are installed: a production install has none. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const compilers = ['assemblyscript', 'typescript'].map(
  (name) => new URL(`../node_modules/${name}`, import.meta.url),
);
if (compilers.every(existsSync))
  process.exitCode = spawnSync('npm', ['run', 'build'], { stdio: 'inherit' }).status ?? 1;
else
  process.stdout.write(
    'Skipped the build: its compilers are development packages. Run “npm ci” to install them.\n',
  );
