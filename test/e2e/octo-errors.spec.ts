import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { zErrorBadRequest } from '@octocloud/types';
import { currentRequestId } from '../../src/http/index.js';
import { ProductCatalogue } from '../../src/octo/product-catalogue.js';
import { OctoRequests } from '../fixtures/octo-requests.js';
import { LogCapture } from '../setup/log-capture.js';
import { OTHER_RESELLER_KEY, reseller, RESELLER_KEY, WITH_RESELLERS } from '../setup/octo-reseller.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { sendBytes } from './support/raw-http.js';

const ID = '16';
const QUERY = { productId: ID, optionId: 'DEFAULT', localDate: '2026-03-04' };
const MESSAGE = expect.stringMatching(/\w.*\.$/);
const ENV = { EXPERIENCES: ID, SYNC_TIERS: '5:24h' };

describe('what OCTO answers when something is wrong', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: { ...ENV, ...WITH_RESELLERS } });
    await app.syncUntilIdle();
  });
  afterAll(() => app.close());

  it.each<[string, object, object]>([
    ['/availability', { productId: '99' }, { error: 'INVALID_PRODUCT_ID', productId: '99' }],
    ['/availability', { productId: '016' }, { error: 'INVALID_PRODUCT_ID', productId: '016' }],
    ['/availability', { productId: undefined }, { error: 'INVALID_PRODUCT_ID', productId: '' }],
    ['/availability', { optionId: undefined }, { error: 'INVALID_OPTION_ID', optionId: '' }],
    ['/availability', { units: [{ id: 'nobody', quantity: 1 }] }, { error: 'INVALID_UNIT_ID', unitId: 'nobody' }],
    ['/availability', { units: [{ id: 'nobody', quantity: 1.5 }] }, { error: 'BAD_REQUEST' }],
    ['/availability', { units: 3 }, { error: 'BAD_REQUEST' }],
    ['/availability', { currency: 'EUR' }, { error: 'BAD_REQUEST' }],
    ['/availability', { currency: 7 }, { error: 'BAD_REQUEST' }],
    ['/availability', { localDate: '2026-02-30' }, { error: 'BAD_REQUEST' }],
    ['/availability', { localDate: undefined }, { error: 'BAD_REQUEST' }],
    [
      '/availability',
      { localDate: undefined, availabilityIds: ['x'] },
      { error: 'INVALID_AVAILABILITY_ID', availabilityId: 'x' },
    ],
    ['/availability', { localDate: undefined, availabilityIds: [] }, { error: 'BAD_REQUEST' }],
    ['/availability/calendar', {}, { error: 'BAD_REQUEST' }],
    ['/availability/calendar', { localDateStart: '2026-03-05', localDateEnd: '2026-03-04' }, { error: 'BAD_REQUEST' }],
    ['/availability/calendar', { localDateStart: '2026-03-05', localDateEnd: '2027-03-06' }, { error: 'BAD_REQUEST' }],
  ])('POST %s with %j', async (path, wrong, body) => {
    const answer = await reseller(app).answer('POST', path, { ...QUERY, ...wrong });
    expect(answer).toEqual({ status: 400, body: { ...body, errorMessage: MESSAGE } });
  });

  it('is nothing where a product is closed on all dates: its units are not known then', async () => {
    const closed = await startTestApp({ env: { ...ENV, ...WITH_RESELLERS } });
    try {
      for (const day of ['02', '03', '04', '05', '06']) closed.sandbox.setTruth(Number(ID), `2026-03-${day}`, []);
      await closed.syncUntilIdle();
      const query = { ...QUERY, units: [{ id: 'ADULT_12~99', quantity: 2 }] };
      expect(await reseller(closed).answer('POST', '/availability', query)).toEqual({ status: 200, body: [] });
    } finally {
      await closed.close();
    }
  });

  it.each([
    ['GET', '/octo', 404],
    ['GET', '/octo/', 404],
    ['GET', '/octo/nothing', 404],
    ['POST', '/octo/availability/nothing', 404],
    ['DELETE', '/octo/products', 405],
    ['GET', '/octo/availability', 405],
    ['PUT', '/octo/availability', 405],
    ['GET', '/octo/products?limit=3', 400],
    ['GET', '/octo/products/%', 400],
    ['GET', '/octo/products/../../etc', 404],
  ])('%s %s', async (method, path, status) => {
    const headers = `Host: x\r\nConnection: close\r\nAuthorization: Bearer ${RESELLER_KEY}\r\n`;
    const answer = await sendBytes(app.url, `${method} ${path} HTTP/1.1\r\n${headers}\r\n`);
    expect(answer.status).toBe(status);
    expect(zErrorBadRequest.parse(JSON.parse(answer.text)).errorMessage).toEqual(MESSAGE);
    expect(answer.headers['allow']).toBe(
      status === 405 ? (path.includes('products') ? 'GET, HEAD, OPTIONS' : 'POST, OPTIONS') : undefined,
    );
  });

  it.each([
    ['{"productId":', 400],
    ['[]', 400],
    ['', 400],
    [`{"productId":"${'x'.repeat(70_000)}"}`, 413],
  ])('a body that is none (%.20s)', async (text, status) => {
    for (const path of ['/octo/availability', '/octo/availability/calendar']) {
      const headers = { authorization: `Bearer ${RESELLER_KEY}`, 'content-type': 'application/json' };
      const answer = await fetch(app.url + path, { method: 'POST', headers, body: text });
      expect({ status: answer.status, body: await answer.json() }).toEqual({
        status,
        body: { error: 'BAD_REQUEST', errorMessage: MESSAGE },
      });
    }
  });

  it('bookings are not offered, which is said', async () => {
    for (const [method, path] of [
      ['POST', '/bookings'],
      ['GET', '/bookings/1'],
      ['POST', '/bookings/1/confirm'],
    ] as const) {
      const answer = await reseller(app).answer(method, path, method === 'POST' ? {} : undefined);
      expect(answer).toMatchObject({ status: 400, body: { error: 'UNPROCESSABLE_ENTITY', errorMessage: MESSAGE } });
    }
  });

  it.each([
    [{}, 401, 'UNAUTHORIZED'],
    [{ authorization: 'Basic abc' }, 401, 'UNAUTHORIZED'],
    [{ authorization: `Bearer ${RESELLER_KEY}x` }, 403, 'FORBIDDEN'],
    [{ authorization: `Bearer ${RESELLER_KEY.slice(1)}` }, 403, 'FORBIDDEN'],
  ])('the wrong key (%j)', async (headers, status, error) => {
    const octo = new OctoRequests(`${app.url}/octo`, headers);
    expect(await octo.answer('GET', '/products')).toEqual({ status, body: { error, errorMessage: MESSAGE } });
    expect(await octo.answer('POST', '/availability', QUERY)).toMatchObject({ status, body: { error } });
    expect(await octo.answer('POST', '/nothing', QUERY)).toMatchObject({ status, body: { error } });
  });

  it('echoes the capabilities and the environment, in errors too', async () => {
    const octo = reseller(app, {
      'octo-capabilities': 'octo/content, pricing',
      'octo-env': 'test',
      'x-request-id': 'r1',
    });
    for (const [method, path, body] of [
      ['GET', '/supplier'],
      ['GET', '/products/9'],
      ['POST', '/availability', {}],
    ] as const) {
      const { headers } = await octo.send(method, path, body);
      const echoed = ['octo-capabilities', 'octo-env', 'x-request-id'].map((name) => headers.get(name));
      expect(echoed).toEqual(['octo/pricing', 'test', 'r1']);
    }
    const without = new OctoRequests(`${app.url}/octo`, { authorization: `Bearer ${RESELLER_KEY}` });
    expect((await without.send('GET', '/supplier?_capabilities=octo/pricing')).headers.get('octo-capabilities')).toBe(
      'octo/pricing',
    );
    expect((await without.send('GET', '/supplier')).headers.get('octo-capabilities')).toBe('');
  });
});

describe('the limit of a reseller', () => {
  it('is its own, counts every request, and ends after a minute', async () => {
    const app = await startTestApp({ env: { ...ENV, ...WITH_RESELLERS, OCTO_REQUESTS_PER_MINUTE: '3' } });
    try {
      const left = [];
      for (let i = 0; i < 3; i++) {
        left.push((await reseller(app).send('GET', '/supplier')).headers.get('octo-ratelimit-remaining'));
      }
      expect(left).toEqual(['2', '1', '0']);
      const refused = await reseller(app).send('POST', '/availability', QUERY);
      expect(await refused.json()).toEqual({ error: 'TOO_MANY_REQUESTS', errorMessage: MESSAGE });
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
      const other = reseller(app, { authorization: `Bearer ${OTHER_RESELLER_KEY}` });
      expect((await other.send('GET', '/supplier')).status).toBe(200);
      const text = await (await fetch(`${app.url}/metrics`)).text();
      const counted = [...text.matchAll(/^slotmirror_octo_requests_total\{(.*)\} (\d+)$/gm)];
      expect(counted.map(([, labels, number]) => [labels, number])).toEqual([
        ['reseller="klook",outcome="taken"', '3'],
        ['reseller="klook",outcome="over_limit"', '1'],
        ['reseller="tiqets",outcome="taken"', '1'],
        ['reseller="tiqets",outcome="over_limit"', '0'],
      ]);
      app.clock.advance(60_000);
      expect((await reseller(app).send('GET', '/supplier')).status).toBe(200);
    } finally {
      await app.close();
    }
  });
});

it('what went wrong on our side is logged with the id of the request', async () => {
  const ids: unknown[] = [];
  const logger = Object.assign(new LogCapture(), { error: () => void ids.push(currentRequestId()) });
  const app = await startTestApp({ env: { ...ENV, ...WITH_RESELLERS }, logger });
  try {
    jest.spyOn(app.app.get(ProductCatalogue), 'list').mockRejectedValue(new Error('torn'));
    const answer = await reseller(app, { 'x-request-id': 'asked-by-klook' }).send('GET', '/products');
    expect([answer.status, answer.headers.get('x-request-id'), ids]).toEqual([
      500,
      'asked-by-klook',
      ['asked-by-klook'],
    ]);
  } finally {
    await app.close();
  }
});

describe('without OCTO_KEYS', () => {
  it('there is no OCTO, and it says what turns it on', async () => {
    const app = await startTestApp({ env: ENV });
    try {
      for (const answer of [
        await reseller(app).answer('GET', '/supplier'),
        await reseller(app).answer('POST', '/availability', {}),
      ]) {
        expect(answer).toMatchObject({
          status: 404,
          body: { errorMessage: expect.stringContaining('OCTO_KEYS') },
        });
      }
    } finally {
      await app.close();
    }
  });
});
