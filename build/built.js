/** Preloaded by every program: reports a missing build, for which Node would only report a missing file. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../dist/main.js', import.meta.url));
if (![built, process.argv[1]].every(existsSync)) {
  process.stderr.write('Run “npm run build” first: this program has not been built yet.\n');
  process.exit(1);
}
