import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { sandboxPrice, sandboxPax, sandboxSlot } from '../setup/day-factory.js';
import { launchChromium } from '../setup/chromium.js';
import { ConsolePage } from '../setup/console-page.js';
import { ADMIN_KEY, startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import { isSignedWith, WebhookReceiver } from '../setup/webhook-receiver.js';

const ID = 14;

const browser = await launchChromium();
const inBrowser = browser ? describe : describe.skip;

inBrowser('the pages of changes, webhooks and accuracy', () => {
  let app: TestApp;
  let receiver: WebhookReceiver;
  let receiverUrl: string;
  let console: ConsolePage;
  let page: Page;
  let date: string;
  let ticking: NodeJS.Timeout;

  beforeAll(async () => {
    receiver = new WebhookReceiver();
    receiverUrl = await receiver.start();
    app = await startTestApp({
      env: {
        ...{ EXPERIENCES: String(ID), SYNC_TIERS: '3:24h', DEFAULT_TIME_ZONE: 'UTC' },
        WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
      },
    });
    date = new Date(app.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10);
    setRemaining(150);
    await app.syncUntilIdle();
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
    await receiver.stop();
  });

  const setRemaining = (remaining: number) => {
    const price = sandboxPrice({ finalPrice: 20, originalPrice: 20, currencyCode: 'SGD' });
    const slot = sandboxSlot({ startDate: date, remaining, paxAvailability: [sandboxPax({ price })] });
    app.sandbox.setTruth(ID, date, [slot]);
  };
  /** Has the supplier say so many places, and the mirror record it. */
  const record = async (remaining: number): Promise<void> => {
    setRemaining(remaining);
    const path = `${app.url}/api/v1/experience/${ID}/days/${date}/refresh`;
    const answer = await fetch(path, { method: 'POST', headers: { authorization: `Bearer ${ADMIN_KEY}` } });
    expect(answer.ok).toBe(true);
    await app.syncUntilIdle();
  };
  const open = async (address: string): Promise<void> => {
    console = await ConsolePage.open(browser, app, { address });
    ({ page } = console);
    await console.unlock();
  };

  it('shows live what changed, from what to what', async () => {
    await open('?page=changes');
    await console.says(/^0 changes since \d\d:\d\d, when this console was opened, and the last \d+ before\.$/);
    const opened = page.locator('#changes-rows tr', { hasText: 'not known → 1 slot, 150 left' });
    await opened.waitFor();
    await record(149);
    const row = page.locator('#changes-rows tr').first();
    await row.getByText('150 left → 149 left').waitFor();
    expect(await row.innerText()).toContain('places');
    await record(0);
    await row.getByText('→ sold out', { exact: false }).or(row.getByText('sold out')).first().waitFor();
    expect(await console.violations()).toEqual([]);
    await row.getByRole('link').click();
    await until('the day is open', async () => (await console.text('#side-title')).startsWith(String(ID)));
    await page.click('#to-overview');
    await page.waitForSelector('#overview:not([hidden])');
    await page.goBack();
    await page.waitForSelector('#changes:not([hidden])');
  });

  it('says how many readers saw the truth, beside what was expected', async () => {
    const read = async (): Promise<void> => {
      const answer = await fetch(`${app.url}/api/v1/experience/${ID}/slots?date=${date}`);
      expect(answer.ok).toBe(true);
    };
    for (let i = 0; i < 20; i++) await read();
    await app.sync.everyFiveSeconds();
    await record(148);
    await app.sync.everyFiveSeconds();
    await open('?page=accuracy&period=hour');
    await console.says(/^Readers saw the truth in [\d.]+ % of \d+ judged reads/);
    const [all] = await page.locator('#accuracy-rows tr').allInnerTexts();
    expect(all).toMatch(/^leap\s+\d+\s+[\d.]+ % \([\d.]+ % to [\d.]+ %\)/);
    await page.getByRole('link', { name: new RegExp(`^${ID}\\b`) }).click();
    await until('the experience is open', async () => (await console.text('#side-title')).startsWith(String(ID)));
    expect(await console.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.click('#period-week');
    await until('the address has it', () => page.url().includes('period=week'));
    expect(await page.getAttribute('#period-week', 'aria-pressed')).toBe('true');
  });

  it('adds a webhook, shows its secret once, tests it, says what it did not take, sends again, and removes it', async () => {
    await open('?page=webhooks');
    await console.says('There is no webhook');
    await page.click('#add-webhook');
    await page.fill('#field-url', `${receiverUrl}/hook`);
    await page.fill('#field-description', 'the shop’s cache');
    await page.fill('#field-experiences', 'fourteen');
    await page.click('dialog button[type=submit]');
    await console.says('Experiences: write their ids with commas between');
    await page.fill('#field-experiences', String(ID));
    await page.click('dialog button[type=submit]');
    await page.waitForSelector('#secret');
    const secret = await page.inputValue('#secret');
    await page.click('dialog >> text=I have it');
    const item = page.locator('#webhooks-list li');
    await item.getByText('Delivers').waitFor();
    expect(await item.innerText()).toContain(`all changes of experiences ${ID}`);
    await page.getByRole('button', { name: /^Test/ }).click();
    await console.says(/The test was taken: 204 in \d+ ms\./);
    expect(receiver.arrived.every((arrived) => isSignedWith(secret, arrived))).toBe(true);
    receiver.answer = (_, response) => response.writeHead(500).end('broken <b>');
    await record(77);
    await item.getByText(/^Not taken since/).waitFor({ timeout: 30_000 });
    expect(await item.innerText()).toMatch(/1 change waits[^]*500/);
    expect(await page.locator('#webhooks-list .good').count()).toBe(0);
    expect(await console.violations()).toEqual([]);
    receiver.answer = (_, response) => response.writeHead(204).end();
    await until(
      'it was taken',
      async () => {
        // Its pauses are by the clock of the service; its lease is kept meanwhile.
        app.clock.advance(1_000);
        await app.sync.everyFiveSeconds();
        return (await item.getByText('Delivers').count()) === 1;
      },
      60_000,
    );
    await item.getByRole('link').click();
    const sent = page.locator('.delivery', { hasText: '1 change' }).last();
    await sent
      .getByText('taken (204)', { exact: false })
      .or(sent.getByText('500', { exact: false }))
      .first()
      .waitFor();
    const before = receiver.at('/hook').length;
    await page.locator('.delivery:not(.failed)', { hasText: '1 change' }).first().getByText('Send again…').click();
    await page.click('dialog button[type=submit]');
    await until('it came again', () => receiver.at('/hook').length > before);
    expect(await console.violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Remove/ }).click();
    await page.click('dialog button[type=submit]');
    await console.says('There is no webhook');
  });
});
