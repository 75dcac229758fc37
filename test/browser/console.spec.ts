import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { LiveFeed } from '../../src/sync/monitoring/live-feed.js';
import { launchChromium } from '../setup/chromium.js';
import { sandboxPax, sandboxPrice, sandboxSlot } from '../setup/day-factory.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import { TestClock } from '../setup/test-clock.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FOCUSED = 'document.activeElement.id';
/** The map's head, and a row of it, in CSS pixels. */
const HEAD = 40;
const ROW = 20;
const MAP_HEIGHT = 'document.querySelector(".map-space").offsetHeight';
const EXPERIENCES = 100;
const FIRST = 14;
/** One product fails all the time. */
const LASTING = { kind: 'status', status: 500, experienceId: FIRST + 2 } as const;
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
  let app: TestApp;
  let tomorrow: string;
  let page: Page;
  let trouble: string[];
  let ticking: NodeJS.Timeout;

  beforeAll(async () => {
    // The page reckons ages by its own clock.
    app = await startTestApp({
      clock: new TestClock(new Date()),
      env: {
        EXPERIENCES: Array.from({ length: EXPERIENCES }, (_, i) => String(FIRST + i)).join(','),
        SYNC_TIERS: '1:15m,7:4h,31:24h',
        SUPPLIER_REQUESTS_PER_MINUTE: '200',
        // Nobody reads these experiences, and still each fault is to show soon.
        MIN_VALUE: '0',
        DEFAULT_TIME_ZONE: 'UTC',
      },
      sandboxOptions: { products: EXPERIENCES },
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
  });

  beforeEach(() => {
    trouble = [];
  });
  afterEach(async () => {
    // A request of the page that a test answers may be under way.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await page.context().close();
    // Whatever a test that failed left: the others count on what is there.
    await fetch(`${app.url}/api/v1/experience/9000`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${ADMIN_KEY}` },
    });
    expect(trouble).toEqual([]);
  });

  /** Whatever the page complains of, and whatever it asks of others, is trouble. */
  const visit = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await (browser as Browser).newContext({
      viewport: { width: 1440, height: 900 },
      locale: 'en-GB',
      timezoneId: 'UTC',
      reducedMotion: 'reduce',
      ...options,
    });
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
    await page.waitForSelector('#figures .figure');
  };
  const text = (selector: string): Promise<string> => page.locator(selector).innerText();
  const seen = (wanted: string | RegExp) => page.getByText(wanted).first().waitFor();
  /** Has the supplier asked for a day, ahead of all others. */
  const fetchTomorrow = async (id: number): Promise<void> => {
    const answer = await fetch(`${app.url}/api/v1/experience/${id}/days/${tomorrow}/refresh`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_KEY}`, prefer: 'wait=15' },
    });
    expect(answer.ok).toBe(true);
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

  it('shows the state, pauses with a reason and an end, and resumes', async () => {
    await enter();
    expect(await text('#state')).toMatch(/^Running\s*since /);
    await page.click('#pause');
    await page.fill('#field-reason', 'supplier’s maintenance <b>');
    await page.fill('#field-until', '2020-01-01T00:00');
    await page.click('dialog button[type=submit]');
    await seen('until must be an instant in the future');
    expect(trouble.splice(0)).toEqual([expect.stringContaining('400')]);
    await page.fill('#field-until', `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T12:00`);
    await page.click('dialog button[type=submit]');
    await page.waitForSelector('#resume:not([hidden])');
    expect(await text('#state')).toMatch(/^Paused\s*since .* by admin, “supplier’s maintenance <b>”, until /);
    expect(await page.title()).toBe('Paused – Slotmirror');
    await seen('sync.pause');
    await page.click('#resume');
    await page.waitForSelector('#pause:not([hidden])');
    expect(await text('#state')).toContain('Running');
  });

  it('opens a day from the map, tells all of it, and fetches it now', async () => {
    await enter();
    await page.fill('#filter', String(FIRST));
    await page.click('#map canvas', { position: { x: 206, y: 50 } });
    await page.waitForSelector('#side:not([hidden])');
    expect(await text('#side-title')).toMatch(new RegExp(`^${FIRST}, `));
    await page.click('text=Fetch now');
    await seen(/^(Done|It goes on)/);
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
    await seen('Asia/Tokyo');
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
    await page.click('#side >> text=Fetch all now');
    await seen(/It goes on|Done/);
    const asked = () => app.sandbox.requests().filter(({ experienceId }) => experienceId === 9000).length;
    await until('all are fetched', () => asked() >= 31, 40_000);
    await page.locator('.date').first().click();
    await seen('Fetch now');
    await page.click('#side >> text=Experience');
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
    await page.waitForSelector('#live.on');
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
    expect(await text('#map-text')).toMatch(new RegExp(`^${FIRST + EXPERIENCES - 1}`));
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
    expect(all).toBe(HEAD + EXPERIENCES * ROW);
    expect(drawn).toBeLessThanOrEqual(view);
    await page.hover('#map canvas', { position: { x: 206, y: drawn - ROW / 2 } });
    await page
      .locator('#tip')
      .getByText(`${FIRST + EXPERIENCES - 1}, `)
      .waitFor();
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
    expect(await page.locator('#charts canvas').count()).toBe(4);
  });

  it('tells what is wrong in the supplier’s words until it answers again, and leads to the experience', async () => {
    app.sandbox.setTruth(REFUSED, tomorrow, { message: 'vendor suspended <b>' });
    await fetchTomorrow(REFUSED);
    await enter();
    const row = page.locator('#errors tbody tr', { hasText: 'vendor suspended <b>' });
    await row.waitFor({ timeout: 60_000 });
    expect(await row.innerText()).toMatch(new RegExp(`^${REFUSED}\\b`));
    expect(await row.innerText()).toMatch(/bad_answer expected a list of slots, got an object: "vendor suspended <b>"/);
    expect(await row.innerText()).toContain('Report it to the supplier');
    expect(await page.locator('#errors thead th').allInnerTexts()).toContain('What to do');
    expect(await text('#errors caption')).toBe('Requests that bring no slots');
    await row.getByRole('button').press('Enter');
    await page.waitForSelector('#side:not([hidden])');
    expect(await text('#side-title')).toMatch(new RegExp(`^${REFUSED}\\b`));
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.textContent')).toBe(String(REFUSED));
    app.sandbox.setTruth(REFUSED, tomorrow, undefined);
    await fetchTomorrow(REFUSED);
    await until('it is no longer wrong', async () => (await row.count()) === 0, 40_000);
    await page.locator('#errors tbody tr', { hasText: 'Switched on: status 500' }).waitFor();
  });

  it('says nothing of what is wrong when nothing is, and warns of a clock that was set right', async () => {
    const clock = { at: '2026-03-02T10:00:00.000Z', text: 'Check the clocks <b>.' };
    await visit();
    await page.route('**/api/v1/sync/status', async (route) => {
      const response = await route.fetch();
      const status = (await response.json()) as object;
      await route.fulfill({ response, json: { ...status, clock, errors: [], oddities: [] } });
    });
    // The live feed would tell of the real clock.
    await page.route('**/api/v1/sync/events', (route) => route.fulfill({ body: '', contentType: 'text/event-stream' }));
    await page.fill('#key', ADMIN_KEY);
    await page.press('#key', 'Enter');
    await seen(/Check the clocks <b>\. \(2 Mar 2026, 10:00:00\)/);
    expect(await page.isHidden('#wrong')).toBe(true);
    expect(await page.isHidden('#cause')).toBe(true);
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
    const odd = page.locator('#oddities tbody tr', { hasText: 'negative_count' });
    await odd.waitFor({ timeout: 60_000 });
    expect(await odd.innerText()).toContain('The supplier has sold more than it has.');
    await odd.getByRole('button').click();
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

  it('says when the supplier refuses the key, why, and what to do, and when it is over', async () => {
    await enter();
    app.sandbox.addFault({ kind: 'status', status: 401, body: { message: 'API key expired <b>' } });
    await until('it is noticed', async () => (await text('#state')).startsWith('The supplier refuses our key'), 40_000);
    expect(await text('#state')).toMatch(/since .*, next request (in \d+ s|now) \(/);
    expect(await text('#cause-text')).toContain('"API key expired <b>"');
    expect(await text('#cause-advice')).toContain('Check TICKETE_API_KEY');
    expect(await page.title()).toBe('The supplier refuses our key – Slotmirror');
    expect(await violations()).toEqual([]);
    app.sandbox.clearFaults();
    app.sandbox.addFault(LASTING);
    await until('it is over', async () => (await text('#state')).startsWith('Running'), 40_000);
    expect(await page.isHidden('#cause')).toBe(true);
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
