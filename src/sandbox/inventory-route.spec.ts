import { afterEach, describe, expect, it } from '@jest/globals';
import { SandboxSupplier, type SandboxOptions } from './sandbox-supplier.js';
import type { LeapSlot } from './leap-slot.js';

const START = Date.parse('2025-03-28T03:00:00Z');
const DATE = '2025-04-03';
const DAY = 86_400_000;

let now = START;
let sandbox: SandboxSupplier;
let url: string;

async function start(options: SandboxOptions = {}): Promise<void> {
  now = START;
  sandbox = new SandboxSupplier({ now: () => now, ...options });
  url = await sandbox.start();
}

function ask(path = `14?date=${DATE}`, headers: Record<string, string> = { 'x-api-key': 'any' }): Promise<Response> {
  return fetch(`${url}/inventory/${path}`, { headers });
}

const status = async (...request: Parameters<typeof ask>): Promise<number> => (await ask(...request)).status;

describe('the inventory route', () => {
  afterEach(() => sandbox.stop());

  it('answers the truth as JSON', async () => {
    await start();
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    const slots = (await answer.json()) as LeapSlot[];
    expect(slots.length).toBeGreaterThan(6);
    expect(slots).toEqual(sandbox.truth(14, DATE));
  });

  it('answers a closed day with nothing', async () => {
    await start();
    expect(await (await ask('15?date=2025-04-03')).json()).toEqual([]);
  });

  it('wants a key, whichever', async () => {
    await start();
    expect([await status(undefined, {}), await status(undefined, { 'x-api-key': '' }), await status()]).toEqual([
      401, 401, 200,
    ]);
  });

  it('wants the key, when there is one', async () => {
    await start({ apiKey: 'secret' });
    expect([await status(), await status(undefined, { 'x-api-key': 'secret' })]).toEqual([401, 200]);
  });

  it('knows its products and dates', async () => {
    await start({ products: 2 });
    const paths = [
      '16?date=2025-04-03',
      '13?date=2025-04-03',
      'x?date=2025-04-03',
      '0xE?date=2025-04-03',
      '14.0?date=2025-04-03',
    ];
    expect(await Promise.all(paths.map((path) => status(path)))).toEqual([404, 404, 404, 404, 404]);
    const dates = ['14', '14?date=', '14?date=2025-02-30', '14?date=2025-4-3', '14?date=2025-04-03&date=2025-04-04'];
    expect(await Promise.all(dates.map((path) => status(path)))).toEqual([400, 400, 400, 400, 400]);
  });

  it('answers 429 over the limit, and says until when', async () => {
    await start({ requestsPerMinute: 2 });
    expect([await status(), await status('99')]).toEqual([200, 404]);
    now += 59_999;
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(await refused.json()).toEqual({ rateLimitState: { reset: START + 60_000 } });
    now += 1;
    expect(await status()).toBe(200);
  });

  it('does not count a request without a key', async () => {
    await start({ requestsPerMinute: 1 });
    expect([await status(undefined, {}), await status(), await status()]).toEqual([401, 200, 429]);
  });

  it('logs every arrival, refused ones too', async () => {
    await start({ requestsPerMinute: 1 });
    await ask(undefined, {});
    now += 5;
    await ask('99?date=2025-04-03');
    await ask('x');
    const sent = { api: 'leap', route: 'GET /inventory/:id', option: null };
    expect(sandbox.requests()).toEqual([
      { ...sent, at: START, experienceId: 14, date: DATE, lastDate: DATE, status: 401 },
      { ...sent, at: START + 5, experienceId: 99, date: DATE, lastDate: DATE, status: 404 },
      { ...sent, at: START + 5, experienceId: null, date: null, lastDate: null, status: 429 },
    ]);
  });

  it('moves its truth faster than the clock, when told', async () => {
    await start({ speed: 24 });
    const left = () =>
      (sandbox.truth(16, '2025-04-10') as LeapSlot[]).reduce((sum, slot) => Math.max(sum, slot.remaining), 0);
    const before = left();
    now += DAY / 2;
    expect(left()).toBeLessThan(before);
    now += DAY / 2;
    expect(left()).toBe(0);
  });
});
