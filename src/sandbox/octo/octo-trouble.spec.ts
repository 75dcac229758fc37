import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OctoRequests } from '../../../test/fixtures/octo-requests.js';
import { FAULT_KINDS, type Fault } from '../fault.js';
import { SandboxSupplier } from '../sandbox-supplier.js';
import type { OctoSlot } from './octo-slot.js';

const START = Date.parse('2025-03-28T03:00:00Z');
const DATE = '2025-04-03';
const WALK = { productId: 'octo-18', optionId: 'DEFAULT' };

let now = START;
let sandbox: SandboxSupplier;
let octo: OctoRequests;

beforeEach(async () => {
  now = START;
  sandbox = new SandboxSupplier({
    now: () => now,
    requestsPerMinute: 1,
    octo: { requestsPerMinute: 3, daysPerRequest: 2 },
  });
  await sandbox.start();
  octo = new OctoRequests(sandbox.octoUrl());
});
afterEach(() => sandbox.stop());

const ask = (fields: object = { localDate: DATE }): Promise<Response> =>
  octo.send('POST', '/availability', { ...WALK, ...fields });
const truth = (date = DATE): OctoSlot[] => sandbox.octoTruth('octo-18', 'DEFAULT', date) ?? [];

async function slotsWith(fault: Fault): Promise<Partial<OctoSlot>[]> {
  sandbox.addFault(fault);
  const answer = await ask();
  expect(answer.status).toBe(200);
  return (await answer.json()) as Partial<OctoSlot>[];
}

describe('the limit of OCTO', () => {
  it('is counted apart from that of Leap, and says how much is left', async () => {
    const leap = (): Promise<Response> =>
      fetch(`${sandbox.octoUrl().replace('/octo', '/api/v1')}/inventory/14?date=${DATE}`, {
        headers: { 'x-api-key': 'k' },
      });
    expect([(await leap()).status, (await leap()).status]).toEqual([200, 429]);
    for (const left of ['2', '1', '0']) {
      const { headers, status } = await ask();
      expect([status, headers.get('octo-ratelimit-limit'), headers.get('octo-ratelimit-remaining')]).toEqual([
        200,
        '3',
        left,
      ]);
      expect(headers.get('retry-after')).toBe(null);
    }
  });

  it('answers 429 beyond it, and says for how long', async () => {
    await ask();
    now += 500;
    await ask();
    await ask({ localDate: 'nonsense' });
    const refused = await ask();
    const headers = ['retry-after', 'octo-ratelimit-retryafter', 'octo-ratelimit-remaining'].map((name) =>
      refused.headers.get(name),
    );
    expect([refused.status, ...headers]).toEqual([429, '60', '60', '0']);
    expect(await refused.json()).toMatchObject({ error: 'TOO_MANY_REQUESTS' });
    now = START + 60_000;
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(429);
  });

  it('of days is an option', async () => {
    const days = async (localDateEnd: string) => (await ask({ localDateStart: DATE, localDateEnd })).status;
    expect([await days('2025-04-04'), await days('2025-04-05')]).toEqual([200, 400]);
  });

  it('does not count a wrong key', async () => {
    for (let again = 0; again < 5; again += 1) await octo.with({}).get('/supplier');
    expect((await ask()).headers.get('octo-ratelimit-remaining')).toBe('2');
  });
});

describe('a fault, in OCTO', () => {
  it('status: with the body of OCTO, and a time to wait for 429', async () => {
    sandbox.addFault({ kind: 'status', status: 500, times: 1 });
    sandbox.addFault({ kind: 'status', status: 429 });
    const failed = await ask();
    expect([failed.status, await failed.json()]).toMatchObject([500, { error: 'INTERNAL_SERVER_ERROR' }]);
    const refused = await ask();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
  });

  it('reset, half, truncated: no whole answer', async () => {
    sandbox.addFault({ kind: 'reset', times: 1 });
    sandbox.addFault({ kind: 'half', times: 1 });
    sandbox.addFault({ kind: 'truncated' });
    await expect(ask()).rejects.toThrow('fetch failed');
    await expect((await ask()).text()).rejects.toThrow();
    const whole = JSON.stringify(truth());
    expect(await (await ask()).text()).toBe(whole.slice(0, Math.floor(whole.length / 2)));
    expect(sandbox.requests().map(({ status }) => status)).toEqual([0, 200, 200]);
  });

  it('wrongDate: the slots of later dates', async () => {
    expect(await slotsWith({ kind: 'wrongDate' })).toEqual(truth('2025-04-04'));
  });

  it('duplicate, absurd, malformedSlot: one slot', async () => {
    expect(await slotsWith({ kind: 'duplicate', times: 1 })).toEqual([...truth(), truth()[0]]);
    const [first, ...others] = await slotsWith({ kind: 'absurd', times: 1 });
    expect(first).toMatchObject({
      vacancies: -3,
      unitPricing: [{ unitId: 'adult', retail: 1e308 }, { unitId: 'youth' }],
    });
    expect(others).toEqual(truth().slice(1));
    const slots = await slotsWith({ kind: 'malformedSlot' });
    expect(slots.map((slot) => 'localDateTimeStart' in slot)).toEqual(
      truth().map((_, at, { length }) => at < length - 1),
    );
  });

  it('shape, empty, html: no slots', async () => {
    expect(await slotsWith({ kind: 'shape', times: 1 })).toEqual({ data: [] });
    expect(await slotsWith({ kind: 'empty', times: 1 })).toEqual([]);
    sandbox.addFault({ kind: 'html' });
    expect(await (await ask()).text()).toMatch(/^<!doctype html>/);
  });

  it('hits a range that has its date, its product by number, and its API alone', async () => {
    sandbox.addFault({ kind: 'status', status: 503, api: 'octo', experienceId: 18, date: '2025-04-04' });
    const range = { localDateStart: DATE, localDateEnd: '2025-04-04' };
    const other = octo.send('POST', '/availability', {
      productId: 'octo-16',
      optionId: 'DEFAULT',
      localDate: '2025-04-04',
    });
    expect([(await ask(range)).status, (await ask()).status, (await other).status]).toEqual([503, 200, 200]);
  });

  it('of every kind answers, also where there is no list', async () => {
    for (const kind of FAULT_KINDS.filter((each) => each !== 'hang' && each !== 'status')) {
      now += 60_000;
      sandbox.addFault({ kind, times: 1, latencyMs: 1 });
      const answer = await octo.send('GET', '/supplier').catch(() => undefined);
      expect([kind, answer?.status]).toEqual([kind, kind === 'reset' ? undefined : 200]);
      await answer?.text().catch(() => undefined);
    }
  });
});
