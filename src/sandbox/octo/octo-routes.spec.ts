import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OctoRequests } from '../../../test/fixtures/octo-requests.js';
import { SandboxSupplier } from '../sandbox-supplier.js';
import type { OctoDay, OctoSlot } from './octo-slot.js';

const NOW = Date.parse('2025-03-28T03:00:00Z');
const DATE = '2025-04-03';
const RIDE = { productId: 'octo-14', optionId: 'shared' };

const sandbox = new SandboxSupplier({ now: () => NOW, apiKey: 'secret', octo: { requestsPerMinute: 1000 } });
let octo: OctoRequests;

beforeAll(async () => {
  await sandbox.start();
  octo = new OctoRequests(sandbox.octoUrl()).with({ authorization: 'Bearer secret', 'octo-capabilities': 'pricing' });
});
beforeEach(() => {
  sandbox.clearRequests();
});
afterAll(() => sandbox.stop());

const truth = (date = DATE): OctoSlot[] => sandbox.octoTruth('octo-14', 'shared', date) ?? [];

describe('POST /availability', () => {
  it('answers a date, a range, or some slots', async () => {
    expect(truth().length).toBeGreaterThan(2);
    expect(await octo.post('/availability', { ...RIDE, localDate: DATE })).toEqual(truth());
    const range = { ...RIDE, localDateStart: '2025-04-01', localDateEnd: '2025-04-06' };
    const all = ['2025-04-01', '2025-04-02', DATE, '2025-04-04', '2025-04-05', '2025-04-06'].flatMap((date) =>
      truth(date),
    );
    expect(await octo.post('/availability', range)).toEqual(all);
    const ids = [truth('2025-04-06')[0]?.id, truth()[1]?.id, '2025-04-03T04:01:00+08:00'];
    expect(await octo.post('/availability', { ...RIDE, availabilityIds: ids })).toEqual([
      truth()[1],
      truth('2025-04-06')[0],
    ]);
  });

  it('answers a closed day with nothing', async () => {
    expect(await octo.post('/availability', { ...RIDE, localDate: '2025-04-04' })).toEqual([]);
  });

  it('shows days that were set by hand in Leap', async () => {
    const [slot] = sandbox.truth(14, DATE) as { startTime: string; remaining: number }[];
    sandbox.setTruth(14, DATE, [{ ...slot, startTime: '05:00', remaining: 3 }, { no: 'slot' }, null]);
    const answer = (await octo.post('/availability', { ...RIDE, localDate: DATE })) as OctoSlot[];
    expect(answer).toMatchObject([{ id: '2025-04-03T05:00:00+08:00', status: 'LIMITED', vacancies: 3 }]);
    sandbox.setTruth(14, DATE, 'no list');
    expect(await octo.post('/availability', { ...RIDE, localDate: DATE })).toEqual([]);
    sandbox.setTruth(14, DATE, undefined);
  });

  it.each([
    ['no dates', {}],
    ['two ways at once', { localDate: DATE, localDateStart: DATE, localDateEnd: DATE }],
    ['ids and a date', { localDate: DATE, availabilityIds: ['2025-04-03T05:00:00+08:00'] }],
    ['half a range', { localDateStart: DATE }],
    ['the end first', { localDateStart: '2025-04-04', localDateEnd: DATE }],
    ['no such date', { localDate: '2025-02-30' }],
    ['a range of 32 days', { localDateStart: '2025-04-01', localDateEnd: '2025-05-02' }],
    ['no ids', { availabilityIds: [] }],
    ['another currency', { localDate: DATE, currency: 'EUR' }],
    ['units that are no list', { localDate: DATE, units: 2 }],
  ])('refuses %s', async (_name, fields) => {
    const { status, body } = await octo.answer('POST', '/availability', { ...RIDE, ...fields });
    expect([status, body]).toEqual([400, { error: 'BAD_REQUEST', errorMessage: expect.any(String) }]);
  });

  it.each([
    [
      { ...RIDE, productId: '14' },
      { error: 'INVALID_PRODUCT_ID', productId: '14' },
    ],
    [
      { ...RIDE, productId: 'octo-014' },
      { error: 'INVALID_PRODUCT_ID', productId: 'octo-014' },
    ],
    [
      { ...RIDE, optionId: 'DEFAULT' },
      { error: 'INVALID_OPTION_ID', optionId: 'DEFAULT' },
    ],
    [
      {
        ...RIDE,
        units: [
          { id: 'adult', quantity: 1 },
          { id: 'x', quantity: 1 },
        ],
      },
      { error: 'INVALID_UNIT_ID', unitId: 'x' },
    ],
  ])('names the id that it does not know: %j', async (body, error) => {
    expect(await octo.answer('POST', '/availability', { ...body, localDate: DATE })).toMatchObject({
      status: 400,
      body: error,
    });
  });

  it('names an availability that can be none', async () => {
    const answer = await octo.answer('POST', '/availability', { ...RIDE, availabilityIds: ['tomorrow'] });
    expect(answer).toMatchObject({
      status: 400,
      body: { error: 'INVALID_AVAILABILITY_ID', availabilityId: 'tomorrow' },
    });
  });

  it('takes the longest range, and no units or currency for none', async () => {
    const month = { ...RIDE, localDateStart: '2025-04-01', localDateEnd: '2025-05-01', units: null, currency: null };
    expect((await octo.answer('POST', '/availability', month)).status).toBe(200);
  });
});

describe('POST /availability/calendar', () => {
  it('answers every day of the range: open with its most vacancies and lowest price, or closed', async () => {
    const range = { ...RIDE, localDateStart: '2025-04-01', localDateEnd: '2025-04-06' };
    const days = (await octo.post('/availability/calendar', range)) as OctoDay[];
    expect(days.map(({ status, available }) => `${status} ${available}`)).toEqual(
      [2, 3, 4, 5, 6, 0].map((weekday) => ([0, 2, 4].includes(weekday) ? 'AVAILABLE true' : 'CLOSED false')),
    );
    const retail = truth().flatMap(({ unitPricing = [] }) => unitPricing.filter(({ unitId }) => unitId === 'adult'));
    expect(days[2]).toMatchObject({
      localDate: DATE,
      vacancies: Math.max(...truth().map(({ vacancies }) => vacancies ?? NaN)),
      unitPricingFrom: [
        { unitId: 'adult', retail: Math.min(...retail.map((each) => each.retail)) },
        { unitId: 'child' },
      ],
    });
  });

  it('names no vacancies where there is no limit', async () => {
    const day = { productId: 'octo-15', optionId: 'DEFAULT', localDateStart: '2025-04-06', localDateEnd: '2025-04-06' };
    expect(await octo.post('/availability/calendar', day)).toMatchObject([{ status: 'FREESALE', vacancies: null }]);
  });

  it('needs both ends of the range', async () => {
    const answer = await octo.answer('POST', '/availability/calendar', { ...RIDE, localDateEnd: DATE });
    expect(answer).toMatchObject({ status: 400, body: { error: 'BAD_REQUEST' } });
  });
});

describe('an OCTO request', () => {
  it('needs the key', async () => {
    const status = async (authorization?: string) =>
      octo.with(authorization === undefined ? {} : { authorization }).answer('GET', '/supplier');
    expect(await status('Bearer wrong')).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
    expect(await status('secret')).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
    expect(await status()).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
    expect(await status('Bearer secret')).toMatchObject({ status: 200 });
  });

  it('gets its capabilities back, and its environment', async () => {
    const key = { authorization: 'Bearer secret' };
    const echoed = async (headers: Record<string, string>, path = '/supplier') => {
      const answer = await octo.with({ ...key, ...headers }).send('GET', path);
      return [answer.headers.get('octo-capabilities'), answer.headers.get('octo-env')];
    };
    expect(await echoed({ 'octo-capabilities': 'octo/pricing, octo/cart, notifications', 'octo-env': 'test' })).toEqual(
      ['octo/pricing, octo/notifications', 'test'],
    );
    expect(await echoed({}, '/supplier?_capabilities=octo/pricing')).toEqual(['octo/pricing', null]);
    expect(await echoed({})).toEqual(['', null]);
  });

  it('is answered as OCTO also where its body is no JSON', async () => {
    const answer = await fetch(`${sandbox.octoUrl()}/availability`, { method: 'POST', body: '{' });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { error: 'BAD_REQUEST', errorMessage: 'The body is not JSON' },
    ]);
  });

  it('is logged with its product and dates, apart from those of Leap', async () => {
    await octo.post('/availability', { ...RIDE, localDateStart: '2025-04-01', localDateEnd: DATE });
    await octo.post('/availability/calendar', { productId: 'octo-99', localDateStart: DATE, localDateEnd: DATE });
    await octo.with({}).get('/products/octo-16');
    await octo.post('/availability', {
      ...RIDE,
      availabilityIds: ['2025-04-06T04:00:00+08:00', '2025-04-01T04:00:00+08:00'],
    });
    await fetch(`${sandbox.octoUrl().replace('/octo', '/api/v1')}/inventory/14?date=${DATE}`);
    const logged = sandbox
      .requests()
      .map(({ api, route, experienceId, option, date, lastDate, status }) =>
        [api, route, experienceId, option, date, lastDate, status].join(' '),
      );
    expect(logged).toEqual([
      'octo POST /availability 14 shared 2025-04-01 2025-04-03 200',
      'octo POST /availability/calendar 99  2025-04-03 2025-04-03 400',
      'octo GET /products/:id 16    401',
      'octo POST /availability 14 shared 2025-04-01 2025-04-06 200',
      'leap GET /inventory/:id 14  2025-04-03 2025-04-03 401',
    ]);
  });
});
