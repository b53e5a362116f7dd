import { unknownWebhook } from '../api-error.js';
import type { World } from '../world.js';
import { noContent, ok, route, type Answer, type Call } from './route.js';

interface Webhook {
  readonly webhook_id: string;
  readonly webhook_token: string;
}

/** Answers to interactions: the callback, then edits and follow-ups with the interaction's token. */
export const interactionRoutes = [
  route(
    'POST /interactions/{interaction_id}/{interaction_token}/callback',
    (world, { params, url, ...body }) => {
      const response = world.interactions.acknowledge(params.interaction_id, params.interaction_token, body);
      return url.searchParams.get('with_response') === 'true' ? ok(response) : noContent;
    },
  ),
  route('POST /webhooks/{webhook_id}/{webhook_token}', (world, { params, url, ...body }) => {
    const message = world.interactions.followUp(tokenOf(world, params), body);
    return url.searchParams.get('wait') === 'true' ? ok(message) : noContent;
  }),
  route('GET /webhooks/{webhook_id}/{webhook_token}/messages/@original', (world, { params }) =>
    ok(world.interactions.get(tokenOf(world, params), '@original')),
  ),
  route('PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original', (world, call) =>
    edit(world, call, '@original'),
  ),
  route('DELETE /webhooks/{webhook_id}/{webhook_token}/messages/@original', (world, { params }) => {
    world.interactions.delete(tokenOf(world, params), '@original');
    return noContent;
  }),
  route('GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}', (world, { params }) =>
    ok(world.interactions.get(tokenOf(world, params), params.message_id)),
  ),
  route('PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}', (world, call) =>
    edit(world, call, call.params.message_id),
  ),
  route('DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}', (world, { params }) => {
    world.interactions.delete(tokenOf(world, params), params.message_id);
    return noContent;
  }),
];

function edit(world: World, { params, json, files }: Call<Webhook>, messageId: string): Answer {
  return ok(world.interactions.edit(tokenOf(world, params), messageId, { json, files }));
}

/**
 * An application's webhook ID is the application's ID.
 * @throws ApiError 10015
 */
function tokenOf(world: World, { webhook_id, webhook_token }: Webhook): string {
  if (webhook_id !== world.application.id) throw unknownWebhook();
  return webhook_token;
}
