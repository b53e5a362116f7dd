import { ApplicationCommandOptionType, InteractionContextType, type Client } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/bot/gateway/client.js';
import type { CommandData } from '../../../src/bot/dispatch/command.js';
import { createLogger } from '../../../src/bot/ops/logging.js';
import { registerCommands } from '../../../src/bot/gateway/registration.js';
import { LocalDiscord } from '../../../local-discord/local-discord.js';
import { slashCommandData } from '../fake-services.js';

const log = createLogger('silent');
const data = slashCommandData('compose');

let discord: LocalDiscord;
let client: Client<true>;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  const connecting = createClient({ discordApiUrl: discord.apiUrl }, log, () => undefined);
  const ready = new Promise<Client<true>>((resolve) => connecting.once('clientReady', resolve));
  await connecting.login(discord.token);
  client = await ready;
});

afterEach(async () => {
  await client.destroy();
  await discord.stop();
  expect(discord.violations).toEqual([]);
});

function register(...commands: readonly CommandData[]): Promise<boolean> {
  return registerCommands(client.application, commands, log);
}

function writes(): number {
  return discord.requests.filter(({ method, path }) => method !== 'GET' && path.includes('/commands')).length;
}

describe('registerCommands', () => {
  it('registers once, for servers, direct messages and user installs', async () => {
    expect(await register(data)).toBe(true);
    expect(await register(data)).toBe(false);
    expect(writes()).toBe(1);
    expect(discord.user().commands()).toMatchObject([
      { name: 'compose', integration_types: [0, 1], contexts: [0, 1, 2] },
    ]);
  });

  const options = data.options!;
  it.each<[string, readonly CommandData[]]>([
    ['a description', [{ ...data, description: 'Something else' }]],
    ['an option less', [{ ...data, options: options.slice(1) }]],
    ['the order of options', [{ ...data, options: [...options].reverse() }]],
    [
      'a limit',
      [
        {
          ...data,
          options: options.map((option) =>
            option.type === ApplicationCommandOptionType.Integer && option.name === 'notes'
              ? { ...option, maxValue: 100 }
              : option,
          ),
        },
      ],
    ],
    ['where it can be used', [{ ...data, contexts: [InteractionContextType.Guild] }]],
    ['another command', [data, { ...data, name: 'help' }]],
    ['no command at all', []],
  ])('registers again when this changed: %s', async (_, changed) => {
    await register(data);
    expect(await register(...changed)).toBe(true);
    expect(await register(...changed)).toBe(false);
    expect(writes()).toBe(2);
  });
});
