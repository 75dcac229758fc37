import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gaps } from '../setup/arrivals.js';
import { LogCapture } from '../setup/log-capture.js';
import { Replicas } from '../setup/replicas.js';
import { syncStatus } from '../setup/sync-api.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const ENV = { EXPERIENCES: '14,15,16', SUPPLIER_REQUESTS_PER_MINUTE: '30' };

describe('A supplier that refuses again and again', () => {
  let replicas: Replicas;
  const log = new LogCapture();

  afterEach(async () => {
    await replicas.close();
    log.clear();
  });

  const halvings = (): number => log.lines.filter(({ text }) => text.includes('refused again')).length;

  /** Refuses the next request, whoever sends it, for twenty seconds, and waits for the end of them. */
  const refuseOnce = async (): Promise<void> => {
    const body = { rateLimitState: { reset: replicas.clock.now().getTime() + 22 * SECOND_MS } };
    replicas.sandbox.addFault({ kind: 'status', status: 429, body, times: 1 });
    await replicas.run(23 / 60);
  };

  it('is asked half as often by all replicas, also after a restart, and by and by as often as before', async () => {
    replicas = await Replicas.create(ENV);
    const [app, other] = [await replicas.start({ logger: log }), await replicas.start({ logger: log })];
    await refuseOnce();
    expect(await syncStatus(app)).toMatchObject({
      budget: { requestsPerMinute: 30, effectiveRequestsPerMinute: 30, throttledUntil: null },
    });
    expect(halvings()).toBe(0);
    await refuseOnce();
    expect(halvings()).toBe(1);
    const { budget } = await syncStatus(other);
    expect(budget.effectiveRequestsPerMinute).toBeGreaterThanOrEqual(15);
    expect(budget.effectiveRequestsPerMinute).toBeLessThan(15.2);
    const wholeInMs = Date.parse(budget.throttledUntil ?? '') - replicas.clock.now().getTime();
    expect(wholeInMs).toBeGreaterThan(9.9 * MINUTE_MS);
    expect(wholeInMs).toBeLessThanOrEqual(10 * MINUTE_MS);
    await replicas.stop(app);
    await replicas.stop(other);
    await Promise.all([replicas.start(), replicas.start()]);
    replicas.sandbox.clearRequests();
    await replicas.run(1);
    expect(replicas.sandbox.requests().length).toBeGreaterThanOrEqual(13);
    expect(replicas.sandbox.requests().length).toBeLessThanOrEqual(16);
    expect(Math.min(...gaps(replicas.sandbox.requests().map(({ at }) => at)))).toBeGreaterThanOrEqual(3_600);
    replicas.clock.advance(9 * MINUTE_MS);
    const again = await replicas.start();
    expect(await syncStatus(again)).toMatchObject({
      state: 'running',
      budget: { effectiveRequestsPerMinute: 30, throttledUntil: null },
    });
    await replicas.run(0.1);
    replicas.sandbox.clearRequests();
    await replicas.run(1);
    expect(replicas.sandbox.requests().length).toBeGreaterThanOrEqual(29);
  });

  it('has said one thing with all the refusals of requests that were under way together', async () => {
    replicas = await Replicas.create({ ...ENV, SUPPLIER_REQUESTS_PER_MINUTE: '6000' });
    const app = await replicas.start({ logger: log });
    await replicas.run(0.005);
    const body = { rateLimitState: { reset: replicas.clock.now().getTime() + 30 * SECOND_MS } };
    replicas.sandbox.addFault({ kind: 'status', status: 429, body });
    await replicas.run(0.2);
    const refused = replicas.sandbox.requests().filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(5);
    expect(new Set(refused.map(({ at }) => at)).size).toBe(1);
    expect(await syncStatus(app)).toMatchObject({
      budget: { effectiveRequestsPerMinute: 6_000, throttledUntil: null },
    });
    expect(halvings()).toBe(0);
  });
});

describe('A supplier that tells its quota', () => {
  let app: TestApp;
  let server: Server;
  let arrivals: number[];
  let headers: () => Record<string, string>;

  afterEach(async () => {
    await app.close();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Answers that every day is empty, with these headers. */
  const start = async (): Promise<void> => {
    arrivals = [];
    server = createServer((_request, response) => {
      arrivals.push(app.clock.now().getTime());
      response.writeHead(200, { 'content-type': 'application/json', connection: 'close', ...headers() }).end('[]');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const sandboxUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
    app = await startTestApp({ env: ENV, sandboxUrl });
  };

  const run = async (ms: number): Promise<void> => {
    for (const end = app.clock.now().getTime() + ms; app.clock.now().getTime() < end;) {
      app.clock.advance(100);
      await app.tick();
    }
  };

  it('is asked so that the quota lasts, and not at all once it is used up', async () => {
    await start();
    // Five requests in a minute that begins with the first of them.
    const reset = app.clock.now().getTime() + MINUTE_MS;
    headers = () => ({
      RateLimit: `"default";r=${Math.max(0, 5 - arrivals.length)};t=${(reset - app.clock.now().getTime()) / SECOND_MS}`,
    });
    await run(45 * SECOND_MS);
    expect(arrivals.length).toBeGreaterThanOrEqual(3);
    expect(arrivals.length).toBeLessThanOrEqual(5);
    // The first answer told of it: the second request may have had its place on the grid already.
    expect(Math.min(...gaps(arrivals).slice(1))).toBeGreaterThanOrEqual(10 * SECOND_MS);
    expect((await syncStatus(app)).budget).toMatchObject({
      requestsPerMinute: 30,
      quota: { remaining: 5 - arrivals.length, resetAt: new Date(reset).toISOString() },
    });
    await run(14 * SECOND_MS);
    expect(arrivals.length).toBeLessThanOrEqual(5);
    headers = () => ({});
    await run(6 * SECOND_MS);
    expect(arrivals.filter((at) => at >= reset).length).toBeGreaterThanOrEqual(2);
    expect((await syncStatus(app)).budget).toMatchObject({ effectiveRequestsPerMinute: 30, quota: null });
  });

  it('and that it is used up is asked nothing until it begins anew, and then goes on', async () => {
    await start();
    const reset = app.clock.now().getTime() + 40 * SECOND_MS;
    headers = () => ({ 'X-RateLimit-Remaining': '0', 'X-RateLimit-Reset': String(Math.ceil(reset / SECOND_MS)) });
    await run(39 * SECOND_MS);
    expect(arrivals).toHaveLength(1);
    expect(await syncStatus(app)).toMatchObject({
      ...{ state: 'refused', nextAttemptAt: new Date(reset).toISOString() },
      cause: { code: 'refusal', text: expect.stringContaining('quota is used up') },
      budget: { effectiveRequestsPerMinute: 0, quota: { remaining: 0 }, nextAt: new Date(reset).toISOString() },
    });
    headers = () => ({});
    await run(2 * SECOND_MS);
    expect(arrivals.length).toBeGreaterThanOrEqual(2);
    expect(arrivals[1]).toBeGreaterThanOrEqual(reset);
  });

  it('for hours is asked again at the instant that it named', async () => {
    await start();
    headers = () => ({ 'RateLimit-Remaining': '0', 'RateLimit-Reset': String(20 * 3_600) });
    await run(5 * SECOND_MS);
    app.clock.advance(20 * 3_600 * SECOND_MS - 6 * SECOND_MS);
    await app.tick();
    expect(arrivals).toHaveLength(1);
    app.clock.advance(6 * SECOND_MS);
    await app.tick();
    expect(arrivals).toHaveLength(2);
  });

  it('with a good answer that asks to wait is taken at its word, and the answer is kept', async () => {
    await start();
    headers = () => ({ 'Retry-After': '120' });
    await run(100 * SECOND_MS);
    expect(arrivals).toHaveLength(1);
    expect(await app.prisma.day.count({ where: { confirmedAt: { not: null } } })).toBe(1);
    expect(await syncStatus(app)).toMatchObject({
      ...{ state: 'refused', budget: { throttledUntil: null, effectiveRequestsPerMinute: 30 } },
      cause: { text: expect.stringContaining('Retry-After: 120') },
    });
    headers = () => ({});
    await run(25 * SECOND_MS);
    expect(arrivals.length).toBeGreaterThanOrEqual(2);
    expect((await syncStatus(app)).state).toBe('running');
  });
});

describe('A supplier that breaks every connection at its second request', () => {
  let app: TestApp;
  let server: Server;

  afterEach(async () => {
    await app.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('is sent each of them again, and never counts more requests than the budget', async () => {
    const arrivals: number[] = [];
    const used = new WeakSet<object>();
    server = createServer((request, response) => {
      arrivals.push(app.clock.now().getTime());
      const isFirst = !used.has(request.socket);
      used.add(request.socket);
      if (isFirst) response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
      else request.socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const sandboxUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
    app = await startTestApp({ env: { ...ENV, SUPPLIER_REQUESTS_PER_MINUTE: '60' }, sandboxUrl });
    for (const end = app.clock.now().getTime() + 3 * MINUTE_MS; app.clock.now().getTime() < end;) {
      app.clock.advance(100);
      await app.tick();
    }
    expect(arrivals.length).toBeGreaterThanOrEqual(120);
    // The last one may have been sent twice just before it was paid for.
    const inMinuteFrom = (from: number) => arrivals.filter((at) => at >= from && at < from + MINUTE_MS).length;
    expect(Math.max(...arrivals.map(inMinuteFrom))).toBeLessThanOrEqual(61);
    expect((await syncStatus(app)).queue.failing).toBe(0);
  });
});
