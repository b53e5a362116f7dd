import { REST } from 'discord.js';
import { TrainerGate } from '../../src/bot/access/trainers.js';
import { ServerSettingsStore } from '../../src/bot/access/server-settings.js';
import { CompositionHandler } from '../../src/bot/compose/composition-handler.js';
import type { SlashCommandData } from '../../src/bot/dispatch/command.js';
import { createLogger } from '../../src/bot/ops/logging.js';
import { UnfinishedReplies } from '../../src/bot/reply/unfinished-replies.js';
import { TrainingReporter } from '../../src/bot/training/training-reporter.js';
import { makeHandlers } from '../../src/commands/index.js';
import type { BotServices } from '../../src/commands/services.js';
import { FakeMusic } from './fake-music.js';
import { FakeLibrary } from './training/fake-library.js';
import { FakeTrainings } from './training/fake-trainings.js';

/** Services for commands, without a connection or stored data. */
export function fakeServices(): BotServices {
  const music = new FakeMusic();
  const trainings = new FakeTrainings();
  const settings = new ServerSettingsStore('');
  const config = {
    cdnHosts: [],
    maxFileBytes: 1,
    requestsAtOnce: 1,
    piecesPerHour: 1,
    serverPiecesPerHour: 1,
  };
  return {
    requests: music.requests,
    library: new FakeLibrary(),
    trainings,
    compositions: new CompositionHandler(music, settings, new UnfinishedReplies(''), config),
    settings,
    reporter: new TrainingReporter(trainings, new REST(), createLogger('silent')),
    trainers: new TrainerGate([], settings).trainers,
    config,
  };
}

/** The definition of a command, as sent to Discord. */
export function slashCommandData(name: string): SlashCommandData {
  const command = makeHandlers(fakeServices()).commands.find(({ data }) => data.name === name);
  return command!.data as SlashCommandData;
}
