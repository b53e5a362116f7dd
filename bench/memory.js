/** Prints the resident memory, in MiB, of a process with discord.js and the studio after its pieces. */
import 'discord.js';
import { createStudio } from '../dist/studio/create.js';

const notes = Number(process.argv[2]);
const studio = await createStudio({ dataFolder: 'data', queueLimit: 8 });
for (let seed = 0; seed < 5; seed++) await studio.compose(studio.request({ notes, seed }));
console.log(process.memoryUsage.rss() / 2 ** 20);
await studio.close();
