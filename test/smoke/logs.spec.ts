import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SandboxSupplier } from '../../src/sandbox/index.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';
import { startProcess } from './server-process.js';

const SUPPLIER_KEY = 'the-supplier-key-of-the-smoke-test';
const ADMIN_KEY = 'the-admin-key-of-the-smoke-test';

describe('what the built server logs in production', () => {
  let dir: string;
  let database: TestDatabase;
  let sandbox: SandboxSupplier;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'logs-'));
    database = await createTestDatabase();
    sandbox = new SandboxSupplier({ apiKey: SUPPLIER_KEY, requestsPerMinute: 1_000_000 });
  });
  afterAll(async () => {
    await sandbox.stop();
    await database.drop();
    await rm(dir, { recursive: true });
  });

  it('is one JSON object a line, tells who changed what by which request, and no secret', async () => {
    sandbox.addFault({ kind: 'status', status: 500 });
    const server = startProcess(dir, {
      ...{ NODE_ENV: 'production', DATABASE_URL: database.url, SUPPLIER_URL: await sandbox.start() },
      ...{ TICKETE_API_KEY: SUPPLIER_KEY, ADMIN_API_KEYS: `alice:${ADMIN_KEY}`, SUPPLIER_REQUESTS_PER_MINUTE: '6000' },
      ...{ HOST: '127.0.0.1', PORT: '0', EXPERIENCES: '14' },
    });
    const url = await server.url;
    const lines = () =>
      (server.output().stdout + server.output().stderr)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as { level: string; message: string; context: string; requestId?: string });
    await until('a failure is told', () => lines().some(({ message }) => message.startsWith('experience 14: ')));
    const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'x-request-id': 'trace-7' };
    await fetch(`${url}/api/v1/sync/pause`, { method: 'POST', headers });
    await fetch(`${url}/api/v1/sync/status`, { headers });
    await fetch(`${url}/api/v1/sync/pause?key=${ADMIN_KEY}`, {
      method: 'POST',
      headers: { authorization: 'Bearer x' },
    });
    await until('it is told', () => lines().some(({ message }) => message.includes('/sync/pause')));
    server.kill('SIGTERM');
    await server.exit;
    const access = lines().filter(({ context }) => context === 'Http');
    expect(access).toMatchObject([{ level: 'log', requestId: 'trace-7' }]);
    expect(access[0]?.message).toMatch(/^POST \/api\/v1\/sync\/pause 200 \d+ ms by alice$/);
    const { stdout, stderr } = server.output();
    for (const secret of [SUPPLIER_KEY, ADMIN_KEY, new URL(database.url).password].filter((it) => it.length > 5)) {
      expect(stdout + stderr).not.toContain(secret);
    }
  });
});
