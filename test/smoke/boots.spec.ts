import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { SandboxSupplier } from '../../src/sandbox/index.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';
import { startProcess, type ServerProcess } from './server-process.js';

const KEY = 'the-key-of-the-smoke-test';

let dir: string;
let database: TestDatabase;
let sandbox: SandboxSupplier;
let supplierUrl: string;
const running = new Set<ServerProcess>();

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'smoke-'));
  database = await createTestDatabase();
  sandbox = new SandboxSupplier({ apiKey: KEY, requestsPerMinute: 1_000_000 });
  supplierUrl = await sandbox.start();
});

afterEach(async () => {
  for (const server of running) {
    server.kill('SIGKILL');
    await server.exit;
  }
  running.clear();
});

afterAll(async () => {
  await sandbox.stop();
  await database.drop();
  await rm(dir, { recursive: true });
});

function start(env: Readonly<Record<string, string>> = {}): ServerProcess {
  const server = startProcess(dir, {
    DATABASE_URL: database.url,
    SUPPLIER_URL: supplierUrl,
    TICKETE_API_KEY: KEY,
    SUPPLIER_REQUESTS_PER_MINUTE: '6000',
    HOST: '127.0.0.1',
    PORT: '0',
    ...env,
  });
  running.add(server);
  return server;
}

/** Its exit code, or the signal that it passed on to itself once all was put away. */
async function endOf(server: ServerProcess): Promise<number | string | null> {
  const { code, signal } = await server.exit;
  return code ?? signal;
}

describe('the built server', () => {
  it('boots, mirrors, serves, and ends cleanly when it is told to', async () => {
    const server = start({ EXPERIENCES: '14', SYNC_TIERS: '3:15m' });
    const url = await server.url;
    expect(await (await fetch(`${url}/test`)).json()).toEqual({ hello: 'world' });
    await until('all dates are mirrored', async () => {
      const { unknown } = (await (await fetch(`${url}/api/v1/experience/14/dates`)).json()) as { unknown: unknown[] };
      return unknown.length === 0;
    });
    expect(sandbox.requests().length).toBeGreaterThanOrEqual(3);

    server.kill('SIGTERM');
    expect([0, 'SIGTERM']).toContain(await endOf(server));
    expect(server.output().stderr).not.toMatch(/error/i);
    await until('it left the database', async () => (await connectionsTo(database)) === 0);
    await expect(fetch(`${url}/test`)).rejects.toThrow();
  });

  it('finishes the request that is in flight before it ends', async () => {
    const { server: slow, url: slowUrl, asked, answer } = await slowSandbox();
    const server = start({ SUPPLIER_URL: slowUrl, EXPERIENCES: '20', SYNC_TIERS: '1:15m' });
    await server.url;
    await asked;
    server.kill('SIGTERM');
    answer();
    expect([0, 'SIGTERM']).toContain(await endOf(server));
    slow.close();
    expect(await confirmedDays(20)).toBe(1);
  });
});

async function query(sql: string, values: readonly unknown[]): Promise<number | undefined> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<{ count: number }>(sql, [...values])).rows[0]?.count;
  } finally {
    await client.end();
  }
}

function connectionsTo({ url }: TestDatabase): Promise<number | undefined> {
  const sql = 'select count(*)::int as count from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()';
  return query(sql, [new URL(url).pathname.slice(1)]);
}

function confirmedDays(experienceId: number): Promise<number | undefined> {
  const sql = 'select count(*)::int as count from day where experience_id = $1 and confirmed_at is not null';
  return query(sql, [experienceId]);
}

/** Answers "no slots", but not before the test says so. */
async function slowSandbox(): Promise<{ server: Server; url: string; asked: Promise<void>; answer: () => void }> {
  let answer = (): void => undefined;
  let noteAsked = (): void => undefined;
  const asked = new Promise<void>((resolve) => (noteAsked = resolve));
  const told = new Promise<void>((resolve) => (answer = resolve));
  const server = createServer((request, response) => {
    noteAsked();
    void told.then(() =>
      response.setHeader('connection', 'close').end(request.url?.includes('/inventory/20') ? '[]' : '{}'),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, answer };
}
