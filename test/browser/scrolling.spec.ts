import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../setup/chromium.js';
import { ConsolePage } from '../setup/console-page.js';
import { frameWork } from '../setup/frame-work.js';
import { suppliersFile } from '../setup/suppliers-file.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';

const SUPPLIERS = ['leap', 'harbour', 'zaui'] as const;
const EACH = 150;
const ROWS = SUPPLIERS.length * EACH;
/** The map's head and a row, in CSS pixels. */
const HEAD = 40;
const ROW = 24;
/** Of the work that drawing all rows takes in the same run. How long it takes is the machine's. */
const MOST = 0.5;
/** How far below the upper edge of the map the pointer rests. */
const POINTER = 300;
const WHEEL = { turns: 60, pixels: 100, pauseMs: 40 };

const browser = await launchChromium();
const inBrowser = browser ? describe : describe.skip;

inBrowser('the map of 450 experiences of three suppliers', () => {
  let app: TestApp;
  let file: Awaited<ReturnType<typeof suppliersFile>>;

  beforeAll(async () => {
    // Nobody answers there, and nobody is asked: the test does not tick.
    const common = { url: 'http://127.0.0.1:9', key: 'none', requestsPerMinute: 30 };
    file = await suppliersFile(
      SUPPLIERS.map((name, i) => {
        const ids = Array.from({ length: EACH }, (_, n) => idOf(i * EACH + n));
        const products = ids.map((id) => ({ id, product: `product-${id}`, option: 'DEFAULT' }));
        return {
          name,
          ...common,
          ...(i === 0 ? { api: 'leap', experiences: ids } : { api: 'octo', experiences: products }),
        };
      }),
    );
    app = await startTestApp({
      env: { SUPPLIERS_FILE: file.path, TICKETE_API_KEY: '', DEFAULT_TIME_ZONE: 'UTC' },
    });
    await fill(app);
  });
  afterAll(async () => {
    await browser?.close();
    await app.close();
    await file.remove();
  });

  /** @param broken changes the code that draws */
  const open = async (broken?: (code: string) => string): Promise<ConsolePage> => {
    const console = await ConsolePage.open(browser, app);
    const { page } = console;
    if (broken) {
      await page.route('**/console/map-painter.js', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: broken(await response.text()) });
      });
      await page.reload();
    }
    await console.unlock();
    const height = 'document.querySelector(".map-space").offsetHeight';
    await until('all rows are there', async () => (await page.evaluate(height)) === HEAD + ROWS * ROW);
    await page.locator('#map').scrollIntoViewIfNeeded();
    await page.hover('#map canvas', { position: { x: 400, y: POINTER } });
    return console;
  };
  const turnWheel = async ({ page }: ConsolePage): Promise<void> => {
    for (let turn = 0; turn < WHEEL.turns; turn++) {
      await page.mouse.wheel(0, WHEEL.pixels);
      await new Promise((resolve) => setTimeout(resolve, WHEEL.pauseMs));
    }
    const top = 'document.getElementById("map").scrollTop';
    await until('it is scrolled', async () => (await page.evaluate(top)) === WHEEL.turns * WHEEL.pixels);
  };
  const medianWork = async (console: ConsolePage): Promise<number> => {
    const work = await frameWork(browser as Browser, console.page, () => turnWheel(console));
    expect(work.length).toBeGreaterThan(WHEEL.turns / 2);
    expect(console.trouble).toEqual([]);
    await console.close();
    return median(work);
  };

  it('draws the rows that are seen: a frame takes at most half of the work that it would take with all rows', async () => {
    const seen = await medianWork(await open());
    expect(seen / (await medianWork(await open(drawingAllRows)))).toBeLessThan(MOST);
  });

  it('says what is under the pointer when it was scrolled there', async () => {
    const console = await open();
    const row = Math.floor((POINTER - HEAD + WHEEL.turns * WHEEL.pixels) / ROW);
    await until('a row is named', async () => (await console.text('#tip')).startsWith('1010 '));
    await turnWheel(console);
    await until('the row is named', async () => (await console.text('#tip')).startsWith(`${idOf(row)} `));
    await console.close();
  });
});

/** As if the painter no longer kept to what is seen. */
function drawingAllRows(code: string): string {
  const broken = code
    .replace('firstRow: Math.floor(top / ROW)', 'firstRow: 0')
    .replace(/lastRow: Math.min\(.*,/, `lastRow: ${ROWS},`);
  expect(broken).toMatch(new RegExp(`firstRow: 0,\\s*lastRow: ${ROWS},`));
  return broken;
}

function idOf(row: number): number {
  return 1_000 * (1 + Math.floor(row / EACH)) + (row % EACH);
}

/** Days of every age, some of which fail: a cell of any kind is to be seen. */
async function fill({ prisma, clock }: TestApp): Promise<void> {
  const now = clock.now();
  await prisma.$executeRaw`UPDATE experience SET name = 'Harbour cruise at sunset, no. ' || id`;
  await prisma.$executeRaw`
    INSERT INTO day (experience_id, supplier, date, slots, fingerprint, confirmed_at, changed_at, stale_after, due_at, open_slots)
    SELECT id, supplier, ${now}::timestamptz::date + i, '[]', 'x', at, at, at, at, (id + i) % 3
    FROM experience CROSS JOIN generate_series(0, 60) AS i
      CROSS JOIN LATERAL (SELECT ${now}::timestamptz - (id * 7 + i * 13) % 70 * interval '1 hour' AS at) AS a`;
  await prisma.$executeRaw`
    UPDATE day SET attempts = 1, failed_at = ${now}, failing_since = ${now}, failure_kind = 'timeout', last_error = 'no answer'
    WHERE (experience_id + extract(day FROM date)::int) % 7 = 0`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
