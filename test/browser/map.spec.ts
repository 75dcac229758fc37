import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../setup/chromium.js';
import { setPageClock } from '../setup/page-clock.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

/** UTC+13 and UTC-11: it is the same time of the day in both, and never the same date. */
const ZONES = ['Pacific/Apia', 'Pacific/Pago_Pago'] as const;
const FIRST = 14;
/** The map's head, a row, and the names before the days, in CSS pixels. */
const HEAD = 40;
const ROW = 24;
const NAMES = 200;
const WINDOW = 4;
const COLUMNS = WINDOW + 1;

const browser = await launchChromium();
const inBrowser = browser ? describe : describe.skip;

inBrowser('the map of experiences on both sides of the date line', () => {
  let app: TestApp;
  let page: Page;
  let cell: number;

  beforeAll(async () => {
    app = await startTestApp({
      env: { EXPERIENCES: ZONES.map((_, i) => String(FIRST + i)).join(','), SYNC_TIERS: `${WINDOW}:4h` },
    });
    for (const [i, timeZone] of ZONES.entries()) {
      await app.prisma.experience.update({ where: { id: FIRST + i }, data: { timeZone } });
    }
    const options = { viewport: { width: 1440, height: 900 }, locale: 'en-GB' };
    const context = await (browser as Browser).newContext(options);
    await setPageClock(context, app.clock);
    page = await context.newPage();
    await page.goto(`${app.url}/console`);
    await page.fill('#key', ADMIN_KEY);
    await page.press('#key', 'Enter');
    // What is loaded above the map moves it.
    await page.waitForSelector('#figures .figure:not(.skeleton)');
    await page.waitForSelector('#charts figure', { state: 'attached' });
    const height = 'document.querySelector(".map-space").offsetHeight';
    await until('the map is there', async () => (await page.evaluate(height)) === HEAD + 2 * ROW);
    const wide = await page.evaluate<number>('document.querySelector(".map-space").offsetWidth');
    cell = (wide - NAMES) / COLUMNS;
  });
  afterAll(async () => {
    await browser?.close();
    await app.close();
  });

  const position = (row: number, column: number) => ({
    x: NAMES + (column + 0.5) * cell,
    y: HEAD + (row + 0.5) * ROW,
  });
  /** The date that the tip names; null: there is no day. */
  const dateAt = async (row: number, column: number): Promise<string | null> => {
    await page.hover('#map canvas', { position: position(row, column) });
    if (await page.isHidden('#tip')) return null;
    const [line = ''] = (await page.locator('#tip').innerText()).split('\n');
    return plain(line.replace(`${FIRST + row}, `, ''));
  };
  const datesOf = async (row: number) => {
    const dates: (string | null)[] = [];
    for (let column = 0; column < COLUMNS; column++) dates.push(await dateAt(row, column));
    return dates;
  };
  /** The dates of the columns, from today in Pago Pago on. */
  const heads = () => {
    const today = app.clock.now().getTime() - 11 * 3_600_000;
    const parts = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
    return Array.from({ length: COLUMNS }, (_, i) =>
      plain(new Date(today + i * 86_400_000).toLocaleDateString('en-GB', parts)),
    );
  };

  it('has a date in each column, and nothing where a window does not reach', async () => {
    const dates = heads();
    expect(await datesOf(0)).toEqual([null, ...dates.slice(1)]);
    expect(await datesOf(1)).toEqual([...dates.slice(0, WINDOW), null]);
  });

  it('opens the day that is pointed at, and nothing where there is none', async () => {
    await page.click('#map canvas', { position: position(0, 0) });
    expect(await page.isHidden('#side')).toBe(true);
    for (const row of [0, 1]) {
      await page.click('#map canvas', { position: position(row, 1) });
      const title = `${FIRST + row} ${heads()[1] ?? ''}`;
      await until(`${title} is open`, async () => plain(await page.locator('#side-title').innerText()) === title);
      // Beside an open panel the map is narrower.
      await page.keyboard.press('Escape');
      await page.waitForSelector('#side', { state: 'hidden' });
    }
  });

  it('is walked with the keyboard from day to day, past what is empty', async () => {
    const told = async () => plain(await page.locator('#map-text').innerText());
    const [, second = '', third = ''] = heads();
    await page.focus('#map');
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('ArrowRight');
    expect(await told()).toContain(`${FIRST} ${second}`);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect(await told()).toContain(`${FIRST + 1} ${third}`);
  });
});

/** Browsers differ in their commas. */
function plain(text: string): string {
  return text.replaceAll(',', '');
}
