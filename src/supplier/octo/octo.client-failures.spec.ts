import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KEY, OctoSupplier, SPAN, thrownBy, type Answer } from '../../../test/setup/octo-supplier.js';
import type { FailureKind } from '../../inventory/index.js';
import type { SupplierRefusal } from '../supplier-error.js';
import { SupplierFailure } from '../supplier-error.js';

const NOW = '2026-05-20T08:00:00.000Z';

let supplier: OctoSupplier;

beforeEach(async () => {
  supplier = await OctoSupplier.open(NOW);
});
afterEach(() => supplier.close());

describe('a failure', () => {
  const error = (code: string, errorMessage = 'The words.') => ({ error: code, errorMessage });

  it.each<[number, unknown, FailureKind, string]>([
    [400, error('INVALID_PRODUCT_ID'), 'gone', 'the supplier answered 400: "The words.; INVALID_PRODUCT_ID"'],
    [400, error('INVALID_OPTION_ID'), 'gone', 'the supplier answered 400: "The words.; INVALID_OPTION_ID"'],
    [404, error('INVALID_PRODUCT_ID'), 'gone', 'the supplier answered 404: "The words.; INVALID_PRODUCT_ID"'],
    [400, error('UNAUTHORIZED'), 'unauthorized', 'the supplier answered 400: "The words.; UNAUTHORIZED"'],
    [403, error('FORBIDDEN'), 'unauthorized', 'the supplier answered 403: "The words.; FORBIDDEN"'],
    [403, '', 'unauthorized', 'the supplier answered 403'],
    [
      400,
      error('INTERNAL_SERVER_ERROR'),
      'supplier_error',
      'the supplier answered 400: "The words.; INTERNAL_SERVER_ERROR"',
    ],
    [
      400,
      error('BAD_REQUEST', 'Range too long'),
      'rejected',
      'the supplier answered 400: "Range too long; BAD_REQUEST"',
    ],
    [422, error('UNPROCESSABLE_ENTITY', 'no'), 'rejected', 'the supplier answered 422: "no; UNPROCESSABLE_ENTITY"'],
    [400, error('SOMETHING_NEW', 'no'), 'rejected', 'the supplier answered 400: "no; SOMETHING_NEW"'],
    [500, error('INVALID_PRODUCT_ID', 'no'), 'supplier_error', 'the supplier answered 500: "no; INVALID_PRODUCT_ID"'],
    [404, '', 'not_found', 'the supplier answered 404'],
    [200, error('INVALID_OPTION_ID', 'no'), 'gone', 'expected a list of slots, got an object: "no; INVALID_OPTION_ID"'],
  ])('%d %j is %s', async (status, body, kind, detail) => {
    supplier.answers.availability = [status, body];
    expect(await thrownBy(supplier.client().fetchSpan(SPAN))).toEqual(new SupplierFailure(kind, detail));
  });

  it('is a body that is far too large', async () => {
    supplier.answers.availability = [200, ' '.repeat(8 * 1024 * 1024 + 1)];
    const detail = 'the body is larger than 8 MiB';
    expect(await thrownBy(supplier.client().fetchSpan(SPAN))).toEqual(new SupplierFailure('bad_answer', detail));
  });

  it('of the product that is gone needs no second request', async () => {
    supplier.answers.product = [400, { ...error('INVALID_PRODUCT_ID'), productId: 'museum' }];
    const failure = await thrownBy(supplier.client().fetchSpan(SPAN));
    expect(failure).toMatchObject({
      kind: 'gone',
      detail: 'GET /products/museum: the supplier answered 400: "The words.; INVALID_PRODUCT_ID"',
    });
    expect(supplier.said).toHaveLength(1);
  });

  it('may be a refusal, also by the headers of a vendor', async () => {
    supplier.answers.availability = [429, '', { 'OCTO-RateLimit-Limit': '65', 'OCTO-RateLimit-RetryAfter': '17' }];
    const refusal = await thrownBy(supplier.client().fetchSpan(SPAN));
    expect((refusal as SupplierRefusal).until).toEqual(new Date(Date.parse(NOW) + 17_000));
  });

  it('shows neither the key nor a net price', async () => {
    for (const answer of [
      [500, `${KEY} [{"net": 31337, "retail": 1`],
      [400, error(KEY, `{"net":31337}`)],
      [200, `[{"net":31337,"id":"${KEY}"`],
      [200, [{ id: KEY, net: 31_337, vacancies: `${KEY} "net":31337`, localDateTimeStart: '2026-06-01T10:00' }]],
    ] satisfies Answer[]) {
      supplier.answers.availability = answer;
      const outcome = await supplier
        .client()
        .fetchSpan(SPAN)
        .then(({ days }) => JSON.stringify([...days]), String);
      expect(outcome).toMatch(/slot_dropped|supplier_error|rejected|bad_answer/);
      expect(outcome).not.toMatch(/the-key-that|31337/);
    }
  });
});
