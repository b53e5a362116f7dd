import { describe, expect, it } from 'vitest';
import type { LocalDiscord } from '../../../local-discord/local-discord.js';
import { useBot, type InProcessBot } from '../in-process-bot.js';

const callback = 'POST /interactions/{interaction_id}/{interaction_token}/callback';

let discord: LocalDiscord;
let bot: InProcessBot;

useBot((...started) => {
  [discord, bot] = started;
});

const callbacks = (): number => discord.requests.filter(({ path }) => path.includes('/callback')).length;

describe('a connection that breaks at the acknowledgement', () => {
  it.each([
    ['before it arrived', 'before', 1],
    ['after it arrived', 'after', 1],
    ['again and again', 'before', 4],
  ] as const)('costs nobody their piece: %s', async (_, hangUp, times) => {
    discord.faults.plan(callback, { hangUp }, times);
    const reply = await discord.user().slash('compose');
    expect(reply.message.loading).toBe(true);
    await bot.music.nextJob();
    expect(callbacks()).toBe(times + 1);
    expect(discord.messages()).toHaveLength(1);
  });

  it('does not hide another error of the second try', async () => {
    discord.faults.plan(callback, { hangUp: 'before' });
    discord.faults.plan(callback, { status: 400, body: { code: 50035, message: 'Invalid Form Body' } });
    discord.settings.acknowledgeWithinMs = 300;
    await discord.user().slash('compose');
    expect((await bot.log.first('failed'))['err']).toMatchObject({ code: 50035 });
    expect(bot.music.jobs).toEqual([]);
  });

  it('stops retrying once Discord no longer waits', async () => {
    discord.faults.plan(callback, { hangUp: 'before' }, Infinity);
    discord.settings.acknowledgeWithinMs = 3000;
    const reply = await discord.user().slash('compose');
    expect(reply.state).toBe('unanswered');
    expect(bot.music.jobs).toEqual([]);
  });
});
