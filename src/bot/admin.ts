import type { BaseInteraction } from 'discord.js';
import { requireManager, requireServer } from './manager.js';

/**
 * Checks that somebody may train and choose the models of a server: those who manage it, and those
 * whom the operator names.
 * @param trainers ids of users who may do so in every server
 * @returns id of the server
 * @throws UserError in direct messages, and for everybody else
 */
export function requireTrainer(interaction: BaseInteraction, trainers: readonly string[]): string {
  const isNamed = trainers.includes(interaction.user.id);
  return isNamed ? requireServer(interaction.guildId) : requireManager(interaction);
}
