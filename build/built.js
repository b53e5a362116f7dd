/** Loaded before every program: without the build, Node would only say which file it cannot find. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../dist/main.js', import.meta.url));
if (![built, process.argv[1]].every(existsSync)) {
  process.stderr.write('Run “npm run build” first: this program has not been built yet.\n');
  process.exit(1);
}
