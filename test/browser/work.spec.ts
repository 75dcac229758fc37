import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../setup/chromium.js';
import { ConsolePage } from '../setup/console-page.js';
import { dayRow } from '../setup/day-row.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const FIRST = 14;
const EXPERIENCES = 8;
const FAILING = FIRST + 2;
const PAUSED = FIRST + 3;
const WINDOW = 31;
/** The map's head and a row, in CSS pixels. */
const HEAD = 40;
const ROW = 24;
const WORKING = 60_000;

const browser = await launchChromium();
const inBrowser = browser ? describe : describe.skip;

inBrowser('an operator at the console', () => {
  let app: TestApp;
  let console: ConsolePage;
  let page: Page;
  let today: string;
  let ticking: NodeJS.Timeout;

  beforeAll(async () => {
    app = await startTestApp({
      sandboxOptions: { products: EXPERIENCES },
      env: {
        EXPERIENCES: Array.from({ length: EXPERIENCES }, (_, i) => String(FIRST + i)).join(','),
        SYNC_TIERS: `${WINDOW}:24h`,
        DEFAULT_TIME_ZONE: 'UTC',
      },
    });
    today = app.clock.now().toISOString().slice(0, 10);
    app.sandbox.addFault({ kind: 'status', status: 500, experienceId: FAILING });
    await app.syncUntilIdle();
    // The charts show what is stored.
    await app.sync.everyFiveSeconds();
    await call('PUT', `experience/${FIRST}`, { name: 'Night safari' });
    await call('POST', `experience/${PAUSED}/pause`, { reason: 'price list' });
    // As the intervals of production would, a little faster.
    ticking = setInterval(() => void app.sync.everySecond(), 200);
  });
  afterEach(async () => {
    await console.close();
    expect(console.trouble).toEqual([]);
  });
  afterAll(async () => {
    clearInterval(ticking);
    await browser?.close();
    await app.close();
  });

  const call = (method: string, path: string, body: object = {}) =>
    fetch(`${app.url}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const open = async (options: BrowserContextOptions & { readonly address?: string } = {}): Promise<void> => {
    console = await ConsolePage.open(browser, app, options);
    ({ page } = console);
  };
  const enter = async (options?: BrowserContextOptions & { readonly address?: string }): Promise<void> => {
    await open(options);
    await console.unlock();
    await page.waitForSelector('#charts figure');
    await page.waitForSelector('#map:not(.loading)');
  };
  const rows = async (): Promise<number> => {
    const height = await page.evaluate<number>('document.querySelector(".map-space").offsetHeight');
    return (height - HEAD) / ROW;
  };
  const address = () => {
    const { search, hash } = new URL(page.url());
    return search + hash;
  };
  const box = async (selector: string) => {
    const found = await page.locator(selector).boundingBox();
    if (!found) throw new Error(`${selector} is not seen`);
    return { ...found, right: found.x + found.width, bottom: found.y + found.height };
  };

  it('filters the map by what is wrong; the address names the filter, and back leads to what was before', async () => {
    await enter();
    expect(await rows()).toBe(EXPERIENCES);
    await page.selectOption('#show', 'failing');
    await until('the failing one is left', async () => (await rows()) === 1);
    expect(address()).toBe('?show=failing');
    await page.selectOption('#show', 'paused');
    await until('the paused one is left', async () => address() === '?show=paused' && (await rows()) === 1);
    await page.goBack();
    expect(address()).toBe('?show=failing');
    expect(await page.inputValue('#show')).toBe('failing');
    await page.goBack();
    await until('all are shown', async () => (await rows()) === EXPERIENCES);
    await page.selectOption('#show', 'stale');
    await page.fill('#filter', 'safari');
    await until('the address has both', () => Promise.resolve(address() === '?filter=safari&show=stale'));
    await page.click('#range-day');
    await page.waitForSelector('#range-day[aria-pressed=true]');
    expect(address()).toBe('?filter=safari&show=stale&range=day');
  });

  it('opens for a colleague what a link names, once the key is there', async () => {
    await enter({ address: `?show=failing&range=day&zone=Asia/Tokyo#day/${FAILING}/${today}` });
    await until('the day is shown', async () => (await console.text('#side-title')).startsWith(`${FAILING}`));
    expect(await page.inputValue('#show')).toBe('failing');
    expect(await page.getAttribute('#range-day', 'aria-pressed')).toBe('true');
    expect(await page.inputValue('#zone')).toBe('Asia/Tokyo');
    expect(await console.text('#map-text')).toContain(`${FAILING}, `);
    await page.click('#side >> text=Next day');
    await until('the next day is named', () => !page.url().endsWith(today));
    await page.click('#side >> text=Previous day');
    await until('the day is named again', () => page.url().endsWith(today));
    expect(address()).toContain('?show=failing&range=day&zone=Asia/Tokyo#day/');
  });

  it('is led to a problem by its address, and hears when it is over', async () => {
    await enter({ address: '#problem/leap/supplier_error' });
    const problem = page.locator('.problem', { hasText: 'supplier_error' });
    await until('it has the focus', async () => (await page.locator('.problem:focus').count()) === 1);
    expect(await problem.count()).toBe(1);
    await page.evaluate("location.hash = '#problem/leap/timeout'");
    await console.says('This problem is over');
  });

  it.each([
    [1280, 900],
    [800, 900],
    [390, 844],
  ])('sees Pause, and what a panel is about, beside it, %i px wide', async (width, height) => {
    await enter({ viewport: { width, height } });
    await page.locator('#map').scrollIntoViewIfNeeded();
    await page.click('#map canvas', { position: { x: width < 560 ? 130 : 230, y: HEAD + 4.5 * ROW } });
    await page.waitForSelector('#side .actions');
    const [bar, pause, side] = [await box('#bar'), await box('#pause'), await box('#side')];
    expect(side.y).toBeGreaterThanOrEqual(bar.bottom - 1);
    expect(pause.bottom).toBeLessThanOrEqual(bar.bottom);
    const map = await box('#map canvas');
    const cell = { top: map.y + HEAD + 4 * ROW, bottom: map.y + HEAD + 5 * ROW };
    expect(cell.top).toBeGreaterThanOrEqual(bar.bottom - 1);
    if (side.x === 0) expect(cell.bottom).toBeLessThanOrEqual(side.y + 1);
    else expect(map.right).toBeLessThanOrEqual(side.x + 1);
    await page.click('#pause');
    await page.click('dialog >> text=Cancel');
    expect(await console.sideways()).toBe(0);
  });

  it('sees which days fail by shape and luminance, and hears it of the cell that has the focus', async () => {
    // Of a product that fails, the days that look most valuable at this hour are tried, not all.
    await call('POST', `experience/${FAILING}/days/${today}/refresh`);
    await until('today has failed', async () => {
      app.clock.advance(1_100);
      await app.tick();
      return (await dayRow(app.prisma, FAILING, today)).attempts > 0;
    });
    await enter();
    await page.focus('#map');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    expect(await console.text('#map-text')).toMatch(
      new RegExp(`^${FAILING}, .*never fetched; its last request failed`),
    );
    // The upper left corners of two cells: one that fails, and one that is fresh.
    const [failing = 0, fresh = 0] = await page.evaluate<number[]>(`(() => {
      const canvas = document.querySelector('#map canvas');
      const rows = [${FAILING - FIRST}, 5].map((row) => ${HEAD} + row * ${ROW} + 4);
      const { data } = canvas.getContext('2d').getImageData(212, 0, 1, ${HEAD + EXPERIENCES * ROW});
      return rows.map((y) => 0.2126 * data[4 * y] + 0.7152 * data[4 * y + 1] + 0.0722 * data[4 * y + 2]);
    })()`);
    expect(Math.abs(failing - fresh)).toBeGreaterThan(60);
  });

  it('has cells of 24 px for a finger, and the height of the map is that of its rows', async () => {
    await enter({ viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true });
    const wide = await page.evaluate<number>('document.querySelector(".map-space").offsetWidth');
    expect((wide - 104) / WINDOW).toBeGreaterThanOrEqual(24);
    const { height } = await box('#map');
    expect(height).toBeGreaterThanOrEqual(HEAD + EXPERIENCES * ROW);
    expect(height).toBeLessThan(HEAD + (EXPERIENCES + 1) * ROW + 16);
    expect(await console.sideways()).toBe(0);
  });

  it('is not told that there is nothing while it loads', async () => {
    await open();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route('**/api/v1/sync/{status,days*,history*,runs*}', async (route) => {
      await held;
      await route.continue();
    });
    await page.fill('#key', ADMIN_KEY);
    await page.press('#key', 'Enter');
    await page.waitForSelector('#live.on');
    const words = await console.text('#overview');
    expect(words).toMatch(/Loading…/);
    expect(words).not.toMatch(/Nothing|nothing|No supplier|0 of 0/);
    expect(await page.locator('#state-name.good').count()).toBe(0);
    expect(await console.violations()).toEqual([]);
    letGo();
    await page.waitForSelector('#charts figure');
    await until('the map is there', async () => (await rows()) === EXPERIENCES);
    // The answers come in any order.
    await until('nothing loads any more', async () => (await page.locator('.skeleton').count()) === 0);
  });

  it('is told beforehand why a paused experience cannot be fetched', async () => {
    await enter({ address: `#experience/${PAUSED}` });
    const fetch = page.locator('#side button', { hasText: 'Fetch all now' });
    await page.waitForSelector('#side [aria-disabled=true]');
    expect(await fetch.getAttribute('title')).toBe(`Experience ${PAUSED} is paused: resume it.`);
    await page.goto(`${app.url}/console#day/${PAUSED}/${today}`);
    const one = page.locator('#side button', { hasText: 'Fetch now' });
    await until('it is disabled', async () => (await one.getAttribute('aria-disabled')) === 'true');
  });

  it(
    'follows a backfill, also after the page was loaded anew, cancels one, and reads why days failed',
    async () => {
      await enter({ address: `#experience/${FIRST}` });
      await page.click('#side >> text=Fetch all now');
      const bar = page.locator('#side progress');
      await bar.waitFor();
      expect(await bar.getAttribute('max')).toBe(String(WINDOW));
      await page.reload();
      await page.waitForSelector('#live.on');
      const listed = page.locator('#backfills .backfill', { hasText: `Days of experience ${FIRST}` }).first();
      await listed.locator('progress').waitFor();
      expect(await listed.innerText()).toMatch(new RegExp(`Running: 0 of ${WINDOW} fetched.* by admin`));
      await listed.getByRole('button', { name: 'Cancel' }).click();
      await listed.getByText('Cancelled: 0 of').waitFor();
      await page.locator('#audit', { hasText: 'admin cancelled a backfill' }).waitFor();
      await call('POST', `experience/${FAILING}/refresh`);
      const other = page.locator('#backfills .backfill', { hasText: `Days of experience ${FAILING}` });
      await page.reload();
      await other.locator('progress').waitFor();
      for (let i = 0; i < WINDOW * 3; i++) {
        app.clock.advance(1_100);
        await app.tick();
      }
      await other.getByText('Not all could be fetched:').waitFor();
      expect(await other.locator('.odd').innerText()).toContain('the supplier answered 500');
      expect(await console.violations()).toEqual([]);
    },
    WORKING,
  );

  it('reads the charts with the keyboard, in one zone', async () => {
    await enter({ address: '?zone=Asia/Tokyo' });
    const plot = page.locator('.plot').first();
    await plot.focus();
    await page.keyboard.press('End');
    const last = (await plot.getAttribute('aria-valuetext')) ?? '';
    expect(last).toMatch(/^\d\d:\d\d: changed [\d,]+, unchanged [\d,]+, failed [\d,]+, refused [\d,]+$/);
    expect(await page.locator('.readout').first().innerText()).toBe(last);
    // The browser's own.
    await page.selectOption('#zone', '');
    await until('the zone is another one', async () => {
      const [now = ''] = (await page.locator('.readout').first().innerText()).split(': ');
      return now !== '' && !last.startsWith(now);
    });
  });

  it.each([
    [1440, 4],
    [1280, 2],
    [390, 1],
  ])('has an even grid of charts, %i px wide: %i columns', async (width, columns) => {
    await enter({ viewport: { width, height: 900 } });
    const lefts = await page.evaluate<number[]>(
      "[...document.querySelectorAll('#charts figure')].map((one) => Math.round(one.getBoundingClientRect().left))",
    );
    expect(new Set(lefts).size).toBe(columns);
    expect(await console.sideways()).toBe(0);
  });

  it('has no serious barrier with forced colours', async () => {
    await enter({ forcedColors: 'active' });
    expect(await console.violations()).toEqual([]);
  });

  it('tells cells, bars, lines and marks apart with forced colours', async () => {
    await enter({ forcedColors: 'active' });
    const drawn = (selector: string) =>
      page.evaluate<string[]>(`[...document.querySelectorAll('${selector}')].map((canvas) => canvas.toDataURL())`);
    const [cells, bars, lines] = [
      await drawn('#legend canvas'),
      await drawn('#charts figure:nth-child(1) .key canvas'),
      await drawn('#charts figure:nth-child(3) .key canvas'),
    ];
    expect([cells, bars, lines].map(({ length }) => length)).toEqual([9, 4, 2]);
    expect([cells, bars, lines].map((all) => new Set(all).size)).toEqual([9, 4, 2]);
    const [ink, ground] = await page.evaluate<string[]>(`[
      getComputedStyle(document.querySelector('#suppliers .mark')).color,
      getComputedStyle(document.querySelector('#suppliers').parentElement).backgroundColor,
    ]`);
    expect(ink).not.toBe(ground);
  });
});
