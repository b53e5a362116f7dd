import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The first source file that is newer than its build, or not built; undefined if there is none.
 * @param folder the checkout
 */
export function staleSource(folder) {
  const sources = readdirSync(join(folder, 'src'), { recursive: true }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.d.ts'),
  );
  return sources.find((file) => {
    const source = statSync(join(folder, 'src', file));
    const built = statSync(join(folder, 'dist', builtName(file)), { throwIfNoEntry: false });
    return built === undefined || built.mtimeMs < source.mtimeMs;
  });
}

/** Kernels are built next to the code that uses them. */
function builtName(file) {
  return file.replace(/assembly[\\/]([^\\/]+)\.ts$/, '$1.wasm').replace(/\.ts$/, '.js');
}

/**
 * Threads and programs run from the build, also in tests.
 * @throws Error when the build is out of date
 */
export function requireFreshBuild(folder = join(import.meta.dirname, '..')) {
  const stale = staleSource(folder);
  if (stale === undefined) return;
  throw new Error(`Run “npm run build” first: src/${stale} is newer than what was built of it.`);
}
