import type { Precondition } from '../bot/access/preconditions.js';
import type { ServerSettingsStore } from '../bot/access/server-settings.js';
import type { CompositionHandler } from '../bot/compose/composition-handler.js';
import type { BotConfig } from '../bot/ops/config.js';
import type { Radios } from '../bot/radio/radios.js';
import type { TrainingReporter } from '../bot/training/training-reporter.js';
import type { RequestMaker } from '../compose/requests.js';
import type { ModelLibrary } from '../model/model-library.js';
import type { Trainings } from '../training/trainings.js';

/** The services that commands and actions use. */
export interface BotServices {
  readonly requests: RequestMaker;
  readonly library: ModelLibrary;
  readonly trainings: Trainings;
  readonly compositions: CompositionHandler;
  readonly settings: ServerSettingsStore;
  readonly reporter: TrainingReporter;
  /** Admits people who can train and choose the models of a server. */
  readonly trainers: Precondition;
  /** Absent where voice is off. */
  readonly radios?: Radios | undefined;
  readonly config: Pick<BotConfig, 'cdnHosts' | 'piecesPerHour' | 'serverPiecesPerHour'>;
}
