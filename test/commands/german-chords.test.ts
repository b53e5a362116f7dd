import { Locale } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { LocalDiscord } from '../../local-discord/local-discord.js';
import { inCommand } from '../bot/in-command.js';
import { useBot, type InProcessBot } from '../bot/in-process-bot.js';

let discord: LocalDiscord;
let bot: InProcessBot;

useBot((...started) => {
  [discord, bot] = started;
});

/** The chords in a request, and the text of its reply. */
async function asked(locale: Locale, chords: string): Promise<{ chords: unknown; content: string }> {
  const reply = await discord.user({ locale }).slash('compose', inCommand({ chords }));
  const job = await bot.music.nextJob();
  job.finish();
  return { chords: job.request.chords, content: (await reply.finished()).content };
}

describe('B and H among chords', () => {
  it.each([
    [
      'B flat to people who read German',
      Locale.German,
      'F B C F',
      'F Bb C F',
      '`F | B | C | F` = `F | B♭ | C | F`',
    ],
    ['B natural to others', Locale.EnglishUS, 'F B C F', 'F B C F', '`F | B | C | F`'],
    ['B flat to everybody beside an H', Locale.EnglishUS, 'H7 E B', 'B7 E Bb', '`B7 | E | B♭`'],
  ])('are read as %s, and the reply shows it', async (_, locale, given, read, shown) => {
    const { chords, content } = await asked(locale, given);
    expect(chords).toBe(read);
    expect(content.split('\n')).toContain(`-# ${shown}`);
  });
});
