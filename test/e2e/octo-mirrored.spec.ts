import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Slot } from '../../src/inventory/index.js';
import { sandboxPax, sandboxPrice, sandboxSlot } from '../setup/day-factory.js';
import { forget } from '../setup/day-row.js';
import { reseller, WITH_RESELLERS } from '../setup/octo-reseller.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';

const ID = 16;
const [TODAY, OPEN, CLOSED, UNKNOWN] = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'] as const;
const QUERY = { productId: String(ID), optionId: 'DEFAULT' };
const CAPABILITIES = 'octo/pricing, slotmirror/days';

interface Item {
  readonly id: string;
  readonly status: string;
  readonly unitPricing?: unknown;
  readonly slotmirror?: { readonly asOf: string; readonly slot: Slot | null };
}

describe('OCTO for a mirror of this mirror', () => {
  let app: TestApp;
  const ask = (query: object, capabilities = CAPABILITIES, path = '/availability') =>
    reseller(app, { 'octo-capabilities': capabilities }).send('POST', path, { ...QUERY, ...query });

  beforeAll(async () => {
    const env = { ...WITH_RESELLERS, EXPERIENCES: String(ID), SYNC_TIERS: '3:24h,5:48h' };
    app = await startTestApp({ env, sandboxOptions: { speed: 0 } });
    const odd = sandboxPax({ price: sandboxPrice({ finalPrice: 0.1 + 0.2 }) });
    for (const date of [TODAY, OPEN, UNKNOWN]) app.sandbox.setTruth(ID, date, [sandboxSlot({ startDate: date })]);
    app.sandbox.setTruth(ID, OPEN, [sandboxSlot({ startDate: OPEN, paxAvailability: [odd] })]);
    app.sandbox.setTruth(ID, CLOSED, []);
    await app.syncUntilIdle();
    await forget(app.prisma, ID, UNKNOWN);
  });
  afterAll(() => app.close());

  it('is offered by the descriptions, and not listed as one of OCTO’s', async () => {
    const product = await reseller(app).send('GET', `/products/${ID}`);
    expect(product.headers.get('slotmirror-capabilities')).toBe('slotmirror/days');
    expect(JSON.stringify(await reseller(app).get('/capabilities'))).not.toContain('slotmirror');
  });

  it('has each known day as it is stored: with prices that OCTO can’t express, and days without slots', async () => {
    const answer = await ask({ localDateStart: TODAY, localDateEnd: UNKNOWN });
    expect(answer.headers.get('octo-capabilities')).toBe(CAPABILITIES);
    expect(answer.headers.get('slotmirror-unknown-dates')).toBe(UNKNOWN);
    const items = (await answer.json()) as Item[];
    const served = async (date: string) =>
      (await (await fetch(`${app.url}/api/v1/experience/${ID}/slots?date=${date}`)).json()) as {
        asOf: string;
        slots: Slot[];
      };
    const open = await served(OPEN);
    expect(open.slots[0]?.price.finalPrice).toBe(0.1 + 0.2);
    expect(items.slice(1)).toMatchObject([
      { slotmirror: { asOf: open.asOf, slot: open.slots[0] } },
      { id: CLOSED, status: 'CLOSED', slotmirror: { asOf: (await served(CLOSED)).asOf, slot: null } },
    ]);
  });

  it('has the places of a slot that has started: they pass by the clock, and are no change', async () => {
    const [started] = (await (await ask({ localDate: TODAY })).json()) as Item[];
    expect(started).toMatchObject({ status: 'CLOSED', slotmirror: { slot: { remaining: 2_000 } } });
  });

  it('is an empty answer, and no failure, where nothing is known', async () => {
    const answer = await ask({ localDate: UNKNOWN });
    expect([answer.status, answer.headers.get('slotmirror-unknown-dates')]).toEqual([200, UNKNOWN]);
    expect(await answer.json()).toEqual([]);
    expect((await ask({ localDate: UNKNOWN }, 'octo/pricing')).status).toBe(503);
  });

  it('is hidden from who does not name it, whoever asked before', async () => {
    const items = (await (await ask({ localDateStart: TODAY, localDateEnd: CLOSED }, 'octo/pricing')).json()) as Item[];
    expect(items.map(({ slotmirror }) => slotmirror)).toEqual([undefined]);
  });
});
