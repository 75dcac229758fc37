import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { startProcess, type ServerProcess } from './server-process.js';

let dir: string;
let database: TestDatabase;
let server: ServerProcess | undefined;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'smoke-'));
  database = await createTestDatabase();
});

afterEach(async () => {
  server?.kill('SIGKILL');
  await server?.exit;
});

afterAll(async () => {
  await database.drop();
  await rm(dir, { recursive: true });
});

/** What a person who started it in vain reads. */
async function refusalOf(env: Readonly<Record<string, string>>): Promise<string> {
  server = startProcess(dir, {
    ...{ DATABASE_URL: database.url, SUPPLIER_URL: 'http://127.0.0.1:9', TICKETE_API_KEY: 'the-key-of-the-smoke-test' },
    ...{ HOST: '127.0.0.1', PORT: '0', ...env },
  });
  expect(await server.exit).toEqual({ code: 1, signal: null });
  const { stdout, stderr } = server.output();
  expect(stdout + stderr).not.toMatch(/^\s+at /m);
  return stderr;
}

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
