import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { SandboxSupplier } from '../../src/sandbox/index.js';
import { launchChromium } from '../setup/chromium.js';
import { startProcess } from '../smoke/server-process.js';

/** Makes the pictures of the console that the README shows, from the built server and the sandbox supplier. */

const SHOTS = fileURLToPath(new URL('../../src/console/screenshots/', import.meta.url));
const KEY = 'the-key-of-the-screenshots';
const NAMES = [
  'Harbour cruise',
  'Cable car',
  'Night safari',
  'Sky deck',
  'Bird park',
  'River taxi',
  'Wax museum',
  'Zip line',
];
const PRODUCTS = 44;
/** A little more than it takes to ask for each day once. */
const FILL_MS = 165_000;

const dir = await mkdtemp(join(tmpdir(), 'screenshots-'));
const sandbox = new SandboxSupplier({ requestsPerMinute: 6_000, speed: 60, products: PRODUCTS });
const ids = sandbox.products().map(({ id }) => id);
const server = startProcess(dir, {
  PORT: '0',
  SUPPLIER_URL: await sandbox.start(),
  TICKETE_API_KEY: 'sandbox',
  SUPPLIER_REQUESTS_PER_MINUTE: '1200',
  EXPERIENCES: ids.join(','),
  SYNC_TIERS: '1:1m,7:3m,30:8m,61:20m',
  ADMIN_API_KEYS: `alice:${KEY}`,
  DEFAULT_TIME_ZONE: 'Asia/Singapore',
});
try {
  const url = await server.url;
  await settle(url);
  const browser = await launchChromium();
  if (!browser) throw new Error('no browser: set CHROMIUM_PATH');
  await mkdir(SHOTS, { recursive: true });
  const wide = { viewport: { width: 1200, height: 860 } };
  await shoot(browser, url, 'console', wide);
  await shoot(browser, url, 'day', wide, (page) => page.click('#map canvas', { position: { x: 330, y: 90 } }));
  const dark = { ...wide, colorScheme: 'dark' } as const;
  await shoot(browser, url, 'dark', dark, (page) => page.click('#map canvas', { position: { x: 60, y: 50 } }));
  await shoot(browser, url, 'phone', { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1 });
  await browser.close();
} finally {
  server.kill('SIGTERM');
  await server.exit;
  await sandbox.stop();
  await rm(dir, { recursive: true, force: true });
}

/** Names, a pause, a product that fails, and readers. */
async function settle(url: string): Promise<void> {
  for (const [i, id] of ids.entries()) await send(url, 'PUT', `/experience/${id}`, { name: NAMES[i % NAMES.length] });
  await send(url, 'POST', `/experience/${ids[7]}/pause`, { reason: 'price list under review' });
  const end = Date.now() + FILL_MS;
  for (let i = 0; Date.now() < end; i++) {
    if (i === 0) sandbox.addFault({ kind: 'status', status: 500, experienceId: ids[4] ?? 0, share: 0.4 });
    await fetch(`${url}/api/v1/experience/${ids[i % 9]}/dates`);
    await wait(100);
  }
}

async function send(url: string, method: string, path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  await fetch(`${url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
}

async function shoot(
  browser: Browser,
  url: string,
  name: string,
  options: BrowserContextOptions,
  act: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'Asia/Singapore', ...options });
  const page = await context.newPage();
  await page.goto(`${url}/console`);
  await page.fill('#key', KEY);
  await page.press('#key', 'Enter');
  await page.waitForSelector('#charts figure');
  await act(page);
  await wait(1_500);
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
  await context.close();
}
