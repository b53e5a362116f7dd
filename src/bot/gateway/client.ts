import {
  Client,
  Events,
  GatewayCloseCodes,
  GatewayIntentBits,
  Options,
  Partials,
  RESTEvents,
  Status,
  type GuildMember,
} from 'discord.js';
import { exits } from '../../i18n/en/operators.js';
import type { BotConfig } from '../ops/config.js';
import type { Logger } from '../ops/logging.js';
import { acknowledging } from './acknowledgement.js';
import { makeRequest } from './upload.js';

/** Gateway close codes after which discord.js never reconnects, with the message for the operator. */
const fatalClosings = new Map<number, string>([
  [GatewayCloseCodes.AuthenticationFailed, exits.tokenRefused],
  [GatewayCloseCodes.InvalidShard, exits.invalidShard],
  [GatewayCloseCodes.ShardingRequired, exits.shardingRequired],
  [GatewayCloseCodes.InvalidAPIVersion, exits.invalidApiVersion],
  [GatewayCloseCodes.InvalidIntents, exits.invalidIntents],
  [GatewayCloseCodes.DisallowedIntents, exits.disallowedIntents],
]);

/**
 * A client that is not yet logged in. It requests no privileged intents: in servers it receives the text only
 * of messages that mention it. It caches almost nothing.
 * @param onFatal called with a one-sentence reason when Discord closes the connection for good.
 */
export function createClient(
  { discordApiUrl, shards, radios }: Pick<BotConfig, 'discordApiUrl' | 'shards' | 'radios'>,
  log: Logger,
  onFatal: (sentence: string) => void,
): Client {
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.DirectMessages,
      ...(radios === undefined ? [] : [GatewayIntentBits.GuildVoiceStates]),
    ],
    ...(shards === undefined ? { shards: 'auto' } : { shards: shards.list, shardCount: shards.count }),
    // Without it, direct messages are missed: their channels are not announced.
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    // Per attempt; discord.js makes three more.
    rest: {
      api: discordApiUrl,
      timeout: 10_000,
      invalidRequestWarningInterval: 100,
      makeRequest: acknowledging(makeRequest),
    },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      GuildMemberManager: { maxSize: 10, keepOverLimit: isNeeded },
      MessageManager: 0,
      UserManager: { maxSize: 100, keepOverLimit: (user) => user.id === user.client.user.id },
    }),
  });
  // Without a listener, a failing handler would end the process.
  client.on(Events.Error, (err) => log.error({ err }, 'discord.js reports an error'));
  client.on(Events.Warn, (message) => log.warn(message));
  client.on(Events.ShardError, (err, shard) => log.warn({ err, shard }, 'gateway error'));
  client.on(Events.ShardReconnecting, (shard) => {
    // Also emitted when the client itself closes the connection.
    if (client.isReady()) log.warn({ shard }, 'gateway lost, connecting again');
  });
  client.on(Events.ShardResume, (shard, missed) => log.info({ shard, missed }, 'gateway resumed'));
  client.on(Events.ShardReady, (shard) => log.info({ shard }, 'gateway ready'));
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    log.error({ shard, code }, 'gateway closed for good');
    onFatal(fatalClosings.get(code) ?? exits.closed(code));
  });
  client.rest.on(RESTEvents.RateLimited, ({ route, method, timeToReset }) =>
    log.warn({ route, method, waitMs: timeToReset }, 'rate limited'),
  );
  client.rest.on(RESTEvents.Response, ({ data }, { status }) => {
    // Discord bans clients that keep using a rejected token. Calls that use the token of an interaction
    // instead get a 401 when that token has expired.
    if (status === 401 && data.auth !== false) onFatal(exits.tokenRefused);
  });
  client.rest.on(RESTEvents.InvalidRequestWarning, ({ count, remainingTime }) =>
    log.error(
      { count, withinMs: remainingTime },
      'many refused requests: Discord bans a bot that goes on like this',
    ),
  );
  return client;
}

/** Whether every gateway connection is up. */
export function isConnected(client: Client): boolean {
  return client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready);
}

/** Why login failed, in one sentence for the operator. */
export function loginFailure(error: unknown): string {
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'TokenInvalid') return exits.tokenRefused;
  }
  const reason = error instanceof Error ? error.message : String(error);
  return exits.loginFailed(reason);
}

/** The bot itself; and those in voice channels, of whom bots must be told from listeners. */
function isNeeded({ id, client, guild }: GuildMember): boolean {
  return id === client.user.id || guild.voiceStates.cache.get(id)?.channelId != null;
}
