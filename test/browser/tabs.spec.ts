import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { LiveFeed } from '../../src/sync/monitoring/live-feed.js';
import { launchChromium } from '../setup/chromium.js';
import { setPageClock } from '../setup/page-clock.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

/** More than the six connections that a browser has to a server over HTTP/1.1, for all its tabs. */
const TABS = 8;
/** What is seen in spite of this was heard: nothing is fetched now and then. */
const NO_POLLING = 'window.setInterval = () => 0';
/** As on a page that came over plain HTTP from another machine. */
const NO_LOCKS = 'delete Navigator.prototype.locks';

const browser = await launchChromium();
const inBrowser = browser ? describe : describe.skip;

inBrowser('many tabs of the console', () => {
  let app: TestApp;
  let context: BrowserContext;
  let ticking: NodeJS.Timeout;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: '14', SYNC_TIERS: '3:4h' } });
    ticking = setInterval(() => void app.sync.everySecond(), 100);
  });
  afterAll(async () => {
    clearInterval(ticking);
    await browser?.close();
    await app.close();
  });
  beforeEach(async () => {
    context = await (browser as Browser).newContext({ viewport: { width: 1200, height: 800 }, locale: 'en-GB' });
    await setPageClock(context, app.clock);
    await context.addInitScript(NO_POLLING);
  });
  afterEach(async () => {
    await context.close();
    await order('resume');
    await until('nobody watches', () => watching() === 0);
  });

  const watching = () => app.app.get(LiveFeed).watching;
  const order = async (what: 'pause' | 'resume'): Promise<void> => {
    const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' };
    const body = what === 'pause' ? JSON.stringify({ reason: 'tested' }) : '{}';
    expect((await fetch(`${app.url}/api/v1/sync/${what}`, { method: 'POST', headers, body })).ok).toBe(true);
  };
  const open = async (): Promise<Page> => {
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(`${app.url}/console`);
    await page.fill('#key', ADMIN_KEY);
    await page.press('#key', 'Enter');
    await page.waitForSelector('#live.on');
    await page.waitForSelector('#figures .figure');
    return page;
  };
  const openMany = async (number: number): Promise<Page[]> => {
    const pages: Page[] = [];
    for (let i = 0; i < number; i++) pages.push(await open());
    return pages;
  };
  const showsState = (page: Page, name: 'Running' | 'Paused') =>
    page.locator('#state-name').getByText(name, { exact: true }).waitFor();
  /** A browser without a screen shows all its tabs. */
  const turn = (page: Page, to: 'hidden' | 'visible') =>
    page.evaluate(`
      Object.defineProperty(document, 'hidden', { configurable: true, value: ${to === 'hidden'} });
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: '${to}' });
      document.dispatchEvent(new Event('visibilitychange'));
    `);

  it('have one stream: the buttons of the last one work, and all hear what happens', async () => {
    const pages = await openMany(TABS);
    expect(watching()).toBe(1);
    const last = pages.at(-1) as Page;
    await last.click('#pause');
    await last.click('dialog button[type=submit]');
    await last.waitForSelector('#resume:not([hidden])');
    for (const page of pages) await showsState(page, 'Paused');
    await last.click('#resume');
    for (const page of pages) await showsState(page, 'Running');
  });

  it('hand the stream on when the tab that has it is closed', async () => {
    const [first, second, third] = (await openMany(3)) as [Page, Page, Page];
    await first.close();
    await until('another tab has the stream', () => watching() === 1);
    await order('pause');
    for (const page of [second, third]) await showsState(page, 'Paused');
  });

  it('say that the connection is lost, all of them, and when it is there again', async () => {
    const pages = await openMany(3);
    await context.route('**/api/v1/sync/events', (route) => route.abort());
    app.app.get(LiveFeed).onModuleDestroy();
    for (const page of pages) await page.waitForSelector('#live.off');
    await context.unroute('**/api/v1/sync/events');
    for (const page of pages) await page.waitForSelector('#live.on');
    expect(watching()).toBe(1);
  });

  it('hand the stream on when the tab that has it is hidden, which catches up when it is shown again', async () => {
    const [first, second] = (await openMany(2)) as [Page, Page];
    await turn(first, 'hidden');
    await until('the other tab has a stream of its own', async () => {
      await order('pause');
      return (await second.locator('#state-name').innerText()) === 'Paused' && watching() === 1;
    });
    expect(await first.locator('#state-name').innerText()).toBe('Running');
    await turn(first, 'visible');
    await showsState(first, 'Paused');
    await order('resume');
    for (const page of [first, second]) await showsState(page, 'Running');
    expect(watching()).toBe(1);
  });

  it('have none while hidden where browsers have no locks, and the shown one works', async () => {
    await context.addInitScript(NO_LOCKS);
    const pages: Page[] = [];
    for (let i = 0; i < TABS; i++) {
      const before = pages.at(-1);
      if (before) await turn(before, 'hidden');
      pages.push(await open());
    }
    await until('one tab has a stream', () => watching() === 1);
    const [first, last] = [pages[0] as Page, pages.at(-1) as Page];
    await last.click('#pause');
    await last.click('dialog button[type=submit]');
    await showsState(last, 'Paused');
    expect(await first.locator('#state-name').innerText()).toBe('Running');
    await turn(last, 'hidden');
    await turn(first, 'visible');
    await showsState(first, 'Paused');
    await order('resume');
    await showsState(first, 'Running');
    expect(await last.locator('#state-name').innerText()).toBe('Paused');
  });
});
