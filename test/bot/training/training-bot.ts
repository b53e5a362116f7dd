import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApplicationIntegrationType, Events, InteractionContextType } from 'discord.js';
import { TrainerGate } from '../../../src/bot/access/trainers.js';
import { CompositionHandler } from '../../../src/bot/compose/composition-handler.js';
import { UnfinishedReplies } from '../../../src/bot/reply/unfinished-replies.js';
import { createClient } from '../../../src/bot/gateway/client.js';
import { Dispatcher } from '../../../src/bot/dispatch/dispatcher.js';
import { createLogger } from '../../../src/bot/ops/logging.js';
import { registerCommands } from '../../../src/bot/gateway/registration.js';
import { ServerSettingsStore } from '../../../src/bot/access/server-settings.js';
import { TrainingReporter } from '../../../src/bot/training/training-reporter.js';
import { makeHandlers } from '../../../src/commands/index.js';
import type { BotServices } from '../../../src/commands/services.js';
import type { LocalDiscord } from '../../../local-discord/local-discord.js';
import { FakeLibrary } from './fake-library.js';
import { FakeTrainings } from './fake-trainings.js';
import { FakeMusic } from '../fake-music.js';
import { LogCapture } from '../log-capture.js';

/** The parts of the bot that train and choose models, in this process. */
export interface TrainingBot {
  readonly trainings: FakeTrainings;
  readonly library: FakeLibrary;
  readonly reporter: TrainingReporter;
  readonly log: LogCapture;
  stop(): Promise<void>;
}

interface Options {
  readonly trainings?: FakeTrainings;
  readonly library?: FakeLibrary;
  readonly trainers?: readonly string[];
  readonly editEveryMs?: number;
  /** Whether Discord lets everyone use the commands everywhere. */
  readonly open?: boolean;
}

const everywhere = {
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
  integrationTypes: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  defaultMemberPermissions: null,
};

export async function startTrainingBot(discord: LocalDiscord, options: Options = {}): Promise<TrainingBot> {
  const { trainings = new FakeTrainings(), library = new FakeLibrary(), trainers = [] } = options;
  const capture = new LogCapture();
  const log = createLogger('debug', capture);
  const client = createClient({ discordApiUrl: discord.apiUrl }, log, (sentence) => log.fatal(sentence));
  const reporter = new TrainingReporter(trainings, client.rest, log, options.editEveryMs ?? 100);
  const config = {
    cdnHosts: [discord.cdnHost],
    maxFileBytes: 10 * 2 ** 20,
    requestsAtOnce: 1,
    piecesPerHour: 10,
    serverPiecesPerHour: 100,
  };
  const dataFolder = await mkdtemp(join(tmpdir(), 'training-bot-'));
  const settings = new ServerSettingsStore(dataFolder);
  const music = new FakeMusic();
  const unfinished = new UnfinishedReplies(join(dataFolder, 'unfinished'));
  const compositions = new CompositionHandler(music, settings, unfinished, config);
  const gate = new TrainerGate(trainers, settings);
  const parts: BotServices = {
    ...{ requests: music.requests, library, trainings, compositions, settings, reporter },
    trainers: gate.trainers,
    config,
  };
  const handlers = makeHandlers(parts);
  const { commands } = handlers;
  const dispatcher = new Dispatcher(handlers, log);
  client.on(Events.InteractionCreate, (interaction) => dispatcher.handle(interaction));
  const ready = once(client, Events.ClientReady);
  await client.login(discord.token);
  await ready;
  const data = commands.map((command) =>
    options.open === true ? { ...command.data, ...everywhere } : command.data,
  );
  await registerCommands(client.application!, data, log);
  await reporter.resume();
  return {
    trainings,
    library,
    reporter,
    log: capture,
    async stop() {
      await dispatcher.stop(0);
      await reporter.stop();
      await client.destroy();
      await rm(dataFolder, { recursive: true });
    },
  };
}
