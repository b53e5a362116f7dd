import { defineConfig, type Plugin } from 'vitest/config';
import { requireFreshBuild } from './build/fresh.js';
import { certificateFile } from './local-discord/voice/certificate.js';

// Test processes trust the certificate of the local Discord's voice server; they use TLS for nothing else.
process.env['NODE_EXTRA_CA_CERTS'] = certificateFile;

/**
 * Worker threads and WebAssembly run from the build: in tests, the URL of a source module's sibling `./x.js` or
 * `./x.wasm` points into `dist`, which has to be up to date. `npm test` builds first.
 */
const builtSiblings: Plugin = {
  name: 'built-siblings',
  transform(code, id) {
    const folder = /\/src\/(.*)\/[^/]+\.ts$/.exec(id)?.[1];
    if (folder === undefined) return undefined;
    const sibling = /new URL\(\s*(['"`]\.\/[^)]*?),\s*import\.meta\.url\)/g;
    if (!sibling.test(code)) return undefined;
    requireFreshBuild();
    const dist = new URL(`dist/${folder}/`, import.meta.url);
    return code.replace(sibling, `new URL($1, '${dist.href}')`);
  },
};

/**
 * Excluded from `npm run test:unit`: suites that start processes, a browser, a Redis or a local Discord,
 * wait for time to pass, or compose, train and draw for seconds.
 */
const large = [
  'local-discord/**/*.test.ts',
  'test/**/*.e2e.test.ts',
  'test/bot/{daily,dispatch,gateway,training}/*.test.ts',
  'test/bot/radio/radios.test.ts',
  'test/bot/kill.test.ts',
  'test/bot/reply/live-message.test.ts',
  'test/{cli,commands}/*.test.ts',
  'test/compose/{finished-files,midi-reader,music-services,recorded-requests,steered}.test.ts',
  'test/compose/remote/remote-composition-service.test.ts',
  'test/compose/service/*.test.ts',
  'test/evaluation/{known-music,report}.test.ts',
  'test/model/book/compose.property.test.ts',
  'test/model/lstm/tensorflow/tensorflow-trainer.test.ts',
  'test/model/lstm/training/{engines,train-model}.test.ts',
  'test/model/lstm/kernel/trainer.test.ts',
  'test/model/{lstm,transformer}/theory.property.test.ts',
  'test/model/transformer/evaluation.test.ts',
  'test/playground/{page,page-server,program}.test.ts',
  'test/render/audio/{audio,mix,piano,sound-bank,synth}.test.ts',
  'test/render/roll/{parts-roll,piano-roll}.test.ts',
  'test/render/curve/training-curve.test.ts',
  'test/voice/sound-{line,player}.test.ts',
  'test/{dockerfile,start,supply-chain}.test.ts',
  'test/training/{another-network,fine-tunings,server-models,training-music-reader}.test.ts',
];

export default defineConfig({
  plugins: [builtSiblings],
  test: {
    setupFiles: ['test/property-seed.ts'],
    // Generous, for a busy machine: no test waits for its timeout, and expected events are awaited for as long
    // as in the local Discord (`patienceMs`).
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 240_000 } },
    maxWorkers: 3, // two cores are not busy while tests wait for deadlines
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: large, isolate: false },
      },
      // These also start programs.
      { extends: true, test: { name: 'large', include: large, globalSetup: ['test/built.ts'] } },
    ],
  },
});
