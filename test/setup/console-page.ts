import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { setPageClock } from './page-clock.js';
import { ADMIN_KEY, type TestApp } from './test-app.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

/** The console in a tab of its own. Whatever the page complains of, and whatever it asks of others, is trouble. */
export class ConsolePage {
  readonly trouble: string[] = [];

  private constructor(
    readonly page: Page,
    url: string,
  ) {
    page.setDefaultTimeout(30_000);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.trouble.push(message.text());
    });
    page.on('pageerror', (error) => this.trouble.push(error.message));
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== url) this.trouble.push(`asked ${request.url()}`);
    });
  }

  /** @param address what follows `/console` */
  static async open(
    browser: Browser | undefined,
    app: Pick<TestApp, 'url' | 'clock'>,
    { address = '', ...options }: BrowserContextOptions & { readonly address?: string } = {},
  ): Promise<ConsolePage> {
    if (!browser) throw new Error('there is no browser');
    const usual = { locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' } as const;
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...usual, ...options });
    await setPageClock(context, app.clock);
    const opened = new ConsolePage(await context.newPage(), app.url);
    await opened.page.goto(`${app.url}/console${address}`);
    return opened;
  }

  async unlock(): Promise<void> {
    await this.page.fill('#key', ADMIN_KEY);
    await this.page.press('#key', 'Enter');
    await this.page.waitForSelector('#live.on');
    await this.page.waitForSelector('#figures .figure:not(.skeleton)', { state: 'attached' });
  }

  text(selector: string): Promise<string> {
    return this.page.locator(selector).innerText();
  }

  async says(wanted: string | RegExp): Promise<void> {
    await this.page.getByText(wanted).filter({ visible: true }).first().waitFor();
  }

  /** The serious ones. */
  async violations(): Promise<string[]> {
    const run = `${AXE}; axe.run({ resultTypes: ['violations'] }).then((r) => r.violations)`;
    const found = await this.page.evaluate<Violation[]>(run);
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }

  /** How far the page can be scrolled sideways. */
  sideways(): Promise<number> {
    return this.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  }

  async close(): Promise<void> {
    await this.page.unrouteAll({ behavior: 'ignoreErrors' });
    await this.page.context().close();
  }
}
