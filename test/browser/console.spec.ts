import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { SyncStatus } from '../../src/sync/index.js';
import { SandboxSupplier } from '../../src/sandbox/index.js';
import { LiveFeed } from '../../src/sync/monitoring/live-feed.js';
import { launchChromium } from '../setup/chromium.js';
import { sandboxPax, sandboxPrice, sandboxSlot } from '../setup/day-factory.js';
import { suppliersFile } from '../setup/suppliers-file.js';
import { setPageClock } from '../setup/page-clock.js';
import { ADMIN_KEY, startTestApp, SUPPLIER_KEY, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import { TestClock } from '../setup/test-clock.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FOCUSED = 'document.activeElement.id';
const LABEL = 'document.activeElement.getAttribute("aria-label")';
/** The map's head, and a row of it, in CSS pixels. */
const HEAD = 40;
const ROW = 24;
const MAP_HEIGHT = 'document.querySelector(".map-space").offsetHeight';
const EXPERIENCES = 100;
const FIRST = 14;
/** Those of the second supplier, which speaks OCTO. */
const OCTO = [114, 115, 116];
const ALL = EXPERIENCES + OCTO.length;
/** One that is not mirrored. */
const IMPORTED = 'octo-30';
/** One product fails all the time. */
const LASTING = { kind: 'status', status: 500, experienceId: FIRST + 2, api: 'leap' } as const;
const REFUSED = FIRST + 3;
const ODD = FIRST + 4;

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

const browser = await launchChromium();
const inBrowser = browser ? describe : describe.skip;

inBrowser('the console', () => {
  let sandbox: SandboxSupplier;
  let file: Awaited<ReturnType<typeof suppliersFile>>;
  let app: TestApp;
  let tomorrow: string;
  let page: Page;
  let trouble: string[];
  let ticking: NodeJS.Timeout;

  beforeAll(async () => {
    const clock = new TestClock();
    const unlimited = { requestsPerMinute: 1_000_000 };
    const now = () => clock.now().getTime();
    sandbox = new SandboxSupplier({ apiKey: SUPPLIER_KEY, products: EXPERIENCES, ...unlimited, octo: unlimited, now });
    const sandboxUrl = await sandbox.start();
    const own = { leap: Array.from({ length: EXPERIENCES }, (_, i) => FIRST + i), harbour: OCTO.map(octoExperience) };
    file = await suppliersFile([
      { name: 'leap', api: 'leap', url: sandboxUrl, key: SUPPLIER_KEY, requestsPerMinute: 200, experiences: own.leap },
      {
        ...{ name: 'harbour', api: 'octo', url: sandbox.octoUrl(), key: SUPPLIER_KEY, requestsPerMinute: 600 },
        experiences: own.harbour,
      },
    ]);
    app = await startTestApp({
      clock,
      sandbox,
      sandboxUrl,
      env: {
        ...{ SUPPLIERS_FILE: file.path, TICKETE_API_KEY: '' },
        SYNC_TIERS: '1:15m,7:4h,31:24h',
        // Nobody reads these experiences, and still each fault is to show soon.
        MIN_VALUE: '0',
        DEFAULT_TIME_ZONE: 'UTC',
      },
    });
    const today = app.clock.now().toISOString().slice(0, 10);
    app.sandbox.setTruth(FIRST, today, [sandboxSlot({ startDate: today, remaining: 7 })]);
    tomorrow = new Date(app.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
    app.sandbox.addFault(LASTING);
    // As the intervals of production would, but for the live feed, which is a little faster.
    let ticks = 0;
    ticking = setInterval(() => {
      app.clock.advance(100);
      void app.tick();
      if (ticks++ % 4 === 0) void app.sync.everySecond();
    }, 100);
  });
  afterAll(async () => {
    clearInterval(ticking);
    await browser?.close();
    await app.sync.settled();
    await app.close();
    await sandbox.stop();
    await file.remove();
  });

  beforeEach(() => {
    trouble = [];
  });
  afterEach(async () => {
    // A request of the page that a test answers may be under way.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.context().close();
    // Whatever a test that failed left: the others count on what is there.
    for (const id of [9_000, 1_000_001]) await call('DELETE', `experience/${id}`);
    for (const all of ['sync', 'supplier/harbour']) await call('POST', `${all}/resume`);
    expect(trouble).toEqual([]);
  });

  const call = (method: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${app.url}/api/v1/${path}`, { method, headers: { authorization: `Bearer ${ADMIN_KEY}`, ...headers } });
  /** Whatever the page complains of, and whatever it asks of others, is trouble. */
  const visit = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await (browser as Browser).newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      ...options,
    });
    await setPageClock(context, app.clock);
    page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) trouble.push(message.text());
    });
    page.on('pageerror', (error) => trouble.push(error.message));
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== app.url) trouble.push(`asked ${request.url()}`);
    });
    await page.goto(`${app.url}/console`);
    return page;
  };
  const enter = async (options?: BrowserContextOptions): Promise<void> => {
    await visit(options);
    await unlock();
  };
  const unlock = async (): Promise<void> => {
    await page.fill('#key', ADMIN_KEY);
    await page.press('#key', 'Enter');
    await page.waitForSelector('#live.on');
    await page.waitForSelector('#charts figure');
    await page.waitForSelector('#figures .figure:not(.skeleton)');
  };
  const text = (selector: string): Promise<string> => page.locator(selector).innerText();
  const seen = (wanted: string | RegExp) => page.getByText(wanted).filter({ visible: true }).first().waitFor();
  /** Has the supplier asked for a day, ahead of all others. */
  const fetchTomorrow = async (id: number): Promise<void> => {
    expect((await call('POST', `experience/${id}/days/${tomorrow}/refresh`, { prefer: 'wait=15' })).ok).toBe(true);
  };
  const violations = async (): Promise<string[]> => {
    const found = await page.evaluate(`${AXE}; axe.run({ resultTypes: ['violations'] }).then((r) => r.violations)`);
    return (found as Violation[])
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  };

  it('asks for the key, says when it is a wrong one, keeps it for the tab, and forgets it', async () => {
    await visit();
    await page.fill('#key', 'not-a-key-of-anyone');
    await page.click('#key-form button');
    await seen('That is not an admin key of this server.');
    // The browser itself notes the answer 403.
    expect(trouble.splice(0)).toEqual([expect.stringContaining('403')]);
    await page.fill('#key', ADMIN_KEY);
    await page.click('#key-form button');
    await page.waitForSelector('#live.on');
    await page.reload();
    await page.waitForSelector('#live.on');
    expect(await page.evaluate('[localStorage.length, document.cookie]')).toEqual([0, '']);
    await page.click('#forget');
    await page.waitForSelector('#key-form');
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  });

  it('is sent with a policy that allows nothing but itself', async () => {
    const answer = await (await visit()).request.get(`${app.url}/console`);
    expect(answer.headers()['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(answer.headers()['content-security-policy']).not.toContain('unsafe');
    expect((await page.request.get(`${app.url}/console/../package.json`)).status()).toBe(404);
    expect((await page.request.get(`${app.url}/console/vendor/..%2f..%2fpackage.json`)).status()).toBe(404);
  });

  it('opens in a browser whose language is no valid tag', async () => {
    await enter({ locale: 'en-US@posix' });
    expect(await page.evaluate('navigator.language')).toBe('en');
    expect(await text('#figures')).toContain('of');
  });

  it('shows the state, pauses with a reason and an end, and resumes', async () => {
    await enter();
    expect(await text('#state')).toMatch(/^(Running|leap: 1 of 100 products fails)\s*since /);
    await page.click('#pause');
    await page.fill('#field-reason', 'supplier’s maintenance <b>');
    await page.fill('#field-until', '2020-01-01T00:00');
    await page.click('dialog button[type=submit]');
    await seen('Choose a time in the future, at most a year ahead.');
    await page.fill('#field-until', `${tomorrow}T12:00`);
    await page.click('dialog button[type=submit]');
    await page.waitForSelector('#resume:not([hidden])');
    expect(await text('#state')).toMatch(/^Paused\s*since .* by admin, “supplier’s maintenance <b>”, until /);
    expect(await text('#suppliers')).toMatch(
      /leap[^]*Paused with the whole sync[^]*harbour[^]*Paused with the whole sync/,
    );
    await until('Resume has the focus', async () => (await page.evaluate(FOCUSED)) === 'resume');
    await page.getByRole('button', { name: 'Pause… (harbour)' }).press('Enter');
    await seen('The whole sync is paused: resume it at the top of the page.');
    expect(await page.title()).toBe('Paused – Slotmirror');
    await seen(/^admin paused the sync until .*: “supplier’s maintenance <b>”$/);
    await page.press('#resume', 'Enter');
    await page.waitForSelector('#pause:not([hidden])');
    expect(await page.evaluate(FOCUSED)).toBe('pause');
    await page.locator('#suppliers li', { hasText: 'harbour' }).getByText('Running').waitFor();
  });

  it('opens a day from the map, tells all of it, and fetches it now', async () => {
    await enter();
    await page.fill('#filter', String(FIRST));
    await page.click('#map canvas', { position: { x: 206, y: 50 } });
    await page.waitForSelector('#side:not([hidden])');
    expect(await text('#side-title')).toMatch(new RegExp(`^${FIRST}, `));
    await page.click('text=Fetch now');
    await seen(/^(Done|Running):/);
    await seen('7 left');
    expect(await text('#side')).toMatch(/Confirmed\s+(now|\d+ s ago)/);
    await page.keyboard.press('Escape');
    expect(await page.isHidden('#side')).toBe(true);
  });

  it('keeps what was opened last, when what was opened before comes late', async () => {
    await enter();
    await page.fill('#filter', String(FIRST));
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    await page.route(`**/api/v1/experience/${FIRST}`, async (route) => {
      await held;
      await route.continue();
    });
    await page.click('#map canvas', { position: { x: 60, y: 50 } });
    await page.click('#map canvas', { position: { x: 206, y: 50 } });
    await seen('Fetch now');
    const late = page.waitForResponse((response) => response.url().endsWith(`/experience/${FIRST}`));
    letGo();
    await (await late).finished();
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
    expect(await page.isVisible('#side >> text=Fetch now')).toBe(true);
  });

  it('opens an experience: its calendar, pause, change, removal; and adds another', async () => {
    await enter();
    await page.click('#add');
    await page.selectOption('#field-supplier', 'leap');
    await page.fill('#field-id', '9000');
    await page.fill('#field-name', 'Night safari');
    await page.fill('#field-timeZone', 'Mars/Olympus');
    await page.click('dialog button[type=submit]');
    await seen(/Mars\/Olympus" is not a time zone/);
    expect(trouble.splice(0)).toEqual([expect.stringContaining('400')]);
    await page.fill('#field-timeZone', 'Asia/Tokyo');
    await page.click('dialog button[type=submit]');
    await seen('Experience 9000 is mirrored from now on.');
    await page.waitForSelector('dialog', { state: 'detached' });
    await page.fill('#filter', 'safari');
    await until('the map shows it alone', async () => (await page.evaluate(MAP_HEIGHT)) === HEAD + ROW);
    await page.click('#map canvas', { position: { x: 60, y: 50 } });
    await page.waitForSelector('#side:not([hidden])');
    expect(await text('#side-title')).toBe('9000, Night safari');
    await page.locator('#side', { hasText: 'in Asia/Tokyo' }).waitFor();
    expect(await page.locator('.date').count()).toBe(31);
    await page.click('#side >> text=Pause…');
    await page.fill('#field-reason', 'price list');
    await page.click('dialog button[type=submit]');
    await seen(/Paused now|Paused \d+ s ago by admin: “price list”/);
    await page.click('#side >> text=Resume');
    await seen(/It syncs\./);
    await page.click('#side >> text=Change…');
    await page.fill('#field-name', 'Day safari');
    await page.click('dialog button[type=submit]');
    await seen('9000, Day safari');
    await page.keyboard.press('Escape');
    await page.waitForSelector('#side', { state: 'hidden' });
    await page.click('#add');
    await page.fill('#field-id', '9000');
    await page.click('dialog button[type=submit]');
    await seen('Experience 9000 is mirrored already: nothing was changed.');
    expect(trouble.splice(0)).toEqual([expect.stringContaining('412')]);
    expect((await (await call('GET', 'experience/9000')).json()) as object).toMatchObject({
      ...{ name: 'Day safari', timeZone: 'Asia/Tokyo' },
    });
    await page.click('#side >> text=Fetch all now');
    await seen(/^(Done|Running):/);
    const asked = () => app.sandbox.requests().filter(({ experienceId }) => experienceId === 9000).length;
    await until('all are fetched', () => asked() >= 31, 40_000);
    await page.locator('.date').first().click();
    await seen('Fetch now');
    await page.click('#side .day-ways >> text=Experience');
    await page.click('#side >> text=Remove…');
    await page.click('dialog button[type=submit]');
    await seen('Experience 9000 was removed.');
    await page.waitForSelector('#side', { state: 'hidden' });
  });

  it('follows what happens, and says so when it lost the connection', async () => {
    await enter();
    const asked = '#figures .figure:last-child b';
    const before = await text(asked);
    await until('the figures move', async () => (await text(asked)) !== before, 40_000);
    app.app.get(LiveFeed).onModuleDestroy();
    await seen('connection lost, trying again');
    expect(await text('#state')).toMatch(/^Not known\s*as of \d\d:\d\d: /);
    await page.waitForSelector('.lost .suppliers');
    await page.waitForSelector('#live.on');
    await page.waitForSelector('#console:not(.lost)');
  });

  it('is used with the keyboard alone', async () => {
    await enter();
    await page.locator('#filter').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(FOCUSED)).toBe('map');
    await page.keyboard.press('Home');
    expect(await text('#map-text')).toMatch(new RegExp(`^${FIRST}`));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect(await text('#map-text')).toMatch(new RegExp(`^${FIRST + 1}, `));
    await page.keyboard.press('Control+End');
    expect(await text('#map-text')).toMatch(new RegExp(`^${FIRST + ALL - 1}`));
    await page.keyboard.press('Enter');
    await page.waitForSelector('#side:not([hidden])');
    await until('the panel has the focus', async () => (await page.evaluate(FOCUSED)) === 'side-title');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(FOCUSED)).toBe('map');
  });

  it('draws of many experiences those in view, wherever it is scrolled to', async () => {
    await enter();
    const { all, drawn, view } = await page.evaluate<{ all: number; drawn: number; view: number }>(`(() => {
      const map = document.getElementById('map');
      map.scrollTop = map.scrollHeight;
      return { all: map.scrollHeight, drawn: map.querySelector('canvas').offsetHeight, view: map.clientHeight };
    })()`);
    expect(all).toBe(HEAD + ALL * ROW);
    expect(drawn).toBeLessThanOrEqual(view);
    // What is loaded meanwhile above the map moves it from under the pointer. In the middle each row has a day.
    await until('the last row is named', async () => {
      await page.hover('#map canvas', { position: { x: 700, y: drawn - ROW / 2 } });
      return (await page.locator('#tip').textContent())?.startsWith(`${FIRST + ALL - 1}, `) === true;
    });
  });

  it.each([
    ['light', 1440],
    ['dark', 1440],
    ['light', 390],
    ['dark', 390],
  ] as const)('has no serious barrier, %s, %i px wide, and needs no sideways scrolling', async (colorScheme, width) => {
    await enter({ colorScheme, viewport: { width, height: 900 } });
    expect(await violations()).toEqual([]);
    const place = { x: width < 560 ? 110 : 206, y: 50 };
    await page.click('#map canvas', { position: place });
    await page.waitForSelector('#side:not([hidden])');
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.click('#map canvas', { position: { x: 40, y: 50 } });
    await page.waitForSelector('.month');
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.click('#pause');
    expect(await violations()).toEqual([]);
    const sideways = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect(sideways).toBe(0);
  });

  it('shows the last hour and the last day', async () => {
    await enter();
    expect(await page.locator('#charts figure').count()).toBe(4);
    await page.click('#range-day');
    await page.waitForSelector('#range-day[aria-pressed=true]');
    expect(await page.getAttribute('#range-hour', 'aria-pressed')).toBe('false');
    expect(await page.locator('#charts .plot canvas').count()).toBe(4);
  });

  it('tells what is wrong in the supplier’s words until it answers again, and leads to the experience', async () => {
    app.sandbox.setTruth(REFUSED, tomorrow, { message: 'vendor suspended <b>' });
    await fetchTomorrow(REFUSED);
    await enter();
    const problem = page.locator('#errors .problem', { hasText: 'vendor suspended <b>' });
    await problem.waitFor({ timeout: 60_000 });
    expect(await problem.innerText()).toMatch(
      /^leap bad_answer expected a list of slots, got an object: "vendor suspended <b>"/,
    );
    expect(await problem.innerText()).toMatch(/Report it to the supplier[^]*failing since .* last .* tried again/);
    expect(await problem.locator('summary').innerText()).toMatch(/^1 product, 1 day\b/);
    expect(await text('#errors-title')).toBe('Requests that bring no slots');
    await problem.getByRole('link', { name: String(REFUSED) }).press('Enter');
    await page.waitForSelector('#side:not([hidden])');
    expect(await text('#side-title')).toMatch(new RegExp(`^${REFUSED}\\b`));
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.textContent')).toBe(String(REFUSED));
    await problem.locator('.dates a').click();
    await seen('Fetch now');
    expect(new URL(page.url()).hash).toBe(`#day/${REFUSED}/${tomorrow}`);
    await page.goBack();
    await page.waitForSelector('#side', { state: 'hidden' });
    app.sandbox.setTruth(REFUSED, tomorrow, undefined);
    await problem.getByRole('button', { name: 'Retry' }).click();
    await until('it is no longer wrong', async () => (await problem.count()) === 0, 40_000);
    await page.locator('#errors .problem', { hasText: 'Switched on: status 500' }).waitFor();
  });

  it('retries all products of a problem at once', async () => {
    for (const experienceId of [REFUSED, ODD]) {
      app.sandbox.addFault({ ...LASTING, experienceId });
      await fetchTomorrow(experienceId);
    }
    await enter();
    const problem = page.locator('#errors .problem', { hasText: 'Switched on: status 500' });
    await problem.locator('summary', { hasText: '3 products' }).waitFor({ timeout: 60_000 });
    app.sandbox.clearFaults();
    app.sandbox.addFault(LASTING);
    await problem.getByRole('button', { name: 'Retry all (leap supplier_error)' }).click();
    await seen('A day of each of 3 products is fetched ahead of all others.');
    await problem.locator('summary', { hasText: /^1 product, / }).waitFor({ timeout: 20_000 });
    expect(await problem.getByRole('button', { name: 'Retry all' }).count()).toBe(0);
  });

  it('says nothing of what is wrong when nothing is, and warns of a clock that was set right', async () => {
    const clock = { at: '2026-02-28T10:00:00.000Z', text: 'Check the clocks <b>.' };
    await visit();
    await page.route('**/api/v1/sync/status', async (route) => {
      const response = await route.fetch();
      const status = (await response.json()) as SyncStatus;
      const products = { mirrored: 1, failing: 0, failingSince: null };
      const suppliers = status.suppliers.map((supplier) => ({ ...supplier, products }));
      await route.fulfill({ response, json: { ...status, suppliers, clock, errors: [], oddities: [] } });
    });
    // The live feed would tell of the real clock.
    await page.route('**/api/v1/sync/events', (route) => route.fulfill({ body: '', contentType: 'text/event-stream' }));
    await page.fill('#key', ADMIN_KEY);
    await page.press('#key', 'Enter');
    await seen('Check the clocks <b>. (28 Feb, 10:00)');
    expect(await page.isHidden('#wrong')).toBe(true);
    expect(await page.isHidden('#cause')).toBe(true);
    expect(await page.locator('#suppliers .good').count()).toBe(2);
  });

  it('shows what has no bounds as such, money with all its digits, and what was odd about an answer', async () => {
    const price = sandboxPrice({ finalPrice: 12.345, originalPrice: 12.345, currencyCode: 'KWD' });
    const pax = { ...sandboxPax({ min: 2, price }), max: null, remaining: null };
    const listed = { startDate: tomorrow, currencyCode: 'KWD', paxAvailability: [pax] };
    app.sandbox.setTruth(ODD, tomorrow, [
      { ...sandboxSlot(), ...listed, startTime: '22:00', endTime: '25:30', remaining: null, variantId: 2_525_776_286 },
      { ...sandboxSlot(), ...listed, startTime: '10:00', endTime: null, remaining: -2, providerSlotId: 'oversold' },
      { ...sandboxSlot(), ...listed, startTime: 'at noon', providerSlotId: 'unreadable' },
    ]);
    await fetchTomorrow(ODD);
    await enter();
    const odd = page.locator('#oddities .problem', { hasText: 'negative_count' });
    await odd.waitFor({ timeout: 60_000 });
    expect(await odd.innerText()).toContain('The supplier has sold more than it has.');
    await odd.getByRole('link', { name: String(ODD) }).click();
    const date = page.locator('.date.open', { hasText: '12.345' });
    await date.waitFor();
    expect(await date.innerText()).toMatch(/KWD\s12\.345, unlimited/);
    await date.click();
    await seen('2 slots, 1 that can’t be read is left out');
    const late = page.locator('.slot', { hasText: '22:00 to 01:30 the next day' });
    expect(await late.locator('.slot-line').innerText()).toMatch(/variant 2525776286\s*unlimited\s*KWD\s12\.345/);
    expect(await late.locator('.pax').innerText()).toContain('unlimited, from 2');
    expect(await page.locator('.slot.out b').innerText()).toBe('10:00');
    expect(await page.locator('.odd code').allInnerTexts()).toEqual(
      expect.arrayContaining(['negative_count', 'slot_dropped']),
    );
    expect(await violations()).toEqual([]);
  });

  it('names the fault of each supplier without a click, what to do, and when it is over', async () => {
    await enter();
    const line = (name: string) =>
      page.locator('#suppliers li', { has: page.getByRole('link', { name, exact: true }) });
    await line('leap').getByText('1 of 100 products fails').waitFor();
    expect(await line('leap').innerText()).toMatch(/since .* ago\)[^]*the supplier answered 500/i);
    sandbox.addFault({ kind: 'status', status: 401, api: 'octo', body: { message: 'API key expired <b>' } });
    for (const id of OCTO) await call('POST', `experience/${id}/refresh`);
    await line('harbour').getByText('Key refused (401): check the key of harbour').waitFor({ timeout: 60_000 });
    const words = await line('harbour').innerText();
    expect(words).toMatch(/since .* tried again (in \d+ s|now) \(/);
    expect(words).toContain('"API key expired <b>"');
    expect(words).toContain('Check the key of the supplier');
    expect(await text('#state-name')).toBe('harbour: key refused, and 1 more');
    expect(await page.title()).toBe('harbour: key refused, and 1 more – Slotmirror');
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Try now (leap)' }).press('Enter');
    await seen('It waits for nothing: requests are sent as its budget allows.');
    await page.getByRole('button', { name: 'Pause… (harbour)' }).click();
    await page.click('dialog button[type=submit]');
    await line('harbour').getByText('Paused', { exact: true }).waitFor();
    await page.waitForSelector('dialog', { state: 'detached' });
    expect(await page.evaluate(LABEL)).toBe('Resume (harbour)');
    await page.getByRole('button', { name: 'Resume (harbour)' }).press('Enter');
    await line('harbour').getByText('Key refused').waitFor();
    sandbox.clearFaults();
    sandbox.addFault(LASTING);
    await page.getByRole('button', { name: 'Try now (harbour)' }).click();
    await line('harbour').getByText('Running').waitFor({ timeout: 40_000 });
    expect(await page.locator('#suppliers .good').count()).toBe(1);
  });

  it('shows a supplier by its link, and imports what is chosen of its products', async () => {
    await visit();
    await page.goto(`${app.url}/console#supplier/harbour`);
    await unlock();
    await until('the supplier is shown', async () => (await text('#side-title')) === 'Supplier harbour, octo');
    await page.locator('#side dd', { hasText: '3 mirrored' }).waitFor();
    await page.click('#side >> text=Import products…');
    const product = page.locator('.products li', { hasText: IMPORTED });
    await product.waitFor();
    // While the sync takes the budget, the server is busy: the browser notes it, and the page asks again.
    const forgetBusy = () => (trouble = trouble.filter((text) => !text.includes('503')));
    forgetBusy();
    expect(await product.innerText()).toMatch(/octo-30 \/ DEFAULT · Asia\/Singapore · [A-Z]{3}$/);
    expect(await violations()).toEqual([]);
    await product.getByRole('checkbox').check();
    await page.click('.import >> text=Import 1 product');
    await seen('1 product is mirrored from now on.');
    forgetBusy();
    await product.getByRole('link', { name: 'mirrored as 1000001' }).click();
    await seen('It syncs.');
    await page.goBack();
    await page.waitForSelector('.products li');
    forgetBusy();
    await page.goBack();
    await until('back at the supplier', async () => (await text('#side-title')) === 'Supplier harbour, octo');
    await page.keyboard.press('Escape');
    expect(new URL(page.url()).hash).toBe('');
    await page.selectOption('#supplier-filter', 'harbour');
    await until('only its rows', async () => (await page.evaluate(MAP_HEIGHT)) === HEAD + (OCTO.length + 1) * ROW);
  });

  it('shows the API on a page that works under the same policy', async () => {
    await visit();
    await page.goto(`${app.url}/docs`);
    await seen('The slots of a date');
    await page.click('text=Does the process answer?');
    await seen('Try it out');
    await page.click('text=Try it out');
    await page.click('text=Execute');
    await seen('Response headers');
  });
});

/** Product 20 is `octo-20`. */
function octoExperience(id: number, i: number): object {
  return { id, product: `octo-${20 + i}`, option: 'DEFAULT', timeZone: 'Asia/Singapore' };
}
