import { english } from '../../src/i18n/en/english.js';
import { describe, expect, it } from 'vitest';
import { parseOptionText } from '../../src/request/option-text.js';
import { helpTopics } from '../../src/commands/help.js';
import { writtenNames } from '../../src/i18n/written.js';
import { parseOptions } from '../../src/request/parse-options.js';
import { builtInPresets } from '../../src/request/presets.js';
import { useBot } from '../bot/in-process-bot.js';
import type { LocalDiscord } from '../../local-discord/local-discord.js';

let discord: LocalDiscord;

useBot((started) => (discord = started));

describe('/help', () => {
  it('shows a sample picture and preview', async () => {
    const shown = await (await discord.user().slash('help')).answered();
    expect(shown.ephemeral).toBe(true);
    expect(shown.attachments.map(({ name, contentType }) => [name, contentType])).toEqual([
      ['piano-roll.png', 'image/png'],
      ['preview.ogg', 'audio/ogg'],
    ]);
    expect(shown.attachments.every(({ description = '' }) => description !== '')).toBe(true);
  });

  // Without voice, there is no help about the radio.
  it.each(helpTopics.filter((topic) => topic !== 'radio'))(
    'gives examples that the bot accepts: %s',
    async (topic) => {
      const { content } = await (await discord.user().slash('help', { topic })).answered();
      const examples = [...content.matchAll(/`(?:\/compose )?([a-z]+:[^`…]+)`/g)].map(([, text]) => text!);
      for (const text of examples.filter((example) => !example.startsWith('topic:'))) {
        const {
          preset,
          takes = '1',
          private: isPrivate = 'true',
          voice = 'true',
          ...options
        } = parseOptionText(text, new Map(writtenNames).set('preset', 'preset').set('private', 'private'));
        expect(['1', '2', '3', '4']).toContain(takes);
        expect([isPrivate, voice]).toEqual(['true', 'true']);
        if (preset !== undefined) expect(builtInPresets).toHaveProperty(preset);
        expect(() => parseOptions(options, 1)).not.toThrow();
      }
      expect(content.length).toBeGreaterThan(100);
    },
  );
});

describe('/about', () => {
  it('shows the model in use, the licence and the response times', async () => {
    const { message } = await discord.user().slash('about');
    expect(message.ephemeral).toBe(true);
    expect(message.content).toContain('`lstm@');
    expect(message.content).toContain('CC BY-NC-SA 4.0');
    expect(message.content).toContain(`\n\`lstm\`: ${english.models.kinds.lstm}\n`);
    expect(message.content).toMatch(/reached me in \d+ ms/);
  });
});
