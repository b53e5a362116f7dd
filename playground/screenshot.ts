import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { Bot } from './bot.js';
import { PageServer } from './page-server.js';
import { Playground } from './playground.js';
import { projectFolder } from './project.js';

/**
 * Takes the screenshots for the README and the playground; needs Debian's Chromium. `npm run screenshot`
 * takes all of them, `npm run screenshot -- wish training` those of two features.
 */

const typed = '/compose notes:200 style:be';

const shots = [
  { file: 'playground.png', colorScheme: 'dark', width: 980 },
  { file: 'playground-light.png', colorScheme: 'light', width: 980 },
  { file: 'playground-phone.png', colorScheme: 'dark', width: 400 },
] as const;

/** The features shown in the README, each with the elements to capture. */
const features: Readonly<Record<string, (page: Page) => Promise<readonly Locator[]>>> = {
  async wish(page) {
    return [await composed(page, '/compose text:a sad slow piece in d minor seed:4 notes:100')];
  },
  async song(page) {
    return [await composed(page, '/compose style:pop length:1:00 seed:7')];
  },
  async file(page) {
    await page.locator('input[type=file]').setInputFiles({
      name: 'my-melody.mid',
      mimeType: 'audio/midi',
      buffer: Buffer.from((await midiOf(200, 8)).bytes),
    });
    await send(page, 'Can anybody finish this for me?');
    const message = messagesOf(page).filter({ hasText: 'finish this' });
    await message.getByRole('button', { name: 'Message actions' }).click();
    const menu = message.getByRole('menu');
    await menu.getByRole('menuitem', { name: 'Compose from this MIDI' }).hover();
    return [message, menu];
  },
  async change(page) {
    const message = await composed(page, '/compose notes:100 key:F seed:15 more:opening:schumann-traumerei');
    await message.getByRole('button', { name: 'Remix' }).click();
    return [page.getByRole('dialog')];
  },
  async training(page) {
    const [file1, file2, file3] = [tune(60), tune(62), tune(65)];
    await clara.slash('train', { name: 'ours', epochs: 4, file1, file2, file3 });
    const message = messagesOf(page).filter({ hasText: 'held-out music' });
    await message.locator('audio').first().waitFor();
    return [message];
  },
};

const pictures = join(projectFolder, 'docs', 'pictures');
/** Generous, for a busy machine. */
const patienceMs = 600_000;

const wanted = process.argv.slice(2);

const playground = await Playground.start();
const server = await PageServer.start(playground);
const bot = new Bot(playground.discord);
const clara = playground.member('Clara').in(playground.discord.channel);
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
  if (wanted.length === 0) {
    const page = await newPage(browser, 'Felix');
    await composed(page, '/compose notes:100 seed:15 more:opening:schumann-traumerei');
    await page.close();
    for (const shot of shots) await shoot(browser, shot);
  }
  for (const [name, show] of Object.entries(features)) {
    if (wanted.length === 0 || wanted.includes(name)) await shootFeature(browser, name, show);
  }
  await browser.close();
} finally {
  await server.stop();
  await bot.stop();
  await playground.stop();
}

async function newPage(browser: Browser, user: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(patienceMs);
  await page.goto(`${server.address}?user=${user}`);
  await page.getByText('The bot is online').waitFor();
  return page;
}

function composerOf(page: Page): Locator {
  return page.getByRole('textbox', { name: /^Message / });
}

function messagesOf(page: Page): Locator {
  return page.locator('.message');
}

async function send(page: Page, text: string): Promise<void> {
  const composer = composerOf(page);
  await composer.fill(text);
  await composer.press('Escape');
  await composer.press('Enter');
}

/** @returns the reply to a command, once its audio is there */
async function composed(page: Page, command: string): Promise<Locator> {
  const message = messagesOf(page).nth(await messagesOf(page).count());
  await send(page, command);
  await message.locator('audio').first().waitFor();
  return message;
}

/** A piece by the bot, as a file to upload. */
async function midiOf(notes: number, seed: number): Promise<{ name: string; bytes: Uint8Array }> {
  const reply = await clara.slash('compose', { notes, seed });
  const file = (await reply.withFiles()).file('.mid');
  return { name: file.name, bytes: file.bytes() };
}

/** A MIDI file of quarter notes that repeat a pattern, which a network learns quickly. */
function tune(tonic: number): { name: string; bytes: Uint8Array } {
  const pattern = [0, 4, 7, 4, 5, 9, 12, 9];
  const notes = Array.from({ length: 300 }, (_, index) => {
    const pitch = tonic + pattern[index % pattern.length]!;
    return [0, 0x90, pitch, 80, 96, 0x80, pitch, 0];
  });
  const track = Buffer.from([...notes.flat(), 0, 0xff, 0x2f, 0]);
  const header = Buffer.from([...Buffer.from('MThd'), 0, 0, 0, 6, 0, 0, 0, 1, 0, 96, ...Buffer.from('MTrk')]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(track.length);
  return { name: `our-music-in-${tonic}.mid`, bytes: Buffer.concat([header, length, track]) };
}

/** Captures the elements of a feature, and nothing around them. */
async function shootFeature(
  browser: Browser,
  name: string,
  show: (page: Page) => Promise<readonly Locator[]>,
): Promise<void> {
  const page = await newPage(browser, 'Clara', {
    viewport: { width: 640, height: 1400 },
    deviceScaleFactor: 1.5,
    colorScheme: 'dark',
  });
  const shown = await show(page);
  await complete(page);
  const boxes = await Promise.all(shown.map((part) => part.boundingBox()));
  const edges = boxes.map((box) => ({ ...box!, right: box!.x + box!.width, bottom: box!.y + box!.height }));
  const x = Math.max(0, Math.min(...edges.map((edge) => edge.x)));
  const y = Math.max(0, Math.min(...edges.map((edge) => edge.y)));
  const width = Math.max(...edges.map((edge) => edge.right)) - x;
  const height = Math.max(...edges.map((edge) => edge.bottom)) - y;
  const path = join(pictures, `${name}.png`);
  await page.screenshot({ path, clip: { x, y, width, height }, animations: 'disabled' });
  await page.close();
}

/** Waits until images and players have loaded. */
async function complete(page: Page): Promise<void> {
  const isComplete = `[...document.images].every(({ complete }) => complete) &&
    [...document.querySelectorAll('audio')].every(({ readyState }) => readyState > 0)`;
  // waitForFunction would evaluate in the page, where its CSP forbids that.
  while (!(await page.evaluate<boolean>(isComplete))) await page.waitForTimeout(100);
  await page.evaluate('document.fonts.ready');
}

async function shoot(browser: Browser, { file, colorScheme, width }: (typeof shots)[number]): Promise<void> {
  const page = await newPage(browser, 'Clara', {
    viewport: { width, height: 1200 },
    deviceScaleFactor: 2,
    colorScheme,
    hasTouch: width < 500,
  });
  const composer = composerOf(page);
  await composer.fill(typed);
  await page.locator('#suggestions li').first().waitFor();
  await composer.press('ArrowDown');
  await complete(page);
  // Reduces the height to the content.
  const empty = await page.evaluate<number>(`(() => {
    const timeline = document.querySelector('.timeline');
    return timeline.clientHeight - timeline.querySelector('ol').offsetHeight;
  })()`);
  await page.setViewportSize({ width, height: 1200 - empty + 24 });
  await page.screenshot({ path: join(projectFolder, 'docs', file), animations: 'disabled' });
  await page.close();
}
