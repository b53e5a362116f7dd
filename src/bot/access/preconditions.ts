import type { PermissionsString, RepliableInteraction } from 'discord.js';
import { requireManager, serverOf } from './manager.js';
import { requireOwner } from './permissions.js';

/**
 * The precondition of a command or action; the dispatcher checks it.
 * @param args of the button's custom_id, which can be forged
 * @throws UserError that says who may, and where.
 */
export type Precondition = (
  interaction: RepliableInteraction,
  args: readonly string[],
) => void | Promise<void>;

/** What every command and every action declares. */
export interface Guarded<Interaction> {
  /** Who may use it, and where; required, so that a command cannot be left open by mistake. */
  readonly allowed: Precondition;
  /** What the bot itself must be allowed to do in the channel. */
  readonly botPermissions:
    readonly PermissionsString[] | ((interaction: Interaction) => readonly PermissionsString[]);
}

/** Everyone, in direct messages too. */
export const everybody: Precondition = () => undefined;

/** Everyone in a server. */
export const inServer: Precondition = (interaction) => {
  serverOf(interaction);
};

/** People who manage the server. */
export const managers: Precondition = (interaction) => {
  requireManager(interaction);
};

/** The requester, and in a server anyone who can delete others' messages. */
export function owner(
  act: 'cancel' | 'delete',
  ownerOf: (args: readonly string[]) => string | undefined,
): Precondition {
  return (interaction, args) => requireOwner(interaction, ownerOf(args), act);
}

/** A precondition for each subcommand; unlisted ones are refused. */
export function bySubcommand(preconditions: Readonly<Record<string, Precondition>>): Precondition {
  return (interaction, args) => {
    const name = interaction.isChatInputCommand() ? interaction.options.getSubcommand() : '';
    const precondition = new Map(Object.entries(preconditions)).get(name);
    if (precondition === undefined) throw new RangeError(`Nobody may use the subcommand "${name}".`);
    return precondition(interaction, args);
  };
}
