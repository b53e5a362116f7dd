import { defineConfig, type Plugin } from 'vitest/config';

/**
 * Worker threads and WebAssembly run as they are built: in tests, a URL of a sibling
 * `./x.js` or `./x.wasm` of a source module points into `dist`. `npm test` builds first.
 */
const builtSiblings: Plugin = {
  name: 'built-siblings',
  transform(code, id) {
    const folder = /\/src\/(.*)\/[^/]+\.ts$/.exec(id)?.[1];
    if (folder === undefined) return undefined;
    const dist = new URL(`dist/${folder}/`, import.meta.url);
    return code.replace(
      /new URL\(\s*(['"`]\.\/[^)]*?),\s*import\.meta\.url\)/g,
      `new URL($1, '${dist.href}')`,
    );
  },
};

export default defineConfig({
  plugins: [builtSiblings],
  test: {
    include: ['test/**/*.test.ts', 'local-discord/**/*.test.ts'],
    setupFiles: ['test/property-seed.ts'],
    // For a machine that does much besides: no test waits for its time to pass.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 3, // two cores are not busy while tests wait for deadlines
  },
});
