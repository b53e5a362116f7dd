/**
 * Kills a process that changes settings, chooses models and stores new ones, repeatedly at random moments,
 * and checks the disk: everything reported as done is stored, and nothing is damaged. `npm run bench:kill --
 * 100`
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ServerSettingsStore } from '../dist/bot/access/server-settings.js';
import { writeFolder } from '../dist/storage/durable.js';
import { shippedModels } from '../dist/model/model-store.js';
import { StoredLibrary } from '../dist/model/model-library.js';

const server = '1';
const program = fileURLToPath(import.meta.url);
const [first, folder] = process.argv.slice(2);
if (first === 'victim') await change(folder);
else await killOften(Number(first ?? 100));

/** Makes changes until it is killed, and reports each of them. */
async function change(data) {
  const settings = new ServerSettingsStore(data);
  const library = await open(data);
  const names = library.names(server);
  const weights = Object.fromEntries(
    readdirSync(join(shippedModels, 'lstm'))
      .filter((name) => /^(model\.json|weights\.bin|manifest\.json)$/.test(name))
      .map((name) => [name, readFileSync(join(shippedModels, 'lstm', name))]),
  );
  let notes = (await settings.read(server)).defaults.notes ?? 0;
  let models = names.filter((name) => name.startsWith('own')).length;
  for (;;) {
    await settings.update(server, (before) => ({ ...before, defaults: { notes: notes + 1 } }));
    notes++;
    await library.use(server, names[notes % names.length]);
    if (notes % 5 === 0) {
      await writeFolder(library.folderFor(server, `own${models % 8}`), weights);
      models++;
    }
    process.stdout.write(`${notes}\n`);
  }
}

async function killOften(times) {
  const data = mkdtempSync(join(tmpdir(), 'kill-'));
  let done = 0;
  try {
    for (let round = 0; round < times; round++) {
      const victim = spawn(process.execPath, [program, 'victim', data], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      createInterface(victim.stdout).on('line', (line) => (done = Number(line)));
      await once(victim.stdout, 'data');
      await sleep(Math.random() * 200);
      victim.kill('SIGKILL');
      await once(victim, 'close');
      await check(data, done);
    }
    console.log(`${times} kills in the middle of ${done} changes: nothing lost, nothing damaged.`);
  } finally {
    rmSync(data, { recursive: true });
  }
}

/** @throws Error if anything is wrong */
async function check(data, done) {
  const { defaults } = await new ServerSettingsStore(data).read(server);
  // One more change may be on disk without having been reported.
  if (![done, done + 1].includes(defaults.notes)) {
    throw new Error(`${done} changes were reported, and ${defaults.notes} are on disk`);
  }
  const library = await open(data);
  for (const name of library.names(server)) await library.show(server, name);
  const files = readdirSync(data, { recursive: true, encoding: 'utf8' });
  const damaged = files.filter((name) => name.endsWith('.damaged') || /models\/.*\.partial/.test(name));
  if (damaged.length > 0) throw new Error(`left behind: ${damaged.join(', ')}`);
}

function open(data) {
  return StoredLibrary.open({
    shared: [shippedModels],
    shipped: shippedModels,
    servers: join(data, 'servers'),
  });
}
