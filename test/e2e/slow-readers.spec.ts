import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import net from 'node:net';
import { ResponseCache } from '../../src/http/index.js';
import { sandboxSlot } from '../setup/day-factory.js';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { until } from '../setup/until.js';
import { sendRaw } from './support/raw-http.js';

const IDS = [14, 15, 16, 17];
const DAYS = 40;
/** Some 20 kB. */
const SLOTS = 50;
const PIPELINED = 600;

describe('a reader that is slow to take what was answered from memory', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({
      env: { EXPERIENCES: IDS.join(','), SYNC_TIERS: `${DAYS}:24h`, RESPONSE_CACHE_MB: '1' },
    });
    for (const [id, startDate] of IDS.flatMap((of) => dates().map((date) => [of, date] as const))) {
      const slots = Array.from({ length: SLOTS }, (_, i) =>
        sandboxSlot({ startDate, remaining: i, startTime: time(i) }),
      );
      app.sandbox.setTruth(id, startDate, slots);
    }
    await app.syncUntilIdle();
    await until('the notices are heard', () => Promise.resolve(app.app.get(ResponseCache).ready));
  });
  afterAll(() => app.close());

  const dates = () =>
    Array.from({ length: DAYS }, (_, day) =>
      new Date(app.clock.now().getTime() + (day + 1) * 86_400_000).toISOString().slice(0, 10),
    );
  const time = (i: number) => `${String(Math.floor(i / 4)).padStart(2, '0')}:${String((i % 4) * 15).padStart(2, '0')}`;
  const pathOf = (id: number, date: string) => `/api/v1/experience/${id}/slots?date=${date}`;

  it('gets it whole, though its memory was given up meanwhile', async () => {
    const paths = IDS.flatMap((id) => dates().map((date) => pathOf(id, date)));
    const [wanted = '', ...others] = paths;
    const { text } = await sendRaw(app.url, wanted);
    expect(text.length).toBeGreaterThan(10_000);

    const socket = net.connect(Number(new URL(app.url).port), '127.0.0.1').pause();
    await once(socket, 'connect');
    const cache = app.app.get(ResponseCache);
    const { hits } = cache.counts;
    socket.write(`GET ${wanted} HTTP/1.1\r\nhost: x\r\n\r\n`.repeat(PIPELINED));
    await until('its answers wait', () => Promise.resolve(cache.counts.hits > hits + 20));
    // More than the cache holds, several times.
    for (let round = 0; round < 3; round++) await Promise.all(others.map((path) => sendRaw(app.url, path)));

    let received = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
    const bodies = () => received.split('\r\n\r\n').slice(1);
    socket.resume();
    await until(
      'all is received',
      () => Promise.resolve(bodies().length === PIPELINED && received.endsWith(']}')),
      30_000,
    );
    socket.destroy();
    for (const body of bodies()) expect(body.slice(0, text.length)).toBe(text);
  });
});
