import { MessageFlags, MessageType, PermissionFlagsBits, RESTJSONErrorCodes } from 'discord-api-types/v10';
import { ApiError, missingAccess, missingPermissions, unknownChannel, unknownMessage } from '../api-error.js';
import { isBotIn } from '../commands.js';
import { referenceTo } from '../messages.js';
import { describeChannel, type Channel } from '../places.js';
import { Form } from '../rules/form.js';
import { checkMessage } from '../rules/message-rules.js';
import type { World } from '../world.js';
import { noContent, ok, route, type Call } from './route.js';

/** The bot's own messages in channels, without an interaction. */
export const channelRoutes = [
  route('GET /channels/{channel_id}', (world, { params }) => ok(describeChannel(channelOf(world, params)))),
  route('POST /channels/{channel_id}/typing', (world, { params }) => {
    channelOf(world, params);
    return noContent;
  }),
  route('GET /channels/{channel_id}/messages', (world, { params, url }) => {
    const channel = channelOf(world, params);
    const limit = Number(url.searchParams.get('limit') ?? 50);
    const after = BigInt(url.searchParams.get('after') ?? 0);
    const all = world.messages.in(channel).filter(({ id }) => BigInt(id) > after);
    // After a message, those that followed it at once; otherwise the newest. The newest come first.
    const messages = (after > 0n ? all.slice(0, limit) : all.slice(-limit)).reverse();
    return ok(messages.map(({ id }) => world.messages.describeForBot(id, world.gateway.grantedIntents)));
  }),
  route('POST /channels/{channel_id}/messages', (world, call) => {
    const channel = channelOf(world, call.params);
    const { json, files } = call;
    const { SendMessages, SendMessagesInThreads } = PermissionFlagsBits;
    need(channel, channel.parent ? SendMessagesInThreads : SendMessages);
    if (files.length > 0) need(channel, PermissionFlagsBits.AttachFiles);
    const form = new Form(json);
    if (((form.integer('flags') ?? 0) & MessageFlags.Ephemeral) !== 0) {
      form.problem('Only answers to interactions can be ephemeral', 'flags', 'FLAGS_INVALID');
      form.throwProblems();
    }
    const nonce = form.raw('enforce_nonce') === true ? form.text('nonce') : undefined;
    const twin = nonce === undefined ? undefined : world.messages.withNonce(channel, nonce);
    if (twin !== undefined) return ok(twin);
    const answered = form.object('message_reference')?.text('message_id');
    const shown = world.messages.post({
      channel,
      author: world.bot,
      body: checkMessage(json, { files, maxFileBytes: world.settings.attachmentSizeLimit }),
      files,
      ...(answered !== undefined && { type: MessageType.Reply }),
      extras: {
        ...(nonce !== undefined && { nonce }),
        ...(answered !== undefined && { message_reference: referenceTo(channel, answered) }),
      },
    });
    return ok(world.messages.describe(shown.id));
  }),
  route('GET /channels/{channel_id}/messages/{message_id}', (world, { params }) =>
    ok(world.messages.describeForBot(messageOf(world, params), world.gateway.grantedIntents)),
  ),
  route('PATCH /channels/{channel_id}/messages/{message_id}', (world, { params, json, files }) => {
    const id = messageOf(world, params);
    const current = world.messages.describe(id);
    if (current.author.id !== world.bot.id) {
      throw new ApiError(
        403,
        RESTJSONErrorCodes.CannotEditMessageAuthoredByAnotherUser,
        'Cannot edit a message authored by another user',
      );
    }
    const body = checkMessage(json, { files, maxFileBytes: world.settings.attachmentSizeLimit, current });
    world.messages.edit(id, body, files);
    return ok(world.messages.describe(id));
  }),
  route('DELETE /channels/{channel_id}/messages/{message_id}', (world, { params }) => {
    const id = messageOf(world, params);
    const channel = channelOf(world, params);
    if (world.messages.describe(id).author.id !== world.bot.id)
      need(channel, PermissionFlagsBits.ManageMessages);
    world.messages.delete(id);
    return noContent;
  }),
];

/** @throws ApiError 10003 unknown, 50001 when the bot cannot see it */
function channelOf(world: World, { channel_id }: { readonly channel_id: string }): Channel {
  const channel = world.findChannel(channel_id);
  if (channel === undefined) throw unknownChannel();
  if (!isBotIn(channel)) throw missingAccess();
  need(channel, PermissionFlagsBits.ViewChannel, missingAccess);
  return channel;
}

/**
 * Ephemeral messages are invisible to these routes.
 * @throws ApiError 10008
 */
function messageOf(world: World, params: Call<{ channel_id: string; message_id: string }>['params']): string {
  const channel = channelOf(world, params);
  const isThere = world.messages.in(channel).some(({ id }) => id === params.message_id);
  if (!isThere) throw unknownMessage();
  return params.message_id;
}

function need(channel: Channel, permission: bigint, refusal = missingPermissions): void {
  if ((channel.appPermissions & permission) === 0n) throw refusal();
}
