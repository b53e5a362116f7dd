import type { ModelLibrary } from '../../model/model-library.js';
import type { Trainings } from '../../training/trainings.js';
import type { ServerSettingsStore } from '../access/server-settings.js';

/** The stores that keep data of servers. */
export interface ServerMemory {
  readonly settings: ServerSettingsStore;
  readonly library: ModelLibrary;
  readonly trainings: Trainings;
}

/**
 * Deletes all data of a server: settings, presets, models and a running training, which is stopped first. The
 * server can start over at once.
 */
export async function forgetServer(
  { settings, library, trainings }: ServerMemory,
  server: string,
): Promise<void> {
  const { current } = trainings;
  if (current?.server === server) {
    current.cancel();
    // Its model is saved when it ends, and has to be deleted, too.
    await current.outcome.catch(() => undefined);
    await current.told();
  }
  await settings.forget(server);
  await library.forget(server);
}
