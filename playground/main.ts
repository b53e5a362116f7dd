import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Bot } from './bot.js';
import { PageServer } from './page-server.js';
import { Playground } from './playground.js';
import { projectFolder } from './project.js';

const usage = `Usage: npm run playground -- [--port NUMBER]

Runs the bot against a Discord on this machine, and shows both on a page.

  --port NUMBER  port of the page (default: a free one)
  -h, --help     show this help
  --version      print the version`;

const { values } = readArguments();
if (values.help) {
  console.log(usage);
  process.exit(0);
}
if (values.version) {
  const { name, version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
  };
  console.log(`${name} ${version}`);
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

interface Arguments {
  readonly port?: string;
  readonly help?: boolean;
  readonly version?: boolean;
}

function readArguments(): { readonly values: Arguments } {
  try {
    return parseArgs({
      options: {
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    return exitWith(`${error instanceof Error ? error.message : String(error)}\nSee --help.`);
  }
}

function exitWith(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
