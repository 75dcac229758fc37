import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, type LocalDate } from '../../src/time/index.js';
import { reseller, WITH_RESELLERS } from '../setup/octo-reseller.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';

const TODAY = '2026-03-02' as LocalDate;
const RANGE = { localDateStart: TODAY, localDateEnd: addDays(TODAY, 30) };
const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;

interface Product {
  readonly id: string;
  readonly availabilityType: 'START_TIME' | 'OPENING_HOURS';
  readonly options: readonly { id: string; availabilityLocalStartTimes: string[]; units: { restrictions: object }[] }[];
}
interface Item {
  readonly id: string;
  readonly localDate: string;
  readonly localDateTimeStart: string;
  readonly localDateTimeEnd: string;
  readonly utcCutoffAt: string;
  readonly allDay: boolean;
  readonly available: boolean;
  readonly status: string;
  readonly openingHours: readonly unknown[];
  readonly unitPricing?: readonly { original: number; retail: number; net: null; currencyPrecision: number }[];
  readonly unitPricingFrom?: readonly unknown[];
}

/**
 * What the certification of the OCTO community asks a supplier in its flows "Get Suppliers", "Get Products", "Availability
 * Calendar" and "Availability Check", in that order, and what it looks at.
 */
describe('the 20 scenarios of OCTO’s certification', () => {
  let app: TestApp;
  let products: Product[] = [];
  const octo = () => reseller(app);
  const of = (type: Product['availabilityType']) => products.find((product) => product.availabilityType === type);
  const types = [['START_TIME'], ['OPENING_HOURS']] as const;

  beforeAll(async () => {
    app = await startTestApp({ env: { ...WITH_RESELLERS, SYNC_TIERS: '31:24h' }, sandboxOptions: { speed: 0 } });
    await app.syncUntilIdle();
    products = (await octo().get('/products')) as Product[];
  });
  afterAll(() => app.close());

  it('1: the supplier', async () => {
    const contact = { website: null, email: null, telephone: null, address: null };
    expect(await octo().answer('GET', '/supplier')).toEqual({
      status: 200,
      body: {
        id: 'slotmirror',
        name: 'Slotmirror',
        endpoint: expect.stringMatching(/^http.*\/octo$/),
        contact,
      },
    });
  });

  it('2: products of both types, with start times where there are any', () => {
    expect(products.map(({ id, availabilityType }) => [id, availabilityType])).toEqual([
      ['14', 'START_TIME'],
      ['15', 'OPENING_HOURS'],
    ]);
    for (const { availabilityType, options } of products) {
      const [{ availabilityLocalStartTimes: times, units } = { availabilityLocalStartTimes: [], units: [] }] = options;
      expect(options).toHaveLength(1);
      expect(times.length > 0).toBe(availabilityType === 'START_TIME');
      expect(times.every((time) => /^\d\d:\d\d$/.test(time))).toBe(true);
      for (const { restrictions } of units) {
        expect(restrictions).toMatchObject({
          minAge: expect.any(Number),
          maxAge: expect.any(Number),
        });
      }
    }
  });

  it('3: one product, the same as in the list', async () => {
    for (const product of products) expect(await octo().get(`/products/${product.id}`)).toEqual(product);
  });

  it('4: no such product', async () => {
    expect(await octo().answer('GET', '/products/invalidProductId')).toMatchObject({
      status: 400,
      body: { error: 'INVALID_PRODUCT_ID', errorMessage: expect.any(String), productId: 'invalidProductId' },
    });
  });

  it.each(types)('5, 6: a calendar (%s): each date, with hours where the product has them', async (type) => {
    const days = (await octo().post('/availability/calendar', asked(of(type)))) as Item[];
    expect(days.map(({ localDate }) => localDate)).toEqual(Array.from({ length: 31 }, (_, i) => addDays(TODAY, i)));
    for (const { openingHours, unitPricingFrom } of days) {
      expect([openingHours.length > 0, Array.isArray(unitPricingFrom)]).toEqual([type === 'OPENING_HOURS', true]);
    }
  });

  it.each(types)('10, 11: slots of an interval (%s)', async (type) => {
    const items = (await octo().post('/availability', asked(of(type)))) as Item[];
    expect(items.length).toBeGreaterThan(1);
    for (const item of items) checkItem(item, type);
  });

  it.each(types)('12 to 15: slots of a date, and by their ids (%s)', async (type) => {
    const product = of(type);
    const items = (await octo().post('/availability', asked(product))) as Item[];
    for (const item of items) {
      const localDate = item.localDateTimeStart.slice(0, 10);
      const ofDate = (await octo().post('/availability', asked(product, { localDate }))) as Item[];
      expect(ofDate).toEqual(items.filter((other) => other.localDateTimeStart.startsWith(localDate)));
      expect(await octo().post('/availability', asked(product, { availabilityIds: [item.id] }))).toEqual([item]);
    }
  });

  it.each(types)('16, 17: some can be booked, and sold-out ones say so (%s)', async (type) => {
    const items = (await octo().post('/availability', asked(of(type)))) as Item[];
    expect(items.filter(({ available }) => available).length).toBeGreaterThan(1);
    for (const { available, status } of items) expect(available).toBe(['AVAILABLE', 'FREESALE'].includes(status));
  });

  it.each([
    ['7, 18', 'productId', 'INVALID_PRODUCT_ID'],
    ['8, 19', 'optionId', 'INVALID_OPTION_ID'],
  ] as const)('%s: an unknown %s', async (_, field, error) => {
    for (const path of ['/availability/calendar', '/availability']) {
      const answer = await octo().answer('POST', path, asked(of('START_TIME'), { ...RANGE, [field]: 'invalid' }));
      expect(answer).toMatchObject({ status: 400, body: { error, [field]: 'invalid' } });
    }
  });

  it('9, 20: no start of a range; two ways to name dates at once', async () => {
    const { localDateEnd } = RANGE;
    const bad = { status: 400, body: { error: 'BAD_REQUEST', errorMessage: expect.any(String) } };
    const product = of('START_TIME');
    expect(await octo().answer('POST', '/availability/calendar', asked(product, { localDateEnd }))).toEqual(bad);
    const several = { ...RANGE, localDate: TODAY, availabilityIds: [`${TODAY}_x`] };
    expect(await octo().answer('POST', '/availability', asked(product, several))).toEqual(bad);
  });
});

function asked(product: Product | undefined, dates: object = RANGE): object {
  return { productId: product?.id, optionId: product?.options[0]?.id, ...dates };
}

function checkItem(item: Item, type: Product['availabilityType']): void {
  expect(item.localDateTimeStart).toMatch(LOCAL);
  expect(item.localDateTimeEnd).toMatch(LOCAL);
  expect(item.utcCutoffAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect([item.allDay, item.openingHours.length > 0]).toEqual(Array(2).fill(type === 'OPENING_HOURS'));
  for (const { original, retail, net, currencyPrecision } of item.unitPricing ?? []) {
    expect([original, retail, currencyPrecision].every(Number.isInteger)).toBe(true);
    expect(net).toBeNull();
  }
}
