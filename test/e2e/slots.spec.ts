import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { sandboxPax, sandboxPrice, sandboxSlot } from '../setup/day-factory.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';

interface Price {
  finalPrice: number;
  originalPrice: number;
  discount: number;
  currencyCode: string;
}
interface Pax {
  type: string;
  name: string | null;
  description: string | null;
  isPrimary: boolean;
  remaining: number;
  price: Price;
}
interface Slot {
  startTime: string;
  providerSlotId: string;
  remaining: number;
  currencyCode: string;
  price: Price;
  paxAvailability: Pax[];
}

const SHAPE = '2026-03-03';
const EMPTY = '2026-03-04';
const ORDER = '2026-03-05';
const MONEY = '2026-03-06';
const TEXTS = '2026-03-07';
const AMOUNTS = [212.14, 0, 0.1, 0.01, 1e-7, 19.99, 1_000_000.05, 999_999_999.99, 1e9];

const infant = sandboxPax({
  type: 'INFANT_0~3',
  name: 'Infant',
  isPrimary: false,
  price: sandboxPrice({ finalPrice: 0 }),
});
const child = sandboxPax({
  type: 'CHILD_4~11',
  name: 'Child',
  isPrimary: false,
  price: sandboxPrice({ finalPrice: 43 }),
});
const adult = sandboxPax();

describe('GET /api/v1/experience/:id/slots', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: { EXPERIENCES: '14', SYNC_TIERS: '1:15m,6:4h' } });
    const { sandbox } = app;
    sandbox.setTruth(14, SHAPE, [sandboxSlot({ paxAvailability: [adult, child] })]);
    sandbox.setTruth(14, EMPTY, []);
    const at = (startTime: string) => ({ startDate: ORDER, startTime });
    sandbox.setTruth(14, ORDER, [
      sandboxSlot({ ...at('23:30'), paxAvailability: [infant, child, adult] }),
      sandboxSlot({ ...at('09:00'), paxAvailability: [infant, child] }),
      sandboxSlot({ ...at('10:00'), providerSlotId: 'b' }),
      sandboxSlot({ ...at('10:00'), providerSlotId: 'a', remaining: 0 }),
      sandboxSlot({ ...at('00:00'), remaining: 0, paxAvailability: [sandboxPax({ remaining: 0 })] }),
    ]);
    const slotsOfMoney = AMOUNTS.map((amount, i) => {
      const price = { finalPrice: amount, originalPrice: amount, discount: amount };
      const paxAvailability = [sandboxPax({ price: sandboxPrice({ ...price, currencyCode: 'MYR' }) }), child];
      return sandboxSlot({ startDate: MONEY, startTime: `10:0${i}`, currencyCode: 'USD', paxAvailability });
    });
    sandbox.setTruth(14, MONEY, slotsOfMoney);
    sandbox.setTruth(14, TEXTS, [
      sandboxSlot({
        startDate: TEXTS,
        paxAvailability: [
          sandboxPax({ name: 'Größe "ü" \\ </script> 你好 🎡 \u2028', description: '' }),
          sandboxPax({ type: 'NULLS', name: null, description: null, isPrimary: false }),
          { type: 'BARE', min: 0, max: 0, remaining: 0, price: sandboxPrice() },
        ],
      } as object),
    ]);
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());

  function get(date: string): request.Test {
    return request(app.url).get(`/api/v1/experience/14/slots?date=${date}`);
  }

  async function slotsOf(date: string): Promise<Slot[]> {
    const response = await get(date);
    expect(response.status).toBe(200);
    return (response.body as { slots: Slot[] }).slots;
  }

  /** When the request that the answer comes from was sent. */
  function askedAt(date: string): string {
    const asked = app.sandbox.requests().filter((sent) => sent.date === date);
    return new Date(asked.at(-1)?.at ?? NaN).toISOString();
  }

  it('answers in the shape and the order of keys that the contract names', async () => {
    const asOf = askedAt(SHAPE);
    const staleAfter = new Date(Date.parse(asOf) + 4 * 3_600_000).toISOString();
    const response = await get(SHAPE);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.text).toBe(
      `{"id":14,"date":"2026-03-03","timeZone":"Asia/Singapore","asOf":"${asOf}","staleAfter":"${staleAfter}",` +
        '"degraded":null,"slots":[{"startDate":"2026-03-03","startTime":"04:00","endTime":"04:00",' +
        '"providerSlotId":"225532707686_2026-03-03T04:00","variantId":32,"remaining":2000,"currencyCode":"SGD",' +
        '"price":{"finalPrice":212.14,"originalPrice":312.14,"discount":0,"currencyCode":"SGD"},"paxAvailability":[' +
        '{"type":"ADULT_12~99","name":"Adult","description":"12-99 years","isPrimary":true,"min":1,"max":20,' +
        '"remaining":1000,"price":{"finalPrice":212.14,"originalPrice":312.14,"discount":0,"currencyCode":"SGD"},"category":"ADULT","minAge":12,"maxAge":99},' +
        '{"type":"CHILD_4~11","name":"Child","description":"12-99 years","isPrimary":false,"min":1,"max":20,' +
        '"remaining":1000,"price":{"finalPrice":43,"originalPrice":312.14,"discount":0,"currencyCode":"SGD"},"category":"CHILD","minAge":4,"maxAge":11}]}]}',
    );
  });

  it('answers a day that the supplier confirmed empty with an empty list', async () => {
    const response = await get(EMPTY);
    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({ id: 14, date: EMPTY, asOf: askedAt(EMPTY), slots: [] });
  });

  it('sorts the slots by start time, and those that start together by their id', async () => {
    const order = (await slotsOf(ORDER)).map(({ startTime, providerSlotId }) => [startTime, providerSlotId]);
    expect(order).toEqual([
      ['00:00', `225532707686_${ORDER}T00:00`],
      ['09:00', `225532707686_${ORDER}T09:00`],
      ['10:00', 'a'],
      ['10:00', 'b'],
      ['23:30', `225532707686_${ORDER}T23:30`],
    ]);
  });

  it('lists sold-out slots too, with nothing remaining', async () => {
    expect((await slotsOf(ORDER)).map(({ remaining }) => remaining)).toEqual([0, 2_000, 0, 2_000, 2_000]);
  });

  it('lists the primary pax type first and the others by type, however the supplier lists them', async () => {
    const last = (await slotsOf(ORDER)).at(-1);
    expect(last?.paxAvailability.map(({ type, isPrimary }) => [type, isPrimary])).toEqual([
      ['ADULT_12~99', true],
      ['CHILD_4~11', false],
      ['INFANT_0~3', false],
    ]);
  });

  it('gives a slot the price of its primary pax type', async () => {
    expect((await slotsOf(ORDER)).at(-1)?.price).toEqual(sandboxPrice());
  });

  it('gives a slot without a primary pax type the price of an adult, or else of the dearest type', async () => {
    const slot = (await slotsOf(ORDER))[1];
    expect(slot?.paxAvailability.map(({ type }) => type)).toEqual(['CHILD_4~11', 'INFANT_0~3']);
    expect(slot?.price).toEqual(sandboxPrice({ finalPrice: 43 }));
  });

  it('gives every amount exactly as the supplier did', async () => {
    const slots = await slotsOf(MONEY);
    const amounts = slots.flatMap(({ price, paxAvailability: [first] }) => [price, first?.price]);
    expect(amounts).toEqual(
      AMOUNTS.flatMap((amount) => {
        const price = { finalPrice: amount, originalPrice: amount, discount: amount, currencyCode: 'MYR' };
        return [price, price];
      }),
    );
  });

  it('names the currency of each price by itself', async () => {
    const currencies = (await slotsOf(MONEY)).map(({ currencyCode, price, paxAvailability }) => [
      currencyCode,
      price.currencyCode,
      ...paxAvailability.map((pax) => pax.price.currencyCode),
    ]);
    expect(currencies).toEqual(AMOUNTS.map(() => ['USD', 'MYR', 'MYR', 'SGD']));
  });

  it('passes on names in any script, and null for what the supplier leaves out', async () => {
    const [slot] = await slotsOf(TEXTS);
    expect(slot?.paxAvailability.map(({ name, description, isPrimary }) => [name, description, isPrimary])).toEqual([
      ['Größe "ü" \\ </script> 你好 🎡 \u2028', '', true],
      [null, null, false],
      [null, null, false],
    ]);
  });
});
