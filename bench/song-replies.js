/**
 * The bot's memory, and how long a warm song takes, while people compose pieces and songs: every other request is a song of
 * 32 bars, in all styles in turn. Prints the resident memory in MiB before, at most and at rest afterwards, and the time from
 * the key press to the finished reply with its three files: all songs, then songs of five parts asked for one at a time.
 *
 *   npm run bench:songs -- --requests 40 --people 2 --songs 20
 */
import { loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { styleNames } from '../dist/plan/styles.js';
import { openStage, quantile, seconds, sorted } from './stage.js';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '40' },
    people: { type: 'string', default: '2' },
    /** Songs of five parts, one at a time. */
    songs: { type: 'string', default: '20' },
  },
});
const [requests, people, songs] = [values.requests, values.people, values.songs].map(Number);

const settings = { LOG_LEVEL: 'fatal', PIECES_PER_HOUR: '100000' };
const stage = await openStage({ users: 0, seed: 1, settings });
await sleep(3000);
const before = stage.resident();

let asked = 0;
async function person() {
  while (asked < requests) {
    const seed = asked++;
    const style = styleNames[((seed - 1) / 2) % styleNames.length];
    await reply(seed % 2 === 0 ? { notes: 300, seed } : { style, more: 'bars:32', seed });
  }
}
await Promise.all(Array.from({ length: people }, person));
const most = stage.peakResident();

const took = [];
for (let seed = 0; seed <= songs; seed++) {
  const ms = await reply({ style: 'pop', more: 'bars:32', seed });
  if (seed > 0) took.push(ms); // the first is a warm-up
}
const mostAfterSongs = stage.peakResident();
await sleep(15_000);
const rest = stage.resident();
await stage.close();

const times = sorted(took);
const mebibytes = (value) => `${value.toFixed(0)} MiB`;
console.log(
  `${requests} requests of ${people} people, half of them songs; load average ${loadavg()[0].toFixed(1)}`,
);
console.log(`memory before                 ${mebibytes(before)}`);
console.log(`memory, most                  ${mebibytes(most)}`);
console.log(`memory, most, with the songs  ${mebibytes(mostAfterSongs)}`);
console.log(`memory 15 s after the end     ${mebibytes(rest)}`);
console.log(`${times.length} songs of 32 bars, five parts: median ${seconds(quantile(times, 0.5))},`);
console.log(`95th percentile ${seconds(quantile(times, 0.95))}, longest ${seconds(times.at(-1))}`);
process.exit();

async function reply(options) {
  const start = performance.now();
  const sent = await stage.discord.user().slash('compose', options);
  await sent.until(({ attachments }) => attachments.length === 3, 120_000);
  return performance.now() - start;
}
