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

/** What a person who started it in vain is told. */
async function refusalOf(env: Readonly<Record<string, string>>): Promise<string> {
  const server = start(env);
  expect(await server.exit).toEqual({ code: 1, signal: null });
  const { stdout, stderr } = server.output();
  expect(stdout + stderr).not.toMatch(/^\s+at /m);
  return stderr;
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

describe('the built server does not start', () => {
  it('without the supplier’s key, and says which variable to set', async () => {
    expect(await refusalOf({ TICKETE_API_KEY: '' })).toBe(
      'Slotmirror cannot start: a setting is wrong.\n' +
        '  - TICKETE_API_KEY: is missing; set it to the key that the supplier gave you (to try without one: npm run demo)\n' +
        'Settings are environment variables, or lines of a file named .env; .env.example explains each.\n',
    );
  });

  it('with wrong values, and lists them all', async () => {
    const refusal = await refusalOf({
      PORT: 'http',
      SUPPLIER_TIMEOUT: 'soon',
      EXPERIENCES: 'all',
      SYNC_TIERS: 'often',
    });
    expect(refusal.match(/^ {2}- \w+(?=: )/gm)).toEqual([
      '  - PORT',
      '  - SUPPLIER_TIMEOUT',
      '  - EXPERIENCES',
      '  - SYNC_TIERS',
    ]);
  });

  it('in production without an admin key', async () => {
    expect(await refusalOf({ NODE_ENV: 'production' })).toContain('- ADMIN_API_KEY: is missing');
  });

  it('without its database, and says where that should be, but not its password', async () => {
    const refusal = await refusalOf({ DATABASE_URL: 'postgresql://someone:hunter2@127.0.0.1:1/mirror' });
    expect(refusal).toContain('Cannot connect to PostgreSQL at 127.0.0.1:1, database mirror: ');
    expect(refusal).toContain('ECONNREFUSED');
    expect(refusal).not.toContain('hunter2');
  });

  it('with a password that the database refuses, and does not repeat it', async () => {
    const wrong = new URL(database.url);
    wrong.username = 'nobody_known';
    wrong.password = 'hunter2';
    const refusal = await refusalOf({ DATABASE_URL: wrong.href });
    expect(refusal).toContain('Cannot connect to PostgreSQL at');
    expect(refusal).not.toContain('hunter2');
  });

  it('on a port that is in use, and says which', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      expect(await refusalOf({ PORT: String(port) })).toBe(
        `Port ${port} on 127.0.0.1 is in use: stop what listens there, or set PORT to another.\n`,
      );
    } finally {
      other.close();
    }
  });

  it('on an address that is not this machine’s, and says which', async () => {
    expect(await refusalOf({ HOST: '192.0.2.1' })).toContain('192.0.2.1');
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
