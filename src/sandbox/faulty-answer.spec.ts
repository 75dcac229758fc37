import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Fault } from './fault.js';
import type { LeapSlot } from './leap-slot.js';
import { SandboxSupplier } from './sandbox-supplier.js';

const NOW = Date.parse('2025-03-28T03:00:00Z');
const DATE = '2025-04-03';

const sandbox = new SandboxSupplier({ now: () => NOW, requestsPerMinute: 1000 });
let url: string;

function ask(date = DATE): Promise<Response> {
  return fetch(`${url}/inventory/14?date=${date}`, { headers: { 'x-api-key': 'any' } });
}

async function slotsWith(fault: Fault): Promise<Partial<LeapSlot>[]> {
  sandbox.addFault(fault);
  const answer = await ask();
  expect(answer.status).toBe(200);
  return (await answer.json()) as Partial<LeapSlot>[];
}

const truth = (date = DATE): LeapSlot[] => sandbox.truth(14, date) as LeapSlot[];

describe('a fault, over HTTP', () => {
  beforeAll(async () => {
    url = await sandbox.start();
  });
  afterEach(() => {
    sandbox.clearFaults();
  });
  afterAll(() => sandbox.stop());

  it('latency: the right answer, late', async () => {
    const before = performance.now();
    expect(await slotsWith({ kind: 'latency', latencyMs: 40 })).toEqual(truth());
    expect(performance.now() - before).toBeGreaterThan(38);
  });

  it('hang: no answer, while others get theirs', async () => {
    sandbox.addFault({ kind: 'hang', date: DATE });
    const gaveUp = new AbortController();
    const hanging = fetch(`${url}/inventory/14?date=${DATE}`, {
      headers: { 'x-api-key': 'any' },
      signal: gaveUp.signal,
    });
    const others = Promise.all([ask('2025-04-06'), ask('2025-04-08')]).then(() => 'others');
    expect(await Promise.race([hanging, others])).toBe('others');
    gaveUp.abort();
    await expect(hanging).rejects.toThrow('aborted');
  });

  it('reset: the connection breaks before any answer', async () => {
    sandbox.addFault({ kind: 'reset' });
    await expect(ask()).rejects.toThrow('fetch failed');
    expect(sandbox.requests().at(-1)?.status).toBe(0);
  });

  it.each([500, 401, 403, 404])('status: %d', async (status) => {
    sandbox.addFault({ kind: 'status', status });
    expect((await ask()).status).toBe(status);
    expect(sandbox.requests().at(-1)?.status).toBe(status);
  });

  it('status: 429 with an instant, or with the body that was given', async () => {
    sandbox.addFault({ kind: 'status', status: 429, times: 1 });
    sandbox.addFault({ kind: 'status', status: 429, body: { rateLimitState: { reset: 'soon' } } });
    expect(await (await ask()).json()).toEqual({ rateLimitState: { reset: NOW + 10_000 } });
    expect(await (await ask()).json()).toEqual({ rateLimitState: { reset: 'soon' } });
  });

  it('half: declares the whole, sends half and closes', async () => {
    sandbox.addFault({ kind: 'half' });
    const answer = await ask();
    expect(answer.status).toBe(200);
    expect(Number(answer.headers.get('content-length'))).toBe(Buffer.byteLength(JSON.stringify(truth())));
    await expect(answer.text()).rejects.toThrow();
  });

  it('truncated: half of the JSON, as if it were all', async () => {
    sandbox.addFault({ kind: 'truncated' });
    const text = await (await ask()).text();
    const whole = JSON.stringify(truth());
    expect(text).toBe(whole.slice(0, Math.floor(whole.length / 2)));
  });

  it('html: a page', async () => {
    sandbox.addFault({ kind: 'html' });
    const answer = await ask();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await answer.text()).toMatch(/^<!doctype html>/);
  });

  it('shape: an object', async () => {
    expect(await slotsWith({ kind: 'shape' })).toEqual({ data: [] });
  });

  it('wrongDate: the next day that has slots', async () => {
    expect(await slotsWith({ kind: 'wrongDate' })).toEqual(truth('2025-04-06'));
  });

  it('duplicate: one slot twice', async () => {
    expect(await slotsWith({ kind: 'duplicate' })).toEqual([...truth(), truth()[0]]);
  });

  it('absurd: numbers that cannot be, on one slot', async () => {
    const [first, ...others] = await slotsWith({ kind: 'absurd' });
    expect(first?.remaining).toBe(-3);
    expect(first?.paxAvailability?.[0]).toMatchObject({ max: -1, price: { finalPrice: 1e308 } });
    expect(others).toEqual(truth().slice(1));
  });

  it('malformedSlot: one slot lacks its pax types', async () => {
    const slots = await slotsWith({ kind: 'malformedSlot' });
    expect(slots.map((slot) => 'paxAvailability' in slot)).toEqual(
      truth().map((_, index, { length }) => index < length - 1),
    );
  });

  it('empty: nothing', async () => {
    expect(await slotsWith({ kind: 'empty' })).toEqual([]);
  });

  it('leaves JSON alone that was set by hand and is no list', async () => {
    sandbox.setTruth(14, DATE, { not: 'a list' });
    expect(await slotsWith({ kind: 'duplicate' })).toEqual({ not: 'a list' });
    sandbox.setTruth(14, DATE, undefined);
  });
});
