import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { zAvailability, zAvailabilityCalendar, zCapability, zProduct, zSupplier } from '@octocloud/types';
import { SandboxSupplier, type LeapSlot } from '../../src/sandbox/index.js';
import { addDays, type LocalDate } from '../../src/time/index.js';
import { reseller, WITH_RESELLERS } from '../setup/octo-reseller.js';
import { startTestApp, SUPPLIER_KEY, type TestApp } from '../setup/test-app.js';
import { TestClock } from '../setup/test-clock.js';
import { suppliersFile } from '../setup/suppliers-file.js';

/** Unknown fields are refused: a misspelt optional one would pass otherwise. */
const strict = {
  slots: zAvailability.strict().array(),
  days: zAvailabilityCalendar.strict().array(),
  products: zProduct.strict().array(),
};
const DAYS = 20;
const TODAY = '2026-03-02' as LocalDate;
const LAST = addDays(TODAY, DAYS - 1);
const RANGE = { localDateStart: TODAY, localDateEnd: LAST };
const DATES = Array.from({ length: DAYS }, (_, i) => addDays(TODAY, i));

/** The OCTO products of the sandbox, by our ids. */
const OCTO = [
  ['114', 'octo-14', 'shared'],
  ['214', 'octo-14', 'private'],
  ['115', 'octo-15', 'DEFAULT'],
  ['116', 'octo-16', 'DEFAULT'],
  ['117', 'octo-17', 'DEFAULT'],
  ['118', 'octo-18', 'DEFAULT'],
  ['119', 'octo-19', 'DEFAULT'],
] as const;
const ZONES: Readonly<Record<string, string>> = { 'octo-18': 'America/Vancouver' };

describe('the mirror of an OCTO and a Leap supplier, read as OCTO', () => {
  const clock = new TestClock(`${TODAY}T00:00:00+08:00`);
  const sandbox = new SandboxSupplier({
    ...{ apiKey: SUPPLIER_KEY, requestsPerMinute: 1_000_000, products: 12 },
    octo: { requestsPerMinute: 1_000_000 },
    now: () => clock.now().getTime(),
  });
  let file: Awaited<ReturnType<typeof suppliersFile>>;
  let app: TestApp;

  beforeAll(async () => {
    const url = await sandbox.start();
    file = await suppliersFile([
      { name: 'leap', api: 'leap', url, key: SUPPLIER_KEY, requestsPerMinute: 60_000, experiences: [14, 15, 16] },
      {
        ...{ name: 'ocean', api: 'octo', url: sandbox.octoUrl(), key: SUPPLIER_KEY, requestsPerMinute: 60_000 },
        experiences: OCTO.map(([id, product, option]) => ({
          ...{ id: Number(id), product, option, timeZone: ZONES[product] ?? 'Asia/Singapore' },
        })),
      },
    ]);
    const env = { ...WITH_RESELLERS, SUPPLIERS_FILE: file.path, TICKETE_API_KEY: '', SYNC_TIERS: `${DAYS}:24h` };
    app = await startTestApp({ clock, sandbox, sandboxUrl: url, env });
    await app.syncUntilIdle();
  });

  afterAll(async () => {
    await app.close();
    await sandbox.stop();
    await file.remove();
  });

  it('says who it is and what it speaks', async () => {
    const supplier = zSupplier.strict().parse(await reseller(app).get('/supplier'));
    expect(supplier).toMatchObject({ id: 'slotmirror', endpoint: `${app.url.replace('[::1]', 'localhost')}/octo` });
    const capabilities = (await reseller(app).get('/capabilities')) as { id: string }[];
    expect(capabilities).toEqual(
      ['octo/pricing', 'octo/notifications'].map((id) => ({
        ...{ id, revision: 1, required: false, dependencies: [], docs: null },
      })),
    );
    // The schemas are older than octo/notifications.
    const known = capabilities.filter(({ id }) => id !== 'octo/notifications');
    expect(zCapability.strict().array().parse(known)).toEqual(known);
  });

  it.each([['octo/pricing'], ['']])('answers with what OCTO’s schemas say (capabilities: "%s")', async (named) => {
    const octo = reseller(app, { 'octo-capabilities': named });
    const listed = (await octo.get('/products')) as { options: { availabilityLocalStartTimes: string[] }[] }[];
    // The schemas want a start time of a product without start times; OCTO's certification wants none.
    const products = strict.products.parse(
      listed.map((product) => ({
        ...product,
        options: product.options.map((option) => ({
          ...option,
          availabilityLocalStartTimes: [...option.availabilityLocalStartTimes, '00:00'],
        })),
      })),
    );
    expect(products.map(({ id }) => id)).toEqual(['14', '15', '16', ...OCTO.map(([id]) => id).toSorted()]);
    for (const { id: productId, availabilityType, pricingPer, options } of products) {
      expect(await octo.get(`/products/${productId}`)).toEqual(
        listed.find((each) => (each as { id?: string }).id === productId),
      );
      const asked = { productId, optionId: 'DEFAULT', ...RANGE };
      const days = strict.days.parse(await octo.post('/availability/calendar', asked));
      const slots = strict.slots.parse(await octo.post('/availability', asked));
      expect(days.map(({ localDate }) => localDate)).toEqual(DATES);
      expect(slots.length).toBeGreaterThan(0);
      const units = options[0]?.units.map(({ id }) => id) ?? [];
      for (const slot of slots) {
        expect(slot.allDay).toBe(availabilityType === 'OPENING_HOURS');
        expect(slot.openingHours).toHaveLength(slot.allDay ? 1 : 0);
        expect([slot.pricing !== undefined, (slot.unitPricing ?? []).length > 0]).toEqual(
          named === '' ? [false, false] : [pricingPer === 'BOOKING', pricingPer === 'UNIT'],
        );
        for (const { unitId, net } of slot.unitPricing ?? [])
          expect([units.includes(unitId), net]).toEqual([true, null]);
      }
    }
  });

  it.each(['br', 'gzip'])('sends the list of products in the coding that a client takes: %s', async (coding) => {
    const plain = await reseller(app, { 'accept-encoding': 'identity' }).send('GET', '/products');
    const coded = await reseller(app, { 'accept-encoding': coding }).send('GET', '/products');
    expect([plain, coded].map(({ headers }) => headers.get('content-encoding'))).toEqual([null, coding]);
    const lengths = [plain, coded].map(({ headers }) => Number(headers.get('content-length')));
    expect(lengths[1]).toBeLessThan((lengths[0] ?? 0) / 5);
    expect(await coded.json()).toEqual(await plain.json());
    const etag = coded.headers.get('etag') ?? '';
    expect(plain.headers.get('etag')).toBe(etag);
    const known = await reseller(app, { 'accept-encoding': coding, 'if-none-match': etag }).send('GET', '/products');
    expect([known.status, await known.text()]).toEqual([304, '']);
    const head = await reseller(app, { 'accept-encoding': coding }).send('HEAD', '/products');
    expect([head.headers.get('content-length'), await head.text()]).toEqual([String(lengths[0]), '']);
  });

  it.each(OCTO)(
    'product %s is %s, option %s, of the OCTO supplier, slot by slot',
    async (productId, product, option) => {
      const answer = await reseller(app).post('/availability', { productId, optionId: 'DEFAULT', ...RANGE });
      const slots = strict.slots.parse(answer);
      for (const date of DATES.slice(1)) {
        const truth = sandbox.octoTruth(product, option, date) ?? [];
        const ours = slots.filter(({ localDateTimeStart }) => localDateTimeStart.startsWith(date));
        expect({ date, slots: essences(ours) }).toEqual({ date, slots: essences(truth) });
      }
    },
  );

  it.each([['14'], ['15'], ['16']])('product %s is the one of the Leap supplier, slot by slot', async (productId) => {
    const answer = await reseller(app).post('/availability', { productId, optionId: 'DEFAULT', ...RANGE });
    const slots = strict.slots.parse(answer);
    for (const date of DATES.slice(1)) {
      const truth = sandbox.truth(Number(productId), date) as LeapSlot[];
      const ours = slots.filter(({ localDateTimeStart }) => localDateTimeStart.startsWith(date));
      expect({ date, slots: ours.map(leapEssence) }).toEqual({
        date,
        slots: truth.toSorted((a, b) => (a.startTime < b.startTime ? -1 : 1)).map(expectedOfLeap),
      });
    }
  });
});

/** In minor units by decimal text, as a person would write them. */
function cents(amount: number): number {
  const [whole = '', decimals = ''] = String(amount).split('.');
  return Number(whole + decimals.padEnd(2, '0'));
}

function expectedOfLeap({
  startDate,
  startTime,
  providerSlotId,
  variantId,
  remaining,
  paxAvailability,
}: LeapSlot): object {
  const most = Math.max(...paxAvailability.map((pax) => pax.remaining));
  const isSold = paxAvailability.some((pax) => Math.max(1, pax.min) <= Math.min(pax.remaining, remaining));
  const id = providerSlotId.startsWith(startDate) ? providerSlotId : `${startDate}_${providerSlotId}`;
  return {
    id: `${id}_v${variantId}`,
    localDateTimeStart: `${startDate}T${startTime}:00+08:00`,
    available: isSold,
    vacancies: isSold ? Math.min(remaining, most) : 0,
    prices: paxAvailability
      .map(({ type, price }) => [type, cents(price.finalPrice), cents(price.originalPrice), price.currencyCode, 2])
      .toSorted(),
  };
}

function leapEssence({ id, localDateTimeStart, available, vacancies, unitPricing }: OctoItem): object {
  const prices = (unitPricing ?? [])
    .map(({ unitId, retail, original, currency, currencyPrecision }) => [
      unitId,
      retail,
      original,
      currency,
      currencyPrecision,
    ])
    .toSorted();
  return { id, localDateTimeStart, available, vacancies, prices };
}

interface OctoPrice {
  readonly retail: number;
  readonly original: number;
  readonly currency: string;
  readonly currencyPrecision: number;
}

interface OctoItem {
  readonly id: string;
  readonly localDateTimeStart: string;
  readonly localDateTimeEnd: string;
  readonly allDay: boolean;
  readonly available: boolean;
  readonly status: string;
  readonly vacancies: number | null;
  readonly maxUnits: number | null;
  readonly openingHours: readonly unknown[];
  readonly unitPricing?: readonly (OctoPrice & { readonly unitId: string })[] | undefined;
  readonly pricing?: OctoPrice | undefined;
}

/** The order of slots and units means nothing. */
function essences(items: readonly OctoItem[]): object[] {
  return items.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(essence);
}

/** All that a mirror can know. It knows no capacity, so it never says LIMITED, and no prices that only the supplier pays. */
function essence({ unitPricing, pricing, ...item }: OctoItem): object {
  const { id, localDateTimeStart, localDateTimeEnd, allDay, available, vacancies, openingHours } = item;
  const price = ({ retail, original, currency, currencyPrecision }: OctoPrice) => ({
    ...{ retail, original, currency, currencyPrecision },
  });
  return {
    ...{ id, localDateTimeStart, localDateTimeEnd, allDay, available, vacancies, openingHours },
    status: item.status === 'LIMITED' ? 'AVAILABLE' : item.status,
    prices: (unitPricing ?? [])
      .map((each) => ({ unitId: each.unitId, ...price(each) }))
      .toSorted((a, b) => (a.unitId < b.unitId ? -1 : 1)),
    booking: pricing && price(pricing),
  };
}
