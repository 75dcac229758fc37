import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';
import { RawClient } from './raw-client.js';
import { startProcess, type ServerProcess } from './server-process.js';
import { SilentWay } from './silent-way.js';

const KEY = 'the-key-of-the-drain-test';
const TIMEOUT_MS = 2_000;
/** Within this the process ends, whatever holds it up. */
const GRACE_MS = TIMEOUT_MS + 5_000;
/** More than sockets hold, and no more than a busy machine sends in a few seconds. */
const ANSWERS = 100;
const READY = 'GET /health/ready HTTP/1.1\r\nHost: x\r\n\r\n';

let dir: string;
let database: TestDatabase;
/** Takes requests and answers none. */
let supplier: Server;
let asked = 0;
let server: ServerProcess | undefined;
let clients: RawClient[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'drain-'));
  supplier = createServer(() => (asked += 1));
  await once(supplier.listen(0, '127.0.0.1'), 'listening');
});
beforeEach(async () => {
  // Of its own: a server waits for the requests to the supplier that the experiences of another test cause.
  database = await createTestDatabase();
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  clients = [];
  server?.kill('SIGKILL');
  await server?.exit;
  asked = 0;
  await database.drop();
});
afterAll(async () => {
  supplier.closeAllConnections();
  supplier.close();
  await rm(dir, { recursive: true });
});

async function start(env: Readonly<Record<string, string>> = {}): Promise<string> {
  const { port } = supplier.address() as AddressInfo;
  server = startProcess(dir, {
    DATABASE_URL: database.url,
    SUPPLIER_URL: `http://127.0.0.1:${port}`,
    SUPPLIER_TIMEOUT: `${TIMEOUT_MS}ms`,
    TICKETE_API_KEY: KEY,
    ADMIN_API_KEY: KEY,
    EXPERIENCES: ',',
    HOST: '127.0.0.1',
    PORT: '0',
    ...env,
  });
  return server.url;
}

async function client(url: string): Promise<RawClient> {
  const connected = await RawClient.connect(url);
  clients.push(connected);
  return connected;
}

function refuses(url: string): Promise<boolean> {
  return RawClient.connect(url).then(
    (connected) => (connected.destroy(), false),
    () => true,
  );
}

/** Tells it to stop. @returns how long it took, milliseconds */
async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number> {
  const told = performance.now();
  server?.kill(signal);
  await server?.exit;
  return performance.now() - told;
}

describe('a server that is told to stop', () => {
  it('is not held up by who says nothing, sends half a request, or keeps a connection', async () => {
    const url = await start();
    const [silent, halfHead, halfBody, idle] = [
      await client(url),
      await client(url),
      await client(url),
      await client(url),
    ];
    halfHead.send('GET /test HTTP/1.1\r\nHost: x\r\nX-');
    halfBody.send(
      'POST /api/v1/sync/pause HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n',
    );
    halfBody.send(`Authorization: Bearer ${KEY}\r\n\r\n{"reason":`);
    idle.get('/test');
    await idle.answered(/hello/);
    expect(await stop()).toBeLessThan(GRACE_MS / 2);
    await Promise.all([silent, halfHead, halfBody, idle].map(({ closed }) => closed));
    expect(await server?.exit).toEqual({ code: null, signal: 'SIGTERM' });
  });

  it('is not ready from the signal on, but alive, and each answer is the last of its connection', async () => {
    const url = await start({ DRAIN_DELAY: '2s' });
    const [ready, live, early] = [await client(url), await client(url), await client(url)];
    ready.send(READY);
    await ready.answered(/^HTTP\/1\.1 200 OK\r\n(?=[^]*Connection: keep-alive\r\n)/i);
    const stopping = stop();
    await until('it is not ready', async () => {
      const late = await client(url);
      late.send(READY);
      await late.answered(/^HTTP/);
      return late.received.startsWith('HTTP/1.1 503');
    });
    for (const [connection, path, status] of [
      [ready, '/health/ready', '503 Service Unavailable'],
      [live, '/health/live', '200 OK'],
      [early, '/api/v1/experience/1/dates', '404 Not Found'],
    ] as const) {
      connection.received = '';
      connection.get(path);
      await connection.answered(/\r\n\r\n./);
      expect(connection.received).toMatch(
        new RegExp(`^HTTP/1\\.1 ${status}\\r\\n(?=[^]*Connection: close\\r\\n)`, 'i'),
      );
      await connection.closed;
    }
    expect(ready.received).toContain('"code":"NOT_READY"');
    expect(await stopping).toBeGreaterThan(1_900);
  });

  it('ends in time beside a reader that takes nothing, a stream, and a supplier that does not answer', async () => {
    const url = await start({ EXPERIENCES: '14', SYNC_TIERS: '3:15m' });
    await until('the supplier was asked', () => Promise.resolve(asked > 0));
    const [asleep, stream, late] = [await client(url), await client(url), await client(url)];
    asleep.stopReading();
    for (let i = 0; i < ANSWERS; i++) asleep.get('/openapi.json');
    stream.get('/api/v1/sync/events', `Authorization: Bearer ${KEY}\r\n`);
    await stream.answered(/text\/event-stream/);
    const stopping = stop();
    await stream.answered(/0\r\n\r\n$/);
    // It comes again, as the console does.
    late.get('/api/v1/sync/events', `Authorization: Bearer ${KEY}\r\n`);
    await late.answered(/text\/event-stream/);
    expect(await stopping).toBeLessThan(GRACE_MS);
    expect(await server?.exit).toEqual({ code: null, signal: 'SIGTERM' });
    expect(server?.output().stdout).toContain('cut 1 connections');
  });

  it('answers what was asked, also who takes it slowly', async () => {
    // So long that a busy machine has taken it by then.
    const url = await start({ SUPPLIER_TIMEOUT: '30s' });
    const slow = await client(url);
    slow.stopReading();
    // In one piece: the system resets a connection that is closed while input is unread, and drops what was sent over it.
    slow.send('GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(ANSWERS));
    const stopping = stop();
    // It answers first what it has taken, and a busy machine takes its time for that.
    await until('it listens no more', () => refuses(url), 60_000);
    slow.readOn();
    await slow.closed;
    await stopping;
    // What it had not taken from the socket yet was not asked; what was is answered whole.
    const answers = slow.received.split(/(?=HTTP\/1\.1 200 OK\r\n)/).filter((answer) => answer !== '');
    const bodies = new Set(answers.map((answer) => answer.split('\r\n\r\n')[1]));
    expect(bodies.size).toBe(answers.length === 0 ? 0 : 1);
    for (const body of bodies) expect(JSON.parse(body ?? '')).toHaveProperty('openapi');
    expect(server?.output().stdout).not.toContain('cut 1 connections');
  });

  it('ends in time where its database does not answer', async () => {
    const { hostname, port } = new URL(database.url);
    const way = await SilentWay.to(hostname, Number(port));
    const through = new URL(database.url);
    through.host = `127.0.0.1:${way.port}`;
    try {
      const url = await start({ DATABASE_URL: through.href, EXPERIENCES: '14', SYNC_TIERS: '3:15m' });
      await until('the supplier was asked', () => Promise.resolve(asked > 0));
      way.fallSilent();
      (await client(url)).get('/health/ready');
      // The end is forced after that time, and then the process takes a moment.
      expect(await stop()).toBeLessThan(GRACE_MS + 1_000);
    } finally {
      way.close();
    }
  });
});

describe('a server that a person stops', () => {
  it('keeps a connection over which nothing is asked for KEEP_ALIVE_TIMEOUT, says so, and waits for nothing', async () => {
    const url = await start({ DRAIN_DELAY: '2s', KEEP_ALIVE_TIMEOUT: '1s' });
    const idle = await client(url);
    idle.get('/test');
    await idle.answered(/Keep-Alive: timeout=1\r\n/i);
    await idle.closed;
    expect(await stop('SIGINT')).toBeLessThan(1_900);
  });
});

describe('the image’s health check', () => {
  it.each(['127.0.0.1', '127.0.0.2', '0.0.0.0', '*', '[::1]'])('asks where HOST=%s listens', async (HOST) => {
    const asked: (string | undefined)[] = [];
    const listening = createServer(({ url }, response) => {
      asked.push(url);
      response.end();
    });
    await once(listening.listen(0, HOST === '*' ? '::' : HOST.replace(/[[\]]/g, '')), 'listening');
    const { port } = listening.address() as AddressInfo;
    expect(await probe(HOST, String(port))).toBe(0);
    expect(asked).toEqual(['/health/live']);
    listening.closeAllConnections();
    await new Promise((resolve) => listening.close(resolve));
    expect(await probe(HOST, String(port))).toBe(1);
  });
});

function probe(host: string, port: string): Promise<number | null> {
  const program = fileURLToPath(new URL('../../dist/health/probe.js', import.meta.url));
  const child = spawn(process.execPath, [program, host, port], { cwd: dir, env: {} });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}
