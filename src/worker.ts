import { config as loadDotenv } from 'dotenv';
import { pino } from 'pino';
import { ConfigError } from './errors/config-error.js';
import { UserError } from './errors/user-error.js';
import { english } from './i18n/en/english.js';
import { terminal } from './i18n/en/terminal.js';
import { settingRefusal } from './i18n/en/operators.js';
import { rollWordsIn } from './i18n/picture.js';
import { readArguments, runProgram } from './cli/terminal.js';
import { loadOpenings } from './compose/openings.js';
import { defaultModel } from './request/options.js';
import { Renderer } from './compose/renderer.js';
import {
  LocalCompositionService,
  modelFoldersIn,
  batchSize,
  type CompositionService,
} from './compose/composition-service.js';
import { QueueWorker } from './compose/remote/queue-worker.js';
import { checkConnection, connect } from './compose/remote/redis.js';
import { readSettings, workerSettings } from './compose/remote/settings.js';

/** Time for the last messages to Redis after running jobs had theirs. */
const lastStepsMs = 2000;

loadDotenv({ quiet: true });
await runProgram(async () => {
  readArguments(terminal.usage.worker(), {});
  await start().catch((error: unknown) => {
    if (!(error instanceof ConfigError || error instanceof UserError)) throw error;
    process.stderr.write(`${error instanceof UserError ? english.refusal(error) : settingRefusal(error)}\n`);
    process.exit(1); // a connection to Redis would keep the process alive
  });
});

async function start(): Promise<void> {
  const settings = readSettings(workerSettings, process.env);
  const log = pino({ level: settings.LOG_LEVEL, base: null, serializers: { err: describeError } });
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'unexpected error, exiting');
    process.exit(1);
  });
  const redis = connect(settings.REDIS_URL, log);
  await checkConnection(redis, true);
  const modelFolders = modelFoldersIn(settings.DATA_DIR);
  const renderer = await Renderer.open(settings.SOUNDFONT, rollWordsIn(english));
  const compositions = new LocalCompositionService(modelFolders, batchSize, renderer, (err) =>
    log.error({ err }, 'the thread that composes was given up and replaced'),
  );
  await warmUp(compositions);
  const worker = new QueueWorker({
    redis,
    compositions,
    modelFolders,
    slots: batchSize,
    say: english.refusal,
    log,
  });

  let isStopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    log.info({ signal }, 'stopping; a second signal ends everything at once');
    const withinMs = settings.STOP_WITHIN_SECONDS * 1000;
    setTimeout(() => process.exit(1), withinMs + lastStepsMs).unref();
    await worker.close(withinMs);
    log.info('stopped');
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));
  log.info({ slots: batchSize }, 'ready');
}

/**
 * Composes a note in every thread before they get jobs: shows that they work, and loads their modules, since
 * Node can crash when a thread is terminated during its imports.
 */
async function warmUp(compositions: CompositionService): Promise<void> {
  const [opening] = (await loadOpenings()).values();
  const task = { kind: 'start', opening: opening!, chosenBy: 'file' } as const;
  const settings = { notes: 1, temperature: 1, tempo: 1, quantise: 'none', voices: 'poly', seed: 0 } as const;
  const request = { ...settings, model: defaultModel, task } as const;
  await compositions.compose(request);
}

/** Selected fields: errors of the Redis client contain commands with whole files or a password. */
function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack } = error;
  const at = stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { name, message: message.slice(0, 300), at: at?.slice(0, 8).map((line) => line.trim()) };
}
