/**
 * Prints, of a process with discord.js and the studio after five pieces: its resident memory in
 * MiB, and the longest time in ms for which its event loop was blocked while it composed.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import 'discord.js';
import { createStudio } from '../dist/studio/create.js';

const [notes, defaultModel] = [Number(process.argv[2]), process.argv[3]];
const studio = await createStudio({ dataFolder: 'data', queueLimit: 8, defaultModel });
const resolutionMs = 5;
const delay = monitorEventLoopDelay({ resolution: resolutionMs });
delay.enable();
for (let seed = 0; seed < 5; seed++) await studio.compose(studio.request({ notes, seed }));
delay.disable();
console.log(process.memoryUsage.rss() / 2 ** 20, delay.max / 1e6 - resolutionMs);
await studio.close();
