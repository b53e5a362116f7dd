import { ChannelType, PermissionFlagsBits, type Guild, type PermissionsString } from 'discord.js';
import type { Logger } from '../ops/logging.js';

/** What the bot lacks to speak in a kind of channel: on a stage, it may at least ask to. */
export function missingToSpeak(
  type: ChannelType,
  permissions: { has(permission: PermissionsString): boolean } | null,
): readonly PermissionsString[] {
  const has = (permission: PermissionsString): boolean => permissions?.has(permission) !== false;
  if (type === ChannelType.GuildStageVoice)
    return has('MuteMembers') || has('RequestToSpeak') ? [] : ['RequestToSpeak'];
  return has('Speak') ? [] : ['Speak'];
}

/** Whether the bot can only listen: it is in the audience of a stage, or a moderator muted it. */
export function isSilenced(guild: Guild): boolean {
  const { suppress, serverMute } = guild.voiceStates.cache.get(guild.client.user.id) ?? {};
  return suppress === true || serverMute === true;
}

/** Where the bot is in the audience of a stage, it becomes a speaker, or asks to. Never rejects. */
export async function askToSpeak(guild: Guild, log: Logger): Promise<void> {
  const state = guild.voiceStates.cache.get(guild.client.user.id);
  const { channel } = state ?? {};
  if (state?.suppress !== true || channel?.type !== ChannelType.GuildStageVoice) return;
  const permissions = channel.permissionsFor(guild.client.user.id);
  try {
    if (permissions?.has(PermissionFlagsBits.MuteMembers) === true) await state.setSuppressed(false);
    else if (permissions?.has(PermissionFlagsBits.RequestToSpeak) === true)
      await state.setRequestToSpeak(true);
  } catch (err) {
    log.warn({ err }, 'the radio could not ask to speak on a stage');
  }
}
