import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { octoOption, octoProduct, octoUnit } from '../../../test/fixtures/octo-answers.js';
import { OctoSupplier, SPAN, thrownBy, type Answer } from '../../../test/setup/octo-supplier.js';
import type { FailureKind } from '../../inventory/index.js';
import type { SupplierClient } from '../supplier-client.js';
import { SupplierFailure, SupplierRefusal } from '../supplier-error.js';

const NOW = '2026-05-20T08:00:00.000Z';

let supplier: OctoSupplier;

beforeEach(async () => {
  supplier = await OctoSupplier.open(NOW);
});
afterEach(() => supplier.close());

describe('the product', () => {
  it('is fetched again after a day', async () => {
    const octoClient = supplier.client();
    await octoClient.fetchSpan(SPAN);
    supplier.clock.advance(86_399_000);
    await octoClient.fetchSpan(SPAN);
    expect(supplier.extra).toBe(1);
    supplier.clock.advance(1_000);
    await octoClient.fetchSpan(SPAN);
    expect(supplier.extra).toBe(2);
  });

  it('is fetched again when a unit is unknown, and at most once an hour', async () => {
    supplier.answers.product = [200, octoProduct({ options: [octoOption({ units: [octoUnit()] })] })];
    const octoClient = supplier.client();
    expect(await oddities(octoClient)).toEqual(['unknown_pax_type']);
    expect(supplier.extra).toBe(1);
    supplier.clock.advance(3_600_000);
    supplier.answers.product = [200, octoProduct()];
    expect(await oddities(octoClient)).toEqual([]);
    expect([supplier.extra, supplier.said.length]).toEqual([2, 4]);
  });

  it('of a supplier that refuses that, does not spoil the answer', async () => {
    supplier.answers.product = [200, octoProduct({ options: [octoOption({ units: [octoUnit()] })] })];
    const octoClient = supplier.client();
    await octoClient.fetchSpan(SPAN);
    supplier.clock.advance(3_600_000);
    supplier.answers.product = [429, '', { 'retry-after': '30' }];
    const { days, wait } = await octoClient.fetchSpan(SPAN);
    expect(days.get(SPAN.first)).toMatchObject({ slots: [{}] });
    expect(wait?.until).toEqual(new Date(Date.parse(NOW) + 3_630_000));
  });

  it.each<[string, Answer]>([
    ['is no product', [200, '[]']],
    ['has a path that is not known', [404, '']],
  ])('that %s is done without, for an hour', async (_, answer) => {
    supplier.answers.product = answer;
    const octoClient = supplier.client();
    expect(await oddities(octoClient)).toEqual(['unknown_pax_type']);
    await octoClient.fetchSpan(SPAN);
    expect(supplier.extra).toBe(1);
    supplier.clock.advance(3_600_000);
    supplier.answers.product = [200, octoProduct()];
    expect(await oddities(octoClient)).toEqual([]);
  });

  it.each<[string, Answer]>([
    ['fails', [500, 'boom']],
    ['is a page', [200, '<!doctype html><html></html>', { 'content-type': 'text/html' }]],
    ['is elsewhere', [302, '', { location: '/maintenance' }]],
  ])('that %s stops the span; if it does so again later, it is done without, for five minutes', async (_, answer) => {
    supplier.answers.product = answer;
    const octoClient = supplier.client();
    // The neighbour's span, at the same time, is no second try.
    for (const failed of [1, 2]) {
      expect(await thrownBy(octoClient.fetchSpan(SPAN))).toBeInstanceOf(SupplierFailure);
      expect([supplier.extra, supplier.said.length]).toEqual([failed, failed]);
    }
    supplier.clock.advance(5_000);
    expect(await oddities(octoClient)).toEqual(['unknown_pax_type']);
    supplier.clock.advance(299_999);
    expect(await oddities(octoClient)).toEqual(['unknown_pax_type']);
    expect(supplier.extra).toBe(3);
    supplier.clock.advance(1);
    supplier.answers.product = [200, octoProduct()];
    expect(await oddities(octoClient)).toEqual([]);
  });

  it('that fails once is read by the next try', async () => {
    supplier.answers.product = [503, ''];
    const octoClient = supplier.client();
    expect(await thrownBy(octoClient.fetchSpan(SPAN))).toMatchObject({
      kind: 'supplier_error',
      detail: 'GET /products/museum: the supplier answered 503',
    });
    supplier.answers.product = [200, octoProduct()];
    expect(await oddities(octoClient)).toEqual([]);
  });

  it.each<[Answer, FailureKind]>([
    [[500, 'boom'], 'supplier_error'],
    [[200, '[]'], 'bad_answer'],
    [[400, { error: 'BAD_REQUEST' }], 'rejected'],
    // Of a span these two would say that there are no slots.
    [[404, ''], 'bad_answer'],
    [[204, ''], 'bad_answer'],
  ])('is not done without where it has to say what the option is: %j', async (answer, kind) => {
    supplier.answers.product = answer;
    const octoClient = supplier.client();
    const span = { ...SPAN, option: null };
    for (let tries = 0; tries < 3; tries += 1) {
      expect(await thrownBy(octoClient.fetchSpan(span))).toMatchObject({ kind });
      supplier.clock.advance(10_000);
    }
    expect(supplier.said).toEqual(Array.from({ length: 3 }, () => 'GET /products/museum'));
    supplier.answers.product = [200, octoProduct()];
    await octoClient.fetchSpan(span);
    expect(supplier.said.at(-1)).toContain('"optionId":"morning"');
  });

  it('that was known stays known when it can’t be fetched again', async () => {
    const octoClient = supplier.client();
    await octoClient.fetchSpan(SPAN);
    supplier.clock.advance(86_400_000);
    supplier.answers.product = [403, { error: 'FORBIDDEN', errorMessage: 'no' }];
    expect(await oddities(octoClient)).toEqual([]);
  });

  it.each<[string, Answer]>([
    [
      'names a used-up quota',
      [200, octoProduct(), { 'octo-ratelimit-remaining': '0', 'octo-ratelimit-retryafter': '20' }],
    ],
    ['refuses', [429, {}, { 'retry-after': '20' }]],
  ])('whose answer %s is not followed by a request', async (_, answer) => {
    supplier.answers.product = answer;
    const error = await thrownBy(supplier.client().fetchSpan(SPAN));
    expect(error).toBeInstanceOf(SupplierRefusal);
    expect((error as SupplierRefusal).until).toEqual(new Date(Date.parse(NOW) + 20_000));
    expect(supplier.said).toEqual(['GET /products/museum']);
  });

  it('is fetched once for spans at the same time', async () => {
    const octoClient = supplier.client();
    await Promise.all([octoClient.fetchSpan(SPAN), octoClient.fetchSpan(SPAN)]);
    expect(supplier.said.filter((each) => each.startsWith('GET'))).toHaveLength(1);
  });

  it('and the span have one time limit together', async () => {
    const octoClient = supplier.client({}, 400);
    const { answer } = supplier.server;
    supplier.server.answer = (request, response) => {
      if (request.url?.endsWith('availability') ?? false) return;
      supplier.clock.advance(350);
      answer(request, response);
    };
    const from = performance.now();
    expect(await thrownBy(octoClient.fetchSpan(SPAN))).toMatchObject({
      kind: 'timeout',
      detail: 'no answer within 50 ms',
    });
    expect(performance.now() - from).toBeLessThan(350);
  });
});

async function oddities(octoClient: SupplierClient): Promise<string[]> {
  const { days } = await octoClient.fetchSpan(SPAN);
  const all = [...days.values()].flatMap((day) => (day instanceof Error ? [] : day.oddities));
  return [...new Set(all.map(({ code }) => code))];
}
