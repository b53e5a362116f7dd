import { PermissionFlagsBits, RESTJSONErrorCodes } from 'discord-api-types/v10';
import { ApiError, missingAccess, missingPermissions, unknownChannel, unknownGuild } from '../api-error.js';
import { isBotIn } from '../commands.js';
import { isVoice, type VoiceChannel } from '../places.js';
import { Form } from '../rules/form.js';
import type { VoiceState } from '../voice/voice-states.js';
import type { World } from '../world.js';
import { noContent, ok, route } from './route.js';

const longestStatus = 500;

/** The bot's own place in voice, and the line below a voice channel's name. */
export const voiceRoutes = [
  route('PUT /channels/{channel_id}/voice-status', (world, { params, json }) => {
    const channel = voiceChannelOf(world, params.channel_id);
    const { SetVoiceChannelStatus, ManageChannels } = PermissionFlagsBits;
    need(channel, SetVoiceChannelStatus);
    if (world.voice.channelOfBot(channel.guild) !== channel) need(channel, ManageChannels);
    const form = new Form(json);
    const status = form.text('status', { max: longestStatus }) ?? null;
    form.throwProblems();
    world.voice.setStatus(channel, status === '' ? null : status);
    return noContent;
  }),
  route('GET /guilds/{guild_id}/voice-states/@me', (world, { params }) =>
    ok(world.voice.states.describeForBot(stateOf(world, params.guild_id))),
  ),
  route('PATCH /guilds/{guild_id}/voice-states/@me', (world, { params, json }) => {
    const state = stateOf(world, params.guild_id);
    const { channel } = state;
    const form = new Form(json);
    const channelId = form.text('channel_id');
    const suppress = form.flag('suppress') ?? state.suppress;
    const requestToSpeak = form.orKept('request_to_speak_timestamp', state.requestToSpeak);
    form.throwProblems();
    if (!channel.voice.isStage || (channelId !== undefined && channelId !== channel.id)) throw noStage();
    if (state.suppress && !suppress) need(channel, PermissionFlagsBits.MuteMembers);
    const isAsking = typeof requestToSpeak === 'string';
    if (isAsking) need(channel, PermissionFlagsBits.RequestToSpeak);
    world.voice.states.change(state, {
      suppress,
      requestToSpeak: isAsking && suppress ? requestToSpeak : null,
    });
    return noContent;
  }),
];

/** @throws ApiError 10003, 50001, or 50024 when it is no voice channel */
function voiceChannelOf(world: World, id: string): VoiceChannel {
  const channel = world.findChannel(id);
  if (channel === undefined) throw unknownChannel();
  if (!isBotIn(channel)) throw missingAccess();
  if (!isVoice(channel)) throw noStage();
  return channel;
}

/** @throws ApiError 10004, or 10065 when the bot is in no voice channel there */
function stateOf(world: World, guildId: string): VoiceState {
  const guild = world.guildsWithBot().find(({ id }) => id === guildId);
  if (guild === undefined) throw unknownGuild();
  const state = world.voice.states.of(world.bot.id, guild);
  if (state === undefined)
    throw new ApiError(404, RESTJSONErrorCodes.UnknownVoiceState, 'Unknown Voice State');
  return state;
}

function need({ appPermissions }: VoiceChannel, permission: bigint): void {
  const { Administrator } = PermissionFlagsBits;
  if ((appPermissions & (permission | Administrator)) === 0n) throw missingPermissions();
}

function noStage(): ApiError {
  const code = RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType;
  return new ApiError(400, code, 'Cannot execute action on this channel type');
}
