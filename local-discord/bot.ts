import { Client, GatewayIntentBits, type ClientOptions, type Interaction } from 'discord.js';
import type { LocalDiscord } from './local-discord.js';

type Handler = (interaction: Interaction) => unknown;

/** An unmodified discord.js client with one handler, connected to a local Discord. */
export interface TestBot {
  readonly client: Client<true>;
  /** Errors thrown by its handlers or reported by the client. */
  readonly errors: Error[];
  stop(): Promise<void>;
}

/** @param commands registered globally before this resolves */
export async function startBot(
  discord: LocalDiscord,
  handler: Handler = () => undefined,
  { commands = [], ...options }: Partial<ClientOptions> & { readonly commands?: readonly object[] } = {},
): Promise<TestBot> {
  const { rest, ...others } = options;
  const client = new Client({
    intents: [GatewayIntentBits.Guilds],
    ...others,
    rest: { api: discord.apiUrl, ...rest },
  });
  const errors: Error[] = [];
  client.on('error', (error) => errors.push(error));
  client.on('interactionCreate', (interaction) => {
    Promise.resolve()
      .then(() => handler(interaction))
      .catch((error: unknown) => errors.push(error as Error));
  });
  const ready = new Promise<Client<true>>((resolve) => client.once('clientReady', resolve));
  await client.login(discord.token);
  const readyClient = await ready;
  if (commands.length > 0) {
    await client.rest.put(`/applications/${discord.applicationId}/commands`, { body: commands });
  }
  return { client: readyClient, errors, stop: () => client.destroy() };
}
