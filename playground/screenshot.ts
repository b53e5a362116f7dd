import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { Bot } from './bot.js';
import { PageServer } from './page-server.js';
import { Playground } from './playground.js';
import { projectFolder } from './project.js';

/** Makes the README's pictures of the playground; needs Debian's Chromium. */

const command = '/compose notes:100 seed:11 more:opening:satie-gymnopedie';
const typed = '/compose notes:200 style:be';

const shots = [
  { file: 'playground.png', colorScheme: 'dark', width: 980 },
  { file: 'playground-light.png', colorScheme: 'light', width: 980 },
  { file: 'playground-phone.png', colorScheme: 'dark', width: 400 },
] as const;

const playground = await Playground.start();
const server = await PageServer.start(playground);
const bot = new Bot(playground.discord);
try {
  await playground.discord.waitForReady({ command: 'compose' });
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-sync',
    ],
  });
  await compose(browser);
  for (const shot of shots) await shoot(browser, shot);
  await browser.close();
} finally {
  await server.stop();
  await bot.stop();
  await playground.stop();
}

async function compose(browser: Browser): Promise<void> {
  const page = await browser.newPage();
  await page.goto(`${server.address}?user=Felix`);
  const composer = page.getByRole('textbox', { name: /^Message / });
  await composer.fill(command);
  await composer.press('Escape');
  await composer.press('Enter');
  await page.locator('audio').waitFor();
  await page.close();
}

async function shoot(browser: Browser, { file, colorScheme, width }: (typeof shots)[number]): Promise<void> {
  const page = await browser.newPage({
    viewport: { width, height: 1200 },
    deviceScaleFactor: 2,
    colorScheme,
    hasTouch: width < 500,
  });
  await page.goto(`${server.address}?user=Clara`);
  const composer = page.getByRole('textbox', { name: /^Message / });
  await composer.fill(typed);
  await page.locator('#suggestions li').first().waitFor();
  await composer.press('ArrowDown');
  await page.waitForFunction(
    `[...document.images].every(({ complete }) => complete) && document.querySelector('audio').readyState > 0`,
  );
  // Just as high as what there is to see.
  const empty = await page.evaluate<number>(`(() => {
    const timeline = document.querySelector('.timeline');
    return timeline.clientHeight - timeline.querySelector('ol').offsetHeight;
  })()`);
  await page.setViewportSize({ width, height: 1200 - empty + 24 });
  await page.screenshot({ path: join(projectFolder, 'docs', file), animations: 'disabled' });
  await page.close();
}
