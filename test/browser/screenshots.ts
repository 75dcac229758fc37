import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { SandboxSupplier } from '../../src/sandbox/index.js';
import type { SyncStatus } from '../../src/sync/index.js';
import { launchChromium } from '../setup/chromium.js';
import { startProcess } from '../smoke/server-process.js';

/** Makes the pictures of the console that the README shows, from the built server and two sandbox suppliers: healthy, then in trouble. */

const SHOTS = fileURLToPath(new URL('../../src/console/screenshots/', import.meta.url));
const KEY = 'the-key-of-the-screenshots';
const PRODUCTS = 36;
/** The products of the OCTO supplier that are mirrored, by their numbers, and our ids of them. */
const OCTO = Array.from({ length: 12 }, (_, i) => ({ product: 20 + i, id: 500 + i }));
const FILL_DEADLINE_MS = 600_000;
/** So that charts and runs have something to show. */
const LIVE_MS = 150_000;
const TROUBLE_DEADLINE_MS = 180_000;

const dir = await mkdtemp(join(tmpdir(), 'screenshots-'));
const sandbox = new SandboxSupplier({
  ...{ requestsPerMinute: 6_000, speed: 60, products: PRODUCTS },
  octo: { requestsPerMinute: 6_000 },
});
const names = new Map(sandbox.products().map(({ id, name }) => [id, name]));
const ids = [...names.keys()];
const leapUrl = await sandbox.start();
const common = { key: 'sandbox', requestsPerMinute: 1_200 };
await writeFile(
  join(dir, 'suppliers.json'),
  JSON.stringify([
    { name: 'leap', api: 'leap', url: leapUrl, ...common, experiences: ids },
    {
      ...{ name: 'harbour', api: 'octo', url: sandbox.octoUrl(), ...common },
      experiences: OCTO.map(({ product, id }) => ({ id, product: `octo-${product}`, option: 'DEFAULT' })),
    },
  ]),
);
const server = startProcess(dir, {
  PORT: '0',
  SUPPLIERS_FILE: join(dir, 'suppliers.json'),
  SYNC_TIERS: '1:5m,7:15m,30:1h,61:4h',
  ADMIN_API_KEYS: `alice:${KEY}`,
  DEFAULT_TIME_ZONE: 'Asia/Singapore',
});
try {
  const url = await server.url;
  await settle(url);
  const browser = await launchChromium();
  if (!browser) throw new Error('no browser: set CHROMIUM_PATH');
  await mkdir(SHOTS, { recursive: true });
  const wide = { viewport: { width: 1280, height: 900 } };
  const phone = { viewport: { width: 390, height: 844 } };
  const [first = 0, second = 0, third = 0] = ids;
  await shoot(browser, url, 'console', wide);
  await shoot(browser, url, 'dark', { ...wide, colorScheme: 'dark' }, `#experience/${third}`, seeMap);
  await trouble(url);
  await shoot(browser, url, 'troubled', wide);
  await shoot(browser, url, 'day', wide, `#day/${second + 3}/${dateIn('Asia/Singapore')}`, seeMap);
  await shoot(browser, url, 'phone', phone);
  process.stdout.write(`Made the pictures in ${SHOTS} of experiences from ${first} on.\n`);
  await browser.close();
} finally {
  server.kill('SIGTERM');
  await server.exit;
  await sandbox.stop();
  await rm(dir, { recursive: true, force: true });
}

/** Names, a pause, each day fetched, and readers. */
async function settle(url: string): Promise<void> {
  for (const id of ids) await send(url, 'PUT', `/experience/${id}`, { name: names.get(id) });
  for (const { id, product } of OCTO) await send(url, 'PUT', `/experience/${id}`, { name: names.get(product) });
  await send(url, 'POST', `/experience/${ids[7]}/pause`, { reason: 'price list under review' });
  const isFilled = async () => {
    const { queue, freshness, suppliers } = await status(url);
    // The days of the paused one wait.
    return queue.due < 90 && freshness.neverFetched < freshness.days / 20 && suppliers.length === 2;
  };
  await meanwhile(url, isFilled, FILL_DEADLINE_MS);
  const end = Date.now() + LIVE_MS;
  await meanwhile(url, () => Promise.resolve(Date.now() > end), LIVE_MS * 2);
}

/** The key of one supplier is refused, and two products of the other fail, each in its way. */
async function trouble(url: string): Promise<void> {
  sandbox.addFault({ kind: 'status', status: 401, api: 'octo', body: { message: 'API key expired' } });
  sandbox.addFault({ kind: 'status', status: 500, experienceId: ids[4] ?? 0, api: 'leap' });
  sandbox.addFault({ kind: 'shape', experienceId: ids[9] ?? 0, api: 'leap' });
  const troubled = [ids[4], ids[9], ...OCTO.map(({ id }) => id)];
  for (const id of troubled) await send(url, 'POST', `/experience/${id}/refresh`, {});
  const isSeen = async () => {
    const { suppliers } = await status(url);
    const [leap, harbour] = suppliers;
    return leap?.products.failing === 2 && harbour?.state === 'unauthorized';
  };
  await meanwhile(url, isSeen, TROUBLE_DEADLINE_MS);
}

/** Reads a few experiences again and again until it is done. */
async function meanwhile(url: string, done: () => Promise<boolean>, deadlineMs: number): Promise<void> {
  const last = Date.now() + deadlineMs;
  for (let i = 0; !(await done()); i++) {
    if (Date.now() > last) throw new Error(`not within ${deadlineMs} ms: ${done.toString()}`);
    for (const id of ids.slice(0, 9)) await fetch(`${url}/api/v1/experience/${id}/dates`);
    await wait(1_000);
  }
}

async function status(url: string): Promise<SyncStatus> {
  return (await (await fetch(`${url}/api/v1/sync/status`)).json()) as SyncStatus;
}

async function send(url: string, method: string, path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  await fetch(`${url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
}

function dateIn(timeZone: string): string {
  return new Date().toLocaleDateString('sv-SE', { timeZone });
}

function seeMap(page: Page): Promise<void> {
  return page.evaluate("document.getElementById('map').scrollIntoView({ block: 'center' })");
}

async function shoot(
  browser: Browser,
  url: string,
  name: string,
  options: BrowserContextOptions,
  address = '',
  act: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Asia/Singapore', ...options });
  const page = await context.newPage();
  await page.goto(`${url}/console${address}`);
  await page.fill('#key', KEY);
  await page.press('#key', 'Enter');
  await page.waitForSelector('#charts figure');
  await page.waitForSelector('#map:not(.loading)');
  await act(page);
  await wait(1_500);
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
  await context.close();
}
