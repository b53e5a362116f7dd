import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Bot } from '../../playground/bot.js';
import { PageServer } from '../../playground/page-server.js';
import { Playground } from '../../playground/playground.js';
import { smallMidi } from '../bot/small-midi.js';
import { inEnglish } from '../i18n/in-english.js';
import { hasChromium, launchChromium, Visit } from './browser.js';

describe.skipIf(!hasChromium)('the bot in the playground (needs /usr/bin/chromium)', () => {
  let browser: Browser;
  let playground: Playground;
  let server: PageServer;
  let bot: Bot;

  beforeAll(async () => {
    browser = await launchChromium();
    playground = await Playground.start();
    server = await PageServer.start(playground);
    bot = new Bot(playground.discord);
    await playground.discord.waitForReady({ command: 'compose' });
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
    await bot.stop();
    await playground.stop();
    expect(playground.discord.violations).toEqual([]);
  });

  it('composes from an attached MIDI file: playable sound and a picture with alt text', async () => {
    const visit = await Visit.start(browser, server.address);
    const { page, composer, suggestions, lastMessage } = visit;
    await composer.pressSequentially('/comp');
    await suggestions.first().waitFor();
    await composer.press('Enter');
    await composer.pressSequentially('notes:20 seed:7 ');
    const buffer = Buffer.from(smallMidi([60, 62, 64, 65, 67, 69, 71, 72]));
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'scale.mid', mimeType: 'audio/midi', buffer });
    expect(await composer.inputValue()).toBe('/compose notes:20 seed:7 midi:scale.mid ');
    await composer.press('Escape');
    await composer.press('Enter');

    const audio = lastMessage.locator('audio');
    await audio.waitFor();
    await lastMessage.getByText('/compose notes:20 seed:7 midi:scale.mid').waitFor();
    await page.evaluate(`(async () => {
      const audio = document.querySelector('audio');
      audio.muted = true;
      await audio.play();
      await new Promise((resolve) => audio.addEventListener('timeupdate', resolve, { once: true }));
    })()`);
    expect(await page.evaluate<number>(`document.querySelector('audio').duration`)).toBeGreaterThan(2);
    const picture = `document.querySelector('.message .picture img')`;
    expect(
      await page.evaluate<number>(`${picture}.decode().then(() => ${picture}.naturalWidth)`),
    ).toBeGreaterThan(400);
    expect(await lastMessage.getByRole('img').first().getAttribute('alt')).toMatch(/notes/);
    const download = page.waitForEvent('download');
    await lastMessage.getByRole('link', { name: /\.mid/ }).click();
    expect((await download).suggestedFilename()).toMatch(/\.mid$/);
    expect(visit.errors).toEqual([]);
    await page.context().close();
  });

  it('sends the preview as a voice message, too', async () => {
    const visit = await Visit.start(browser, server.address);
    await visit.send('/compose notes:20 seed:6 voice:true');
    await visit.page.locator('.voice audio').waitFor();
    await visit.placeNamed('Musical AI').click();
    await visit.send('/compose notes:20 seed:6 voice:true');
    await visit.page.locator('.voice audio').waitFor();
    expect(visit.errors).toEqual([]);
    await visit.page.context().close();
  });

  it('shows the bot’s own error messages', async () => {
    const visit = await Visit.start(browser, server.address, 'Felix');
    const { send, lastMessage } = visit;
    await send('/compose notes:5 more:opening:no-such-opening');
    await lastMessage.getByText('Only you can see this').waitFor();
    expect(await lastMessage.innerText()).toContain('no-such-opening');
    expect(visit.errors).toEqual([]);
    await visit.page.context().close();
  });

  it('has buttons and a form for two people at once, each in their language, one on a phone', async () => {
    const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
    const [clara, felix] = await Promise.all([
      Visit.start(browser, server.address, 'Clara'),
      Visit.start(browser, server.address, 'Felix', phone),
    ]);
    await clara.send('/compose notes:20 seed:8 more:opening:satie-gymnopedie');
    const piece = felix.messages.filter({ hasText: /seed 8/ });
    await piece.getByRole('button', { name: 'Again' }).waitFor();
    expect(await felix.sidewaysScroll()).toBe(0);
    const menu = felix.page.getByRole('button', { name: 'Places and people' });
    await menu.click();
    await felix.page.getByLabel('Language').selectOption('de');
    await menu.click();

    await clara.lastMessage.getByRole('button', { name: 'Remix' }).click();
    const form = clara.page.getByRole('dialog', { name: 'Remix' });
    // On a busy machine, the bot offers the form by a button instead.
    const offer = clara.messages.filter({ hasText: inEnglish('remix.slow') });
    await form.or(offer).first().waitFor();
    if (await offer.isVisible()) await offer.getByRole('button', { name: 'Edit' }).click();
    const options = form.getByLabel('Options');
    expect(await options.inputValue()).toContain('seed:8');
    await options.fill('notes:15 seed:9 opening:satie-gymnopedie key:A scale:dorian');
    await Promise.all([
      form.getByRole('button', { name: 'Submit' }).click(),
      piece.getByRole('button', { name: 'Again' }).click(),
    ]);
    const remixed = clara.messages.filter({
      hasText: /After E\. Satie, Gymnopédie No\. 1 · A dorian .* seed 9/,
    });
    await remixed.locator('audio').waitFor();
    const again = felix.messages.filter({ hasText: /Nach E\. Satie, Gymnopédie Nr\. 1 · / });
    await again.locator('audio').waitFor();
    await again.getByRole('button', { name: 'Noch eins' }).waitFor();
    expect(await felix.sidewaysScroll()).toBe(0);
    for (const { page, errors } of [clara, felix]) {
      expect(errors).toEqual([]);
      await page.context().close();
    }
  });
});
