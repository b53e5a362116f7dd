/**
 * Runs the whole bot against the local Discord for five consecutive pieces, and prints its resident memory in
 * MiB and the longest delay of its event loop, in ms. `memory.js NOTES MODEL`
 */
import { openStage } from './stage.js';

const [notes, DEFAULT_MODEL] = [Number(process.argv[2]), process.argv[3]];
const stage = await openStage({ users: 0, seed: 1, settings: { DEFAULT_MODEL, LOG_LEVEL: 'fatal' } });
await stage.delay(); // discards the delay at startup
for (let seed = 0; seed < 5; seed++) {
  const sent = await stage.discord.user().slash('compose', { notes, seed });
  await sent.until(({ attachments }) => attachments.length === 3);
}
const delay = await stage.delay();
console.log(stage.resident(), delay.max);
await stage.close();
