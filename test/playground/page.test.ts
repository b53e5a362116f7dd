import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PageServer } from '../../playground/page-server.js';
import { Playground } from '../../playground/playground.js';
import { startBot, type TestBot } from '../../local-discord/bot.js';
import { ready, voiceIntents } from '../../local-discord/voice/concert.js';
import { Speaker } from '../../local-discord/voice/speaker.js';
import { hasChromium, launchChromium, Visit } from './browser.js';
import { startShowcase } from './showcase-bot.js';

const midi = { name: 'my seed.mid', mimeType: 'audio/midi', buffer: Buffer.from('MThd') };

/** Contrast between text and background of every kind of button, by WCAG 2.2. */
const contrasts = `(() => {
  const luminance = (color) => {
    const [r, g, b] = color.match(/[0-9.]+/g).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll('.button')].map((button) => {
    const { color, backgroundColor } = getComputedStyle(button);
    const [light, dark] = [luminance(color), luminance(backgroundColor)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  });
})()`;

/** Starts to record how much audio the page sends to the loudspeaker, and how loud it is. */
const noteSound = `(() => {
  window.sound = { seconds: 0, loudest: 0 };
  const { start } = AudioBufferSourceNode.prototype;
  AudioBufferSourceNode.prototype.start = function (when) {
    sound.seconds += this.buffer.duration;
    sound.loudest = Math.max(sound.loudest, ...this.buffer.getChannelData(0));
    start.call(this, when);
  };
})()`;

/** Targets smaller than 24 × 24 CSS pixels, except links within text. */
const smallTargets = `[...document.querySelectorAll('button, select, summary, input:not([hidden]), textarea, a:not(:has(img))')]
  .filter((element) => element.checkVisibility({ checkVisibilityCSS: true }) && !element.closest('.markdown p'))
  .map((element) => [element, (element.closest('label') ?? element).getBoundingClientRect()])
  .filter(([, { width, height }]) => width < 24 || height < 24)
  .map(([element, { width, height }]) => element.outerHTML.slice(0, 80) + ' ' + width + ' × ' + height)`;

describe.skipIf(!hasChromium)('the page of the playground (needs /usr/bin/chromium)', () => {
  let browser: Browser;
  let playground: Playground;
  let server: PageServer;
  let bot: TestBot;
  const visits: Visit[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
  });

  beforeEach(async () => {
    playground = await Playground.start();
    server = await PageServer.start(playground);
    bot = await startShowcase(playground.discord);
  });

  afterEach(async () => {
    const opened = visits.splice(0);
    await Promise.all(opened.map(({ page }) => page.context().close()));
    await bot.stop();
    await server.stop();
    await playground.stop();
    expect(opened.flatMap(({ errors }) => errors)).toEqual([]);
  });

  async function visit(user?: string, options?: Parameters<typeof Visit.start>[3]): Promise<Visit> {
    const started = await Visit.start(browser, server.address, user, options);
    visits.push(started);
    return started;
  }

  describe('the composer', () => {
    it('suggests commands, options, choices and ranges, by keyboard alone', async () => {
      const { composer, suggestions, page } = await visit();
      await composer.pressSequentially('/');
      expect(await suggestions.allInnerTexts()).toEqual([
        expect.stringContaining('/show'),
        expect.stringContaining('/settings reset'),
      ]);
      await composer.pressSequentially('sh');
      await composer.press('Enter');
      expect(await composer.inputValue()).toBe('/show ');
      expect(await suggestions.first().innerText()).toMatch(/what\s+required · Which kind/);

      await composer.press('Tab');
      await composer.pressSequentially('pri');
      await composer.press('ArrowDown');
      await composer.press('Enter');
      expect(await composer.inputValue()).toBe('/show what:private ');

      await composer.pressSequentially('count:');
      await page.getByText('count · How many · 1–9').waitFor();
      await composer.pressSequentially('3 loud:');
      expect(await suggestions.allInnerTexts()).toEqual(['true', 'false']);
      await composer.press('Tab');
      await composer.pressSequentially('whom:@fe');
      await composer.press('Tab');
      await composer.pressSequentially('where:');
      await composer.press('Tab');
      expect(await composer.inputValue()).toBe(
        '/show what:private count:3 loud:true whom:@Felix where:#compose ',
      );
      await composer.press('Escape');
      await composer.press('Enter');
      await page.getByText('A secret').waitFor();
      expect(bot.errors).toEqual([]);
    });

    it('asks the bot for suggestions, and sends the value of the picked name', async () => {
      const { composer, suggestions, page } = await visit();
      await composer.pressSequentially('/show what:text preset:');
      await suggestions.filter({ hasText: 'March' }).waitFor();
      await composer.pressSequentially('lu');
      await suggestions.filter({ hasText: 'March' }).waitFor({ state: 'detached' });
      await suggestions.first().click();
      expect(await composer.inputValue()).toBe('/show what:text preset:Lullaby ');
      await composer.press('Enter');
      await page.getByText('preset:lullaby-1').waitFor();
    });

    it('attaches a file to an option, and can remove it', async () => {
      const { composer, suggestions, page, lastMessage } = await visit();
      await composer.pressSequentially('/show what:text mi');
      const chooser = page.waitForEvent('filechooser');
      await suggestions.first().click();
      await (await chooser).setFiles(midi);
      expect(await composer.inputValue()).toBe('/show what:text midi:my seed.mid ');
      await page.getByRole('button', { name: 'Remove my seed.mid' }).click();
      await composer.press('Enter');
      await page.getByRole('alert').getByText('Choose a file for midi.').waitFor();

      await page.locator('input[type=file]').setInputFiles(midi);
      await composer.press('Enter');
      await lastMessage.getByText('Got my_seed.mid with 4 bytes.').waitFor();
    });

    it.each([
      ['/show what:text count:10', 'Count must be between 1 and 9.'],
      ['/show what:text count:many', 'Count must be a number.'],
      ['/show', 'What is required.'],
      ['/show quietly what:text', '“quietly” belongs to no option.'],
      ['/nothing', 'There is no command /nothing here.'],
      ['/show what:silence', 'The application did not respond.'],
    ])('says in one sentence why %s is impossible, and keeps the text', async (text, sentence) => {
      playground.discord.settings.acknowledgeWithinMs = 500;
      const { send, composer, page } = await visit();
      await send(text);
      await page.getByRole('alert').getByText(sentence).waitFor();
      expect(await composer.inputValue()).toBe(text);
    });

    it('offers the commands that the viewer may use, in their language', async () => {
      const { composer, suggestions, page } = await visit();
      await page.getByLabel('Manage Server').uncheck();
      await composer.fill('/');
      await expect.poll(() => suggestions.count()).toBe(1);
      await page.getByLabel('Language').selectOption('de');
      await composer.fill('/z');
      await suggestions.getByText('/zeige').waitFor();
      await suggestions.getByText('Zeigt jede Art von Nachricht').waitFor();
      await composer.fill('/zeige what:private');
      await composer.press('Escape');
      await composer.press('Enter');
      await page.getByText('A secret').waitFor();
    });
  });

  describe('a message', () => {
    it('has buttons and menus that work', async () => {
      const { send, page, lastMessage } = await visit();
      await send('/show what:buttons');
      expect(await page.getByRole('button', { name: 'Delete', exact: true }).isDisabled()).toBe(true);
      expect(await page.getByRole('link', { name: 'Manual' }).getAttribute('href')).toBe(
        'https://example.org/',
      );
      await page.getByRole('button', { name: 'Again' }).click();
      await lastMessage.getByText('Clara pressed it.').waitFor();
      await lastMessage.getByText('Only you can see this').waitFor();
      await lastMessage.getByRole('button', { name: 'Dismiss message' }).click();
      await page.getByText('Clara pressed it.').waitFor({ state: 'detached' });

      await page.getByLabel('Another scale').selectOption('Lydian');
      await lastMessage.getByText('Chosen: lydian').waitFor();
      await page.getByLabel('A channel').selectOption('listening');
      await lastMessage.getByText(/Chosen: \d+/).waitFor();
    });

    it('is shown in the layout of its components', async () => {
      const { send, lastMessage, page } = await visit();
      await send('/show what:layout');
      await lastMessage.getByRole('heading', { name: 'Two takes' }).waitFor();
      const picture = `document.querySelector('img[alt="The first take"]')`;
      expect(await page.evaluate(`${picture}.decode().then(() => ${picture}.naturalWidth)`)).toBe(1);
      const download = page.waitForEvent('download');
      await lastMessage.getByRole('link', { name: 'take.mid' }).click();
      expect((await download).suggestedFilename()).toBe('take.mid');
      // Its files are only shown by its components.
      expect(await lastMessage.getByRole('img').count()).toBe(2);
    });

    it('shows embeds and Markdown, and escapes HTML', async () => {
      const { send, lastMessage, page } = await visit();
      await send('/show what:embed');
      await lastMessage.getByRole('heading', { name: 'About me' }).waitFor();
      await send('/show what:text');
      await lastMessage.getByRole('heading', { name: 'Title' }).waitFor();
      await lastMessage.getByText('<script>alert(1)</script> <img src=x onerror=alert(1)>').waitFor();
      expect(await page.locator('.markdown :is(script, img)').count()).toBe(0);
    });

    it('can be replied to, passed to a command and deleted', async () => {
      const { send, page, messages, lastMessage, composer, openActions } = await visit();
      await page.locator('input[type=file]').setInputFiles(midi);
      await composer.fill('Listen to this');
      await composer.press('Enter');
      await lastMessage.getByText('Listen to this').waitFor();
      await openActions(messages.first());
      await page.getByRole('menuitem', { name: 'Compose from this' }).click();
      await lastMessage.getByText('Composing from my_seed.mid.').waitFor();

      await openActions(messages.first());
      await page.getByRole('menuitem', { name: 'Reply' }).click();
      await page.getByText('Replying to Clara').waitFor();
      await send('Nice');
      await lastMessage.locator('.origin').getByText('Listen to this').waitFor();

      await openActions(messages.first());
      await page.getByRole('menuitem', { name: 'Delete message' }).click();
      await expect.poll(() => messages.count()).toBe(2);
    });

    it('that mentions the bot, with a file, is answered by it', async () => {
      const { page, composer, suggestions, lastMessage } = await visit();
      await page.locator('input[type=file]').setInputFiles(midi);
      await composer.pressSequentially('@mus');
      await suggestions.first().click();
      await composer.press('Enter');
      await lastMessage.getByText('You sent my_seed.mid.').waitFor();
    });

    it('that Discord would refuse is reported in a line', async () => {
      playground.discord.settings.acknowledgeWithinMs = 500;
      const { send, page } = await visit();
      await send('/show what:invalid');
      const notice = page.getByRole('note');
      expect(await notice.innerText()).toBe(
        'Discord refused POST /interactions/…/…/callback with 400 (50035): Invalid Form Body ' +
          'embeds.0.title: Must be 256 or fewer in length.',
      );
      await page.getByRole('alert').getByText('The application did not respond.').waitFor();
    });
  });

  describe('a form', () => {
    it('opens filled in and accepts text, choices and files', async () => {
      const { send, page, lastMessage } = await visit();
      await send('/show what:buttons');
      await page.getByRole('button', { name: 'Remix' }).click();
      const form = page.getByRole('dialog', { name: 'Remix' });
      const notes = form.getByLabel('Notes');
      await form.locator('[name=notes]:focus').waitFor();
      expect(await notes.inputValue()).toBe('300');
      await form.getByLabel('Notes').fill('');
      await form.getByRole('button', { name: 'Submit' }).click();
      await form.getByRole('alert').getByText('Notes is required.').waitFor();

      await form.getByLabel('Notes').fill('40');
      await form.getByLabel('About it').fill('calm');
      await form.getByLabel('Scale').selectOption('dorian');
      await form.getByLabel('One').check();
      await form.getByLabel('MIDI file').setInputFiles(midi);
      await form.getByRole('button', { name: 'Submit' }).click();
      await lastMessage.getByText('Entered: 40 | calm | dorian | mono | my_seed.mid').waitFor();
      expect(await form.count()).toBe(0);
    });

    it('accepts checkboxes and people', async () => {
      const { send, page, lastMessage } = await visit();
      await send('/show what:buttons');
      await page.getByRole('button', { name: 'Train' }).click();
      const form = page.getByRole('dialog', { name: 'Train' });
      await form.getByText('This takes minutes.').waitFor();
      await form.getByLabel('Sound').check();
      await form.getByLabel('Private').check();
      await form.getByLabel('G', { exact: true }).check();
      await form.getByLabel('For whom').selectOption('Felix');
      await form.getByRole('button', { name: 'Submit' }).click();
      await lastMessage.getByText('Entered: midi+sound | true | G | Felix').waitFor();
    });
  });

  it('hides private messages from others, and shows everyone the rest at once', async () => {
    const [clara, felix] = await Promise.all([visit('Clara'), visit('Felix')]);
    await clara.send('/show what:private');
    await clara.page.getByText('A secret').waitFor();
    await clara.send('/show what:buttons');
    await felix.page.getByText('Press something').waitFor();
    expect(await felix.messages.count()).toBe(1);
    await Promise.all([
      clara.page.getByRole('button', { name: 'Again' }).click(),
      felix.page.getByRole('button', { name: 'Again' }).click(),
    ]);
    await clara.page.getByText('Clara pressed it.').waitFor();
    await felix.page.getByText('Felix pressed it.').waitFor();
    expect(await clara.page.getByText('Felix pressed it.').count()).toBe(0);
    await felix.page.reload();
    await felix.page.getByText('Felix pressed it.').waitFor();
  });

  it('scrolls to the viewer’s own messages, and stays put when others write', async () => {
    const { page, send, lastMessage } = await visit('Clara');
    await send('/show what:text');
    await send('/show what:layout');
    await send('/show what:embed');
    await lastMessage.getByText('About me').waitFor();
    const fromEnd = (): Promise<number> =>
      page.evaluate<number>(
        `((it) => it.scrollHeight - it.clientHeight - it.scrollTop)(document.querySelector('.timeline'))`,
      );
    await expect.poll(fromEnd).toBeLessThan(2);
    await page.evaluate(`document.querySelector('.timeline').scrollTo(0, 0)`);
    await expect.poll(fromEnd).toBeGreaterThan(100);
    // The page notices scrolling in the next frame.
    await page.evaluate(`new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen)))`);
    playground.member('Felix').in(playground.discord.channel).say('From Felix');
    await lastMessage.getByText('From Felix').waitFor();
    expect(await fromEnd()).toBeGreaterThan(100);
    await send('From Clara');
    await lastMessage.getByText('From Clara').waitFor();
    await expect.poll(fromEnd).toBeLessThan(2);
    await page.evaluate(`document.querySelector('.timeline').scrollTo(0, 0)`);
    await send('/show what:text');
    await lastMessage.getByText('small print').waitFor();
    await expect.poll(fromEnd).toBeLessThan(2);
  });

  it('shows who is writing', async () => {
    const { page } = await visit('Felix');
    expect(await page.getByTitle('You write as Felix').innerText()).toBe('F');
  });

  it('shows emoji as Twemoji pictures', async () => {
    const { page } = await visit();
    const load = (text: string): Promise<readonly string[]> =>
      page.evaluate(
        `document.fonts.load('16px Emoji', '${text}').then((fonts) => fonts.map((f) => f.status))`,
      );
    expect(await load('🎹')).toEqual(['loaded']);
    expect(await load('1 ↗')).toEqual([]);
  });

  it.each(['dark', 'light'] as const)(
    'has buttons that can be read and hit, when it is %s',
    async (colorScheme) => {
      const { send, page, openActions, messages } = await visit('Clara', { colorScheme });
      await page.locator('input[type=file]').setInputFiles(midi);
      await send('Listen to this');
      for (const what of ['buttons', 'layout', 'text', 'private']) await send(`/show what:${what}`);
      await page.getByText('A secret').waitFor();
      await page.locator('input[type=file]').setInputFiles(midi);
      await openActions(messages.first());
      expect(await page.evaluate(contrasts)).toSatisfy(
        (found: readonly number[]) => found.length >= 5 && found.every((contrast) => contrast >= 4.5),
      );
      expect(await page.evaluate(smallTargets)).toEqual([]);
      await page.getByRole('button', { name: 'Train' }).click();
      await page.getByRole('dialog', { name: 'Train' }).waitFor();
      expect(await page.evaluate(smallTargets)).toEqual([]);
    },
  );

  it('has direct messages with the bot', async () => {
    const { page, composer, lastMessage, placeNamed } = await visit('Felix');
    await placeNamed('Musical AI').click();
    await composer.fill('/show what:embed');
    await composer.press('Escape');
    await composer.press('Enter');
    await lastMessage.getByRole('heading', { name: 'About me' }).waitFor();
    await placeNamed('compose').click();
    await expect.poll(() => page.getByText('About me').count()).toBe(0);
  });

  it('plays a voice channel, and shows who is in it', async () => {
    const { discord, voice } = playground;
    const [channel] = voice.channels;
    const player = await startBot(discord, undefined, { intents: voiceIntents });
    const speaker = new Speaker(player, channel!);
    try {
      await ready(speaker);
      const { page, placeNamed } = await visit();
      await page.evaluate(noteSound);
      await placeNamed('concert').click();
      await page.getByText('Nothing is playing').waitFor();
      const people = page.getByRole('list', { name: 'In concert' }).getByRole('listitem');
      await expect.poll(() => people.count()).toBe(2);
      await people.filter({ hasText: 'Musical AI' }).waitFor();
      await people.filter({ hasText: 'Clara' }).waitFor();
      speaker.play();
      await page.getByText('Music is playing').waitFor();
      await expect.poll(() => page.evaluate<number>('sound.seconds')).toBeGreaterThan(0.5);
      expect(await page.evaluate<number>('sound.loudest')).toBeGreaterThan(0.2);
      discord.voice.setStatus(channel!, 'A waltz in D');
      await page.getByText('A waltz in D').waitFor();
      expect(await page.evaluate(smallTargets)).toEqual([]);
      speaker.pause();
      await page.getByText('Nothing is playing').waitFor();
      await placeNamed('Leave').click();
      await expect.poll(() => people.count()).toBe(1);
      await expect.poll(() => page.getByText('Nothing is playing').count()).toBe(0);
    } finally {
      speaker.stop();
      await player.stop();
    }
  });

  it('fits a phone', async () => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
    const { send, page, composer, sidewaysScroll, placeNamed } = await visit('Felix', phone);
    for (const what of ['buttons', 'layout', 'text', 'embed']) await send(`/show what:${what}`);
    await page.getByText('About me').waitFor();
    await composer.fill('/show what:text count:3 ');
    expect(await sidewaysScroll()).toBe(0);
    const menu = page.getByRole('navigation');
    expect(await menu.isVisible()).toBe(false);
    await page.getByRole('button', { name: 'Places and people' }).click();
    await placeNamed('listening').click();
    await composer.and(page.getByLabel('Message #listening')).waitFor();
    await menu.waitFor({ state: 'hidden' });
    const burger = page.getByRole('button', { name: 'Places and people' });
    await burger.click();
    await menu.waitFor();
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    expect(await page.evaluate<string>(`document.activeElement.className`)).toBe('burger');
  });

  it('keeps Send visible on a phone, however long a file name is', async () => {
    const { page, composer, sidewaysScroll } = await visit('Felix', {
      viewport: { width: 360, height: 740 },
    });
    const name = `${'long'.repeat(50)}.mid`;
    await page.locator('input[type=file]').setInputFiles({ ...midi, name });
    await page.getByRole('button', { name: `Remove ${name}` }).waitFor();
    expect(await sidewaysScroll()).toBe(0);
    const send = await page.getByRole('button', { name: 'Send' }).boundingBox();
    expect(send!.x + send!.width).toBeLessThanOrEqual(360);
    await composer.fill('/show what:text ');
    await page.locator('input[type=file]').setInputFiles({ ...midi, name });
    expect(await composer.inputValue()).toContain(name);
    expect(await sidewaysScroll()).toBe(0);
  });

  it.each(['dark', 'light'] as const)(
    'is %s when the system is, unless told otherwise',
    async (colorScheme) => {
      const { page } = await visit('Clara', { colorScheme });
      const isDark = (): Promise<boolean> =>
        page.evaluate<boolean>(
          `getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every((part) => part < 100)`,
        );
      await expect.poll(isDark).toBe(colorScheme === 'dark');
      await page.getByLabel('Theme').selectOption(colorScheme === 'dark' ? 'light' : 'dark');
      await expect.poll(isDark).toBe(colorScheme !== 'dark');
      await page.reload();
      await page.getByText('The bot is online').waitFor();
      await expect.poll(isDark).toBe(colorScheme !== 'dark');
    },
  );
});
