import { parseArgs } from 'node:util';
import { Bot } from './bot.js';
import { PageServer } from './page-server.js';
import { Playground } from './playground.js';

const usage = `Usage: npm run playground -- [--port NUMBER]

Runs the bot against a Discord on this machine, and shows both on a page.
  --port  of the page; a free one unless given`;

const { values } = readArguments();
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const port = Number(values.port ?? 0);
if (!Number.isInteger(port) || port < 0 || port > 65_535)
  exitWith('--port must be a number from 0 to 65535.');

const playground = await Playground.start();
const server = await PageServer.start(playground, port).catch((error: unknown) =>
  exitWith(`The page cannot be served: ${error instanceof Error ? error.message : String(error)}`),
);
const bot = new Bot(playground.discord);
void bot.ended.then((lastWords) => {
  playground.setBotState('offline', `The bot has ended${lastWords === undefined ? '.' : `: ${lastWords}`}`);
});

console.log(`The playground is at ${server.address}`);
console.log('Press Ctrl-C to end it.');

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(1);
    stopping = true;
    void stop();
  });
}

async function stop(): Promise<void> {
  await server.stop();
  await bot.stop();
  await playground.stop();
}

function readArguments(): { readonly values: { readonly port?: string; readonly help?: boolean } } {
  try {
    return parseArgs({ options: { port: { type: 'string' }, help: { type: 'boolean' } } });
  } catch (error) {
    return exitWith(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

function exitWith(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
