import { missingAccess } from '../api-error.js';
import { describeChannel } from '../places.js';
import { Form } from '../rules/form.js';
import { ok, route } from './route.js';

/** The bot's own account: its gateway URL, and its user. */
export const accountRoutes = [
  route('GET /gateway', (world) => ok({ url: world.gatewayUrl })),
  route('GET /gateway/bot', (world) => {
    const { total, remaining, resetAfterMs } = world.gateway.sessionStarts;
    return ok({
      url: world.gatewayUrl,
      shards: world.gateway.recommendedShards,
      session_start_limit: { total, remaining, reset_after: resetAfterMs, max_concurrency: 1 },
    });
  }),
  route('GET /users/@me', (world) =>
    ok({ ...world.bot, verified: true, mfa_enabled: true, locale: 'en-US', email: null }),
  ),
  route('GET /applications/@me', (world) => ok(describeApplication(world.application, world.bot))),
  route('GET /oauth2/applications/@me', (world) => ok(describeApplication(world.application, world.bot))),
  route('POST /users/@me/channels', (world, { json }) => {
    const form = new Form(json);
    const recipient = form.text('recipient_id', { required: true });
    form.throwProblems();
    const user = world.findUser(recipient ?? '');
    if (user === undefined || user === world.bot) throw missingAccess();
    return ok(describeChannel(world.directChannel(user)));
  }),
];

function describeApplication(
  application: { readonly id: string; readonly name: string },
  bot: unknown,
): unknown {
  return {
    ...application,
    icon: null,
    description: '',
    bot,
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '',
    flags: 0,
  };
}
