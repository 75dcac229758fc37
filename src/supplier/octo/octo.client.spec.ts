import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { octoOption, octoProduct, octoSlot, octoUnit } from '../../../test/fixtures/octo-answers.js';
import { KEY, OctoSupplier, SPAN, thrownBy, type Answer } from '../../../test/setup/octo-supplier.js';
import type { FailureKind } from '../../inventory/index.js';

const NOW = '2026-05-20T08:00:00.000Z';

let supplier: OctoSupplier;

beforeEach(async () => {
  supplier = await OctoSupplier.open(NOW);
});
afterEach(() => supplier.close());

describe('a span', () => {
  it('is one POST, after the product was fetched once, which is one more request', async () => {
    const octoClient = supplier.client();
    const { days, ...beside } = await octoClient.fetchSpan(SPAN);
    expect([...days]).toMatchObject([
      ['2026-06-01', { slots: [{ paxAvailability: [{ name: 'Grown-up' }, { name: 'Kid' }] }], oddities: [] }],
      ['2026-06-02', { slots: [], dropped: 0 }],
      ['2026-06-03', { slots: [{}] }],
    ]);
    expect(beside).toEqual({ ageMs: 0, quota: null, wait: null });
    await octoClient.fetchSpan(SPAN);
    const post =
      'POST /availability {"productId":"museum","optionId":"morning","localDateStart":"2026-06-01","localDateEnd":"2026-06-03"}';
    expect(supplier.said).toEqual(['GET /products/museum', post, post]);
    expect(supplier.extra).toBe(1);
    expect(supplier.server.requests.map(({ headers }) => headers)).toEqual(
      [1, 2, 3].map(() =>
        expect.objectContaining({ authorization: `Bearer ${KEY}`, 'octo-capabilities': 'octo/pricing' }),
      ),
    );
    expect(supplier.server.requests[0]?.headers).not.toHaveProperty('octo-env');
    expect(octoClient.daysPerRequest).toBe(31);
  });

  it('has the environment and the currency that are set', async () => {
    await supplier.client({ env: 'test', currency: 'USD', daysPerRequest: 7 }).fetchSpan(SPAN);
    expect(supplier.server.requests.map(({ headers }) => headers['octo-env'])).toEqual(['test', 'test']);
    expect(supplier.said[1]).toContain('"currency":"USD"');
  });

  it('is read by the new product once the supplier has said that it changed', async () => {
    const octoClient = supplier.client();
    await octoClient.fetchSpan(SPAN);
    supplier.answers.product = [
      200,
      octoProduct({ options: [octoOption({ units: [octoUnit({ internalName: 'New' })] })] }),
    ];
    supplier.answers.availability = [200, [octoSlot({ unitPricing: [octoSlot().unitPricing].flat().slice(0, 1) })]];
    const paxName = async (): Promise<unknown> => {
      const day = (await octoClient.fetchSpan(SPAN)).days.get(SPAN.first);
      return day && 'slots' in day ? day.slots[0]?.paxAvailability[0]?.name : day;
    };
    expect(await paxName()).toBe('Grown-up');
    octoClient.noteProductChange?.('museum');
    octoClient.noteProductChange?.('unknown');
    expect(await paxName()).toBe('New');
    expect(await paxName()).toBe('New');
    expect(supplier.said.filter((each) => each.startsWith('GET'))).toHaveLength(2);
    // One that is announced while the product is being fetched may not be in the answer.
    octoClient.noteProductChange?.('museum');
    const fetching = paxName();
    octoClient.noteProductChange?.('museum');
    await fetching;
    expect(await paxName()).toBe('New');
    expect(supplier.said.filter((each) => each.startsWith('GET'))).toHaveLength(4);
  });

  it('is fetched although the new product can’t be: the known one is asked for again five minutes later', async () => {
    const octoClient = supplier.client();
    await octoClient.fetchSpan(SPAN);
    supplier.answers.product = [500, 'down'];
    octoClient.noteProductChange?.('museum');
    for (let minutes = 0; minutes < 14; minutes += 1) {
      supplier.clock.advance(60_000);
      expect((await octoClient.fetchSpan(SPAN)).days.size).toBe(3);
    }
    // The first; at once; and after six and eleven minutes.
    expect(supplier.said.filter((each) => each.startsWith('GET'))).toHaveLength(4);
  });

  it('is of the default option where none is named', async () => {
    supplier.answers.product = [200, octoProduct({ options: [octoOption({ id: 'x', default: false }), octoOption()] })];
    await supplier.client().fetchSpan({ ...SPAN, option: null });
    expect(supplier.said[1]).toContain('"optionId":"morning"');
  });

  it('is read by the units of its own option', async () => {
    const evening = octoOption({ id: 'evening', default: false, units: [octoUnit({ internalName: 'Late adult' })] });
    supplier.answers.product = [200, octoProduct({ options: [octoOption(), evening] })];
    supplier.answers.availability = [200, [octoSlot({ unitPricing: [octoSlot().unitPricing].flat().slice(0, 1) })]];
    const { days } = await supplier.client().fetchSpan({ ...SPAN, option: 'evening' });
    expect(days.get(SPAN.first)).toMatchObject({ slots: [{ paxAvailability: [{ name: 'Late adult' }] }] });
  });
});

describe('the quota beside an answer', () => {
  it('is that of the vendor’s headers', async () => {
    const headers = { 'OCTO-RateLimit-Remaining': '12', 'OCTO-RateLimit-RetryAfter': '30' };
    supplier.answers.availability = [200, [octoSlot()], headers];
    const { quota } = await supplier.client().fetchSpan(SPAN);
    expect(quota).toEqual({ remaining: 12, resetAt: new Date(Date.parse(NOW) + 30_000) });
  });
});

describe('the list of products', () => {
  it('has an entry for each option, and spares the requests for the products', async () => {
    const evening = octoOption({ id: 'evening', default: false, internalName: 'Evening' });
    supplier.answers.products = [
      200,
      [
        octoProduct({ title: 'The Museum of Clocks', options: [octoOption(), evening] }),
        octoProduct({ id: 'tower', timeZone: 'Mars/Olympus', defaultCurrency: null }),
        { internalName: 'without an id' },
      ],
    ];
    const octoClient = supplier.client();
    const common = { timeZone: 'Europe/Berlin', currencyCode: 'EUR' };
    expect(await octoClient.listProducts()).toEqual([
      { product: 'museum', option: 'morning', name: 'The Museum of Clocks: Morning', ...common },
      { product: 'museum', option: 'evening', name: 'The Museum of Clocks: Evening', ...common },
      { product: 'tower', option: 'morning', name: 'Museum of Clocks', timeZone: null, currencyCode: null },
    ]);
    await octoClient.fetchSpan(SPAN);
    expect([supplier.extra, supplier.said.length]).toEqual([0, 2]);
  });

  it.each<[Answer, FailureKind]>([
    [[200, { products: [] }], 'bad_answer'],
    [[200, [{}]], 'bad_answer'],
    [[200, '[{"net":1'], 'bad_answer'],
    [[403, ''], 'unauthorized'],
  ])('is none: %j', async (answer, kind) => {
    supplier.answers.products = answer;
    expect(await thrownBy(Promise.resolve(supplier.client().listProducts()))).toMatchObject({ kind });
  });
});
