/**
 * Many consecutive interactions, by a crowd that requests little music, and the bot's memory after every
 * thousand: `npm run bench:soak -- --interactions 10000`. Exits with 1 if something was lost, or memory keeps
 * growing.
 */
import { parseArgs } from 'node:util';
import { quickHabits } from './crowd.js';
import { openStage, servers, Table } from './stage.js';

const { values } = parseArgs({
  options: {
    interactions: { type: 'string', default: '10000' },
    users: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
  },
});
// By name: the order of `values` is that in which they were given.
const [interactions, users, seed] = [values.interactions, values.users, values.seed].map(Number);

const unlimited = '100000';
const stage = await openStage({
  users,
  seed,
  settings: { PIECES_PER_HOUR: unlimited, SERVER_PIECES_PER_HOUR: unlimited, QUEUE_LIMIT: '1000' },
});
const { discord, people } = stage;
for (const person of people) Object.assign(person, { mostNotes: 20, habits: quickHabits });
/** Memory after each thousand. */
const memory = [];
const count = () => people.reduce((sum, { seen }) => sum + seen.length, 0);
await stage.delay();
while (count() < interactions) {
  await Promise.all(people.map((person) => act(person, 5)));
  // Keeps the memory of the local Discord out of the measurement.
  discord.forget();
  for (const person of people) person.results = [];
  if (count() >= 1000 * (memory.length + 1)) {
    memory.push(Math.round(stage.resident()));
    process.stderr.write(`${count()} interactions, ${memory.at(-1)} MiB\n`);
  }
}
const delay = await stage.delay();
const end = await stage.close();

const table = new Table(
  `${interactions} interactions of ${users} people in ${servers} servers, seed ${seed}`,
);
table.rows(
  people.flatMap(({ seen }) => seen),
  delay,
  end,
);
table.row('memory after each thousand, MiB', memory.join(', '));
// The first thousands fill caches and let the heap reach its size.
const [before, after] = [memory.slice(1, memory.length / 2), memory.slice(memory.length / 2)].map(mean);
const growth = after / before - 1;
table.row('memory, second half over the first', `${(100 * growth).toFixed(1)} %`, '5 %', growth < 0.05);
table.end();
process.exit();

async function act(person, times) {
  for (let n = 0; n < times; n++) await person.act();
}

function mean(samples) {
  return samples.reduce((sum, each) => sum + each, 0) / samples.length;
}
