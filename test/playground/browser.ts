import { existsSync } from 'node:fs';
import { patienceMs } from '../../local-discord/feed.js';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';

const program = '/usr/bin/chromium';
export const hasChromium = existsSync(program);

/** Headless Chromium, without network calls of its own. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: program,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** The page as opened by one person, in a separate browser profile. */
export class Visit {
  /** Errors of the page's scripts. */
  readonly errors: string[] = [];

  private constructor(readonly page: Page) {
    page.on('pageerror', (error) => this.errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  static async start(
    browser: Browser,
    address: string,
    user = 'Clara',
    options: BrowserContextOptions = {},
  ): Promise<Visit> {
    const context = await browser.newContext({ viewport: { width: 1000, height: 800 }, ...options });
    context.setDefaultTimeout(patienceMs);
    const visit = new Visit(await context.newPage());
    await visit.page.goto(`${address}?user=${user}`);
    await visit.page.getByText('The bot is online').waitFor();
    return visit;
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: /^Message / });
  }

  get suggestions(): Locator {
    return this.page.getByRole('region', { name: 'Suggestions' }).getByRole('option');
  }

  /** A channel or direct messages, in the list of places. */
  readonly placeNamed = (name: string): Locator =>
    this.page.getByRole('navigation').getByRole('button', { name, exact: true });

  get messages(): Locator {
    return this.page.getByRole('article', { name: /^Message by/ });
  }

  get lastMessage(): Locator {
    return this.messages.last();
  }

  /** Types a message instantly, and sends it. */
  readonly send = async (text: string): Promise<void> => {
    await this.composer.fill(text);
    await this.composer.press('Escape');
    await this.composer.press('Enter');
  };

  /** Opens the menu of a message. */
  readonly openActions = async (message: Locator): Promise<void> => {
    await message.hover();
    await message.getByRole('button', { name: 'Message actions' }).click();
  };

  /** Horizontal scroll range of the page, in CSS pixels. */
  readonly sidewaysScroll = (): Promise<number> =>
    this.page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
}
