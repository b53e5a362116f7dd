import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Events, MessageFlags, type Client } from 'discord.js';
import { afterEach, beforeEach, expect } from 'vitest';
import { TrainerGate } from '../../src/bot/access/trainers.js';
import { createClient } from '../../src/bot/gateway/client.js';
import type { Action, SlashCommand } from '../../src/bot/dispatch/command.js';
import { Dispatcher } from '../../src/bot/dispatch/dispatcher.js';
import { CompositionHandler } from '../../src/bot/compose/composition-handler.js';
import type { FairShareLimits } from '../../src/bot/access/fair-share.js';
import { createLogger } from '../../src/bot/ops/logging.js';
import { Metrics } from '../../src/bot/ops/metrics.js';
import { registerCommands } from '../../src/bot/gateway/registration.js';
import { Radios, type RadiosOptions } from '../../src/bot/radio/radios.js';
import { ServerSettingsStore } from '../../src/bot/access/server-settings.js';
import { TrainingReporter } from '../../src/bot/training/training-reporter.js';
import { UnfinishedReplies } from '../../src/bot/reply/unfinished-replies.js';
import { makeHandlers } from '../../src/commands/index.js';
import { LocalDiscord } from '../../local-discord/local-discord.js';
import { FakeMusic } from './fake-music.js';
import { LogCapture } from './log-capture.js';
import { FakeLibrary } from './training/fake-library.js';
import { FakeTrainings } from './training/fake-trainings.js';

/** The parts of the bot in this process, with music controlled by the test. */
export interface InProcessBot {
  readonly client: Client<true>;
  readonly dataFolder: string;
  readonly music: FakeMusic;
  readonly library: FakeLibrary;
  readonly trainings: FakeTrainings;
  readonly settings: ServerSettingsStore;
  readonly dispatcher: Dispatcher;
  /** Absent without voice. */
  readonly radios: Radios | undefined;
  readonly log: LogCapture;
  stop(): Promise<void>;
}

interface Options {
  /** Registered commands that the dispatcher does not know. */
  readonly forgetful?: boolean;
  readonly answerWithinMs?: number;
  readonly actions?: readonly Action[];
  readonly limits?: Partial<FairShareLimits>;
  readonly wrap?: (command: SlashCommand) => SlashCommand;
  /** With voice, as in `VOICE=on`. */
  readonly voice?: Pick<RadiosOptions, 'voices' | 'most' | 'aloneMs'>;
}

/**
 * A local Discord with a bot, new for every test of the file; after each test, there must be no violations,
 * and all files that the bot sent must have alt texts.
 * @param begin called with them before each test, and after a restart
 * @param first options of the bot before each test
 * @returns restarts the bot on the same Discord
 */
export function useBot(
  begin: (discord: LocalDiscord, bot: InProcessBot) => void,
  first: () => Options = () => ({}),
): (options?: Options) => Promise<void> {
  let discord: LocalDiscord;
  let bot: InProcessBot;

  async function start(options?: Options): Promise<void> {
    bot = await startInProcess(discord, options);
    begin(discord, bot);
  }

  beforeEach(async () => {
    discord = await LocalDiscord.start();
    await start(first());
  });

  afterEach(async () => {
    await bot.stop();
    await discord.stop();
    expect(discord.violations).toEqual([]);
    expect(filesWithoutAltText(discord.requests)).toEqual([]);
  });

  return async (options) => {
    await bot.stop();
    await start(options);
  };
}

interface SentMessage {
  readonly flags?: number;
  readonly attachments?: readonly { readonly filename?: string; readonly description?: string }[];
}

/** Names of files without alt text; a voice message cannot have one. */
function filesWithoutAltText(requests: LocalDiscord['requests']): readonly string[] {
  return requests.flatMap(({ body, files }) => {
    if (files.length === 0) return [];
    // The first answer to an interaction has its message one level deeper.
    const { data, ...message } = body as SentMessage & { readonly data?: SentMessage };
    const { flags = 0, attachments = [] } = data ?? message;
    if ((flags & MessageFlags.IsVoiceMessage) !== 0) return [];
    const described = attachments.filter(({ description = '' }) => description !== '');
    return described.length === files.length ? [] : files.map(({ name }) => name);
  });
}

async function startInProcess(discord: LocalDiscord, options: Options = {}): Promise<InProcessBot> {
  const {
    forgetful = false,
    answerWithinMs,
    actions = [],
    limits = {},
    wrap = (command: SlashCommand) => command,
    voice,
  } = options;
  const capture = new LogCapture();
  const log = createLogger('debug', capture);
  const music = new FakeMusic();
  const dataFolder = await mkdtemp(join(tmpdir(), 'bot-'));
  const settings = new ServerSettingsStore(dataFolder);
  const unfinished = new UnfinishedReplies(join(dataFolder, 'unfinished'));
  const config = {
    cdnHosts: [discord.cdnHost],
    maxFileBytes: 10 * 1024 * 1024,
    requestsAtOnce: 20,
    piecesPerHour: 100,
    serverPiecesPerHour: 200,
    ...limits,
    ...(voice && { radios: voice.most }),
  };
  const compositions = new CompositionHandler(music, settings, unfinished, config);
  const ofClient = { discordApiUrl: discord.apiUrl, ...(voice && { radios: voice.most }) };
  const client = createClient(ofClient, log, (sentence) => log.fatal(sentence));
  const radios = voice && new Radios({ client, music, settings, log, ...voice });
  const trainings = new FakeTrainings();
  const reporter = new TrainingReporter(trainings, client.rest, log);
  const { trainers } = new TrainerGate([], settings);
  const { requests } = music;
  const library = new FakeLibrary();
  const parts = { requests, library, trainings, compositions, settings, reporter, trainers, radios, config };
  const handlers = makeHandlers(parts);
  const commands = handlers.commands.map((command) =>
    'suggest' in command && command.data.name === 'compose' ? wrap(command) : command,
  );
  const dispatcher = new Dispatcher(
    { ...handlers, commands: forgetful ? [] : commands, actions: [...handlers.actions, ...actions] },
    log,
    new Metrics(),
    answerWithinMs,
  );
  client.on(Events.InteractionCreate, (interaction) => dispatcher.handle(interaction));
  client.on(Events.MessageCreate, (message) => dispatcher.handleMessage(message));
  client.once(Events.ClientReady, ({ application }) => {
    void registerCommands(
      application,
      commands.map(({ data }) => data),
      log,
    );
  });
  const connected = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await discord.waitForReady({ command: 'compose' });
  return {
    client: await connected,
    dataFolder,
    music,
    library,
    trainings,
    settings,
    dispatcher,
    radios,
    log: capture,
    async stop() {
      await radios?.stop();
      await dispatcher.stop(0);
      await unfinished.settled();
      await client.destroy();
      await rm(dataFolder, { recursive: true });
    },
  };
}
