import { join } from 'node:path';
import { config as loadDotenv } from 'dotenv';
import { Events } from 'discord.js';
import { makeHandlers } from './commands/index.js';
import type { BotServices } from './commands/services.js';
import type { CurveWords } from './render/picture-words.js';
import { UserError } from './errors/user-error.js';
import { ConfigError } from './errors/config-error.js';
import { readArguments, runProgram } from './cli/terminal.js';
import { openMusicServices, type MusicConfig, type MusicServices } from './compose/music-services.js';
import { openTrainings } from './training/open-trainings.js';
import { modelFoldersIn } from './compose/composition-service.js';
import { TrainerGate } from './bot/access/trainers.js';
import { createClient, isConnected, loginFailure } from './bot/gateway/client.js';
import { CompositionHandler } from './bot/compose/composition-handler.js';
import { readConfig, type BotConfig } from './bot/ops/config.js';
import { Dailies } from './bot/daily/dailies.js';
import type { Radios } from './bot/radio/radios.js';
import { Dispatcher } from './bot/dispatch/dispatcher.js';
import { forgetServer } from './bot/ops/forgetting.js';
import { createLogger, type Logger } from './bot/ops/logging.js';
import { Metrics } from './bot/ops/metrics.js';
import { startMonitor } from './bot/ops/monitor.js';
import { registerCommands } from './bot/gateway/registration.js';
import { english } from './i18n/en/english.js';
import { exits, monitor, settingRefusal } from './i18n/en/operators.js';
import { terminal } from './i18n/en/terminal.js';
import { curveWordsIn, rollWordsIn } from './i18n/picture.js';
import { ServerSettingsStore } from './bot/access/server-settings.js';
import { TrainingReporter } from './bot/training/training-reporter.js';
import { UnfinishedReplies } from './bot/reply/unfinished-replies.js';

/** Time to close messages, gateway and workers after running requests had theirs. */
const lastStepsMs = 5000;

loadDotenv({ quiet: true });
await runProgram(async () => {
  readArguments(terminal.usage.start(), {});
  await start(configOrExit());
});

async function start(config: BotConfig): Promise<void> {
  const log = createLogger(config.logLevel);
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'unexpected error, exiting');
    process.exit(1);
  });
  const metrics = config.monitor && new Metrics();
  const onThreadLost: MusicConfig['onThreadLost'] = (work, err) => {
    metrics?.threadLost(work);
    log.error({ work, err }, 'a thread was given up and replaced');
  };
  const music = await openMusic({ ...config, onThreadLost }, log).catch(exitIfRefused);
  const curveWords = (model: string): CurveWords => curveWordsIn(english, model);
  const trainings = await openTrainings({ ...config, curveWords, onThreadLost }, music).catch(exitIfRefused);
  const client = createClient(config, log, exitWith);
  const { library, requests } = music;
  const reporter = new TrainingReporter(trainings, client.rest, log);
  const settings = new ServerSettingsStore(config.dataFolder);
  const gate = new TrainerGate(config.trainers, settings);
  const memory = { settings, library, trainings };
  const part = config.part === undefined ? '' : `-${config.part}`;
  const unfinished = new UnfinishedReplies(join(config.dataFolder, `unfinished${part}`));
  const compositions = new CompositionHandler(music, settings, unfinished, config, metrics);
  const radios = config.radios === undefined ? undefined : await openRadios(config.radios);
  const bot: BotServices = {
    ...{ requests, library, trainings, compositions, settings, reporter },
    trainers: gate.trainers,
    radios,
    config,
  };
  const handlers = makeHandlers(bot);
  const dispatcher = new Dispatcher(handlers, log, metrics);
  let dailies: Dailies | undefined;

  /** Loaded only where it is used. @param most at once */
  async function openRadios(most: number): Promise<Radios> {
    const [{ Voices }, { Radios }] = await Promise.all([
      import('./voice/voices.js'),
      import('./bot/radio/radios.js'),
    ]);
    const onFault = (err: unknown): void => log.error({ err }, 'something went wrong in a voice channel');
    const voices = new Voices({ soundFont: config.soundFont, onFault });
    return new Radios({ client, music, voices, settings, log, most });
  }

  let stopping = false;
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping; a second signal ends everything at once');
    setTimeout(() => process.exit(1), config.stopWithinMs + lastStepsMs).unref();
    await dispatcher.stop(config.stopWithinMs);
    await Promise.all([radios?.stop(), dailies?.stop()]);
    await unfinished.settled();
    await reporter.stop();
    await client.destroy();
    await trainings.close();
    await music.close();
    log.info('stopped');
    process.exit(0);
  };
  process.on('SIGTERM', (signal) => void stop(signal));
  process.on('SIGINT', (signal) => void stop(signal));

  client.on(Events.InteractionCreate, (interaction) => dispatcher.handle(interaction));
  client.on(Events.MessageCreate, (message) => dispatcher.handleMessage(message));
  // Discord sends no such event when a server is only unavailable.
  client.on(Events.GuildDelete, ({ id }) => {
    forgetServer(memory, id).then(
      () => log.info('left a server, and forgot it'),
      (err: unknown) => log.error({ err }, 'left a server, and could not forget it'),
    );
  });
  client.once(Events.ClientReady, (ready) => {
    registerCommands(
      ready.application,
      handlers.commands.map(({ data }) => data),
      log,
    ).catch((err: unknown) => log.error({ err }, 'commands not registered'));
    void unfinished.tellAll(client.rest, log);
    // Immediately: a training that someone begins would replace the interrupted one.
    reporter.resume().catch((err: unknown) => log.error({ err }, 'training not resumed'));
    dailies = new Dailies({ client: ready, music, settings, log, config });
    dailies.start();
  });
  if (config.monitor !== undefined && metrics !== undefined) {
    metrics.watch();
    await startMonitor({
      ...config.monitor,
      metrics,
      surroundings: () => ({
        connected: isConnected(client),
        trained: trainings.current && (trainings.current.progress?.done ?? 0),
        workers: music.composing.workers,
        radios: radios?.figures,
      }),
      unready() {
        if (stopping) return monitor.unready.stopping;
        if (!isConnected(client)) return monitor.unready.disconnected;
        return music.composing.workers === 0 ? monitor.unready.noWorkers : undefined;
      },
    }).catch((error: unknown) =>
      exitWith(exits.monitorPort(error instanceof Error ? error.message : String(error))),
    );
  }
  await client.login(config.discordToken).catch((error: unknown) => {
    if (!stopping) exitWith(loginFailure(error));
  });
}

async function openMusic(
  config: BotConfig & Pick<MusicConfig, 'onThreadLost'>,
  log: Logger,
): Promise<MusicServices> {
  const { redisUrl, dataFolder, queueLimit } = config;
  const words = rollWordsIn(english);
  if (redisUrl === undefined) return openMusicServices({ ...config, words });
  // Loaded only where it is used.
  const { RemoteCompositionService } = await import('./compose/remote/remote-composition-service.js');
  const modelFolders = modelFoldersIn(dataFolder);
  const composing = await RemoteCompositionService.open({ redisUrl, modelFolders, queueLimit, log });
  return openMusicServices({ ...config, words, composing });
}

function exitIfRefused(error: unknown): never {
  if (error instanceof UserError) return exitWith(english.refusal(error));
  throw error;
}

function configOrExit(): BotConfig {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (error instanceof ConfigError) return exitWith(settingRefusal(error));
    throw error;
  }
}

function exitWith(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
