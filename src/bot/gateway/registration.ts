import type { ClientApplication } from 'discord.js';
import type { CommandData } from '../dispatch/command.js';
import type { Logger } from '../ops/logging.js';

/**
 * Replaces Discord's global commands with those of this bot. Writes only when something changed: Discord
 * limits how often commands may be written, and clients reload written commands.
 * @returns whether something changed.
 */
export async function registerCommands(
  application: ClientApplication,
  commands: readonly CommandData[],
  log: Logger,
): Promise<boolean> {
  const registered = await application.commands.fetch({ withLocalizations: true, cache: false });
  const unchanged =
    registered.size === commands.length &&
    commands.every((command) =>
      registered.some((other) => other.name === command.name && other.equals(command, true)),
    );
  if (unchanged) return false;
  await application.commands.set(commands);
  log.info({ commands: commands.map(({ name }) => name) }, 'commands registered');
  return true;
}
