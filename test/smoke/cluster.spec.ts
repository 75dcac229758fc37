import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { access, chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { SandboxSupplier } from '../../src/sandbox/index.js';
import { arrivalsByDay, mostWithin } from '../setup/arrivals.js';
import { connect } from '../setup/sql-client.js';
import { until } from '../setup/until.js';
import { startProcess, type ServerProcess } from './server-process.js';
import { answerOf, whileOthersStand, workersOf } from './workers.js';

const KEY = 'the-key-of-the-smoke-test';
const LATENCY_MS = 300;
const PER_MINUTE = 600;
const START_MS = 40_000;

let dir: string;
let sandbox: SandboxSupplier;
let supplierUrl: string;
let server: ServerProcess;
let url: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cluster-'));
  await chmod(dir, 0o755); // run by root, PostgreSQL is somebody else
  sandbox = new SandboxSupplier({ apiKey: KEY, requestsPerMinute: 1_000_000, speed: 0 });
  sandbox.addFault({ kind: 'latency', latencyMs: LATENCY_MS });
  supplierUrl = await sandbox.start();
});

afterAll(async () => {
  await sandbox.stop();
  await rm(dir, { recursive: true });
});

/** On the embedded database, unless another is named. */
function start(env: Readonly<Record<string, string>> = {}): ServerProcess {
  return startProcess(dir, {
    WEB_CONCURRENCY: '2',
    DATA_DIR: dir,
    SUPPLIER_URL: supplierUrl,
    TICKETE_API_KEY: KEY,
    SUPPLIER_REQUESTS_PER_MINUTE: String(PER_MINUTE),
    SUPPLIER_TIMEOUT: '2s',
    EXPERIENCES: '14,15,16,17,18',
    SYNC_TIERS: '61:24h',
    HOST: '127.0.0.1',
    PORT: '0',
    ...env,
  });
}

async function kill(started: ServerProcess): Promise<void> {
  started.kill('SIGKILL');
  await started.exit;
}

describe('two processes', () => {
  let client: pg.Client | undefined;

  beforeAll(async () => {
    server = start();
    url = await server.url;
  }, START_MS);
  afterAll(async () => {
    await client?.end();
    await kill(server);
  });

  it('serve on one port, on one embedded database, and tell so once', async () => {
    const { stdout, stderr } = server.output();
    expect(stdout.match(/serving on .*/g)).toEqual([`serving on ${url} from 2 processes`]);
    expect(stdout.match(/PostgreSQL started/g)).toHaveLength(1);
    expect(stderr).not.toContain('Error');
    expect(await workersOf(server.pid)).toHaveLength(2);
  });

  it('both answer, and both take the admin key that was made and told once', async () => {
    const keys = [...server.output().stdout.matchAll(/made an admin key, .*: (\S+)/g)].map(([, key]) => key ?? '');
    expect(keys).toHaveLength(1);
    const admin = { authorization: `Bearer ${keys[0]}` };
    for (const pid of await workersOf(server.pid)) {
      await whileOthersStand(server.pid, pid, async () => {
        expect(await answerOf(`${url}/health/ready`)).toBe(200);
        expect(await answerOf(`${url}/api/v1/sync/resume`, admin)).toBe(200);
      });
    }
  });

  it('both ask the supplier, within one budget, and for no day twice', async () => {
    const database = (client = await connect({ url: await embeddedUrl(server) }));
    const seen = new Set<string>();
    await until('both have claimed days', async () => {
      const { rows } = await database.query<{ by: string }>(
        'select distinct leased_by as by from day where leased_by is not null',
      );
      rows.forEach(({ by }) => seen.add(by));
      const pids = await workersOf(server.pid);
      return pids.every((pid) => [...seen].some((instance) => instance.includes(`:${pid}:`)));
    });
    await until('they have asked for long enough', () => sandbox.requests().length >= 50);
    const arrivals = sandbox.requests().map(({ at }) => at);
    // Paced over a little more than the minute: in five seconds a twelfth of the budget, and what may be sent at once.
    expect(mostWithin(5_000, arrivals)).toBeLessThanOrEqual(PER_MINUTE / 12 + 6);
    expect([...arrivalsByDay(sandbox.requests()).values()].filter(({ length }) => length > 1)).toEqual([]);
  });

  it('end by themselves when the process that started them is killed, and record what was in flight', async () => {
    server.kill('SIGKILL');
    await server.exit; // of all that write to its output
    const { rows } = (await client?.query(
      `select count(*) filter (where leased_until is not null)::int as leased,
              count(confirmed_at)::int as confirmed from day`,
    )) ?? { rows: [] };
    expect(rows).toEqual([{ leased: 0, confirmed: sandbox.requests().length }]);
  });
});

describe('the next two', () => {
  beforeAll(async () => {
    server = start();
    url = await server.url;
  }, START_MS);
  afterAll(() => kill(server));

  it('take over the database that was left running, and the key that was kept', () => {
    expect(server.output().stdout).toContain('PostgreSQL was still running and is taken over');
    expect(server.output().stdout).not.toContain('made an admin key');
  });

  it('are two again soon when one is killed, and answer all the time', async () => {
    const [killed, other] = await workersOf(server.pid);
    if (killed === undefined || other === undefined) throw new Error('there are not two workers');
    process.kill(killed, 'SIGKILL');
    await until('its end is noticed', () => server.output().stdout.includes(`process ${killed} ended (SIGKILL)`));
    expect(await answerOf(`${url}/health/ready`)).toBe(200);
    let now: number[] = [];
    await until('another has taken its place', async () => (now = await workersOf(server.pid)).length === 2);
    expect(now).toContain(other);
    expect(now).not.toContain(killed);
    const added = now.find((pid) => pid !== other) ?? 0;
    await whileOthersStand(server.pid, added, async () => {
      expect(await answerOf(`${url}/health/ready`)).toBe(200);
    });
  });

  it('end in order on SIGTERM, and the database last', async () => {
    const workers = await workersOf(server.pid);
    server.kill('SIGTERM');
    expect(await server.exit).toEqual({ code: null, signal: 'SIGTERM' });
    for (const pid of workers) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await expect(access(join(dir, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT');
    await expect(answerOf(`${url}/test`)).rejects.toThrow();
    // A worker that was stopped for a while may have lost a claim's connection meanwhile, and says so.
    expect(server.output().stderr).not.toMatch(/unhandled|uncaught|exception/i);
  });
});

describe('two processes that cannot serve', () => {
  it('are not started: the first one tells why, once, and all is put away', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const refused = start({ PORT: String(port) });
    try {
      expect(await refused.exit).toEqual({ code: 1, signal: null });
      expect(refused.output().stderr).toBe(
        `Port ${port} on 127.0.0.1 is in use: stop what listens there, or set PORT to another.\n` +
          'A process ended before it served (exit code 1), so all stop.\n',
      );
      await expect(access(join(dir, 'postgres', 'postmaster.pid'))).rejects.toThrow('ENOENT');
    } finally {
      other.close();
      await kill(refused);
    }
  });
});

/** The database that a server says it has started or taken over. */
async function embeddedUrl(started: ServerProcess): Promise<string> {
  const port = /PostgreSQL .* on 127\.0\.0\.1:(\d+)/.exec(started.output().stdout)?.[1] ?? '';
  const password = (await readFile(join(dir, 'postgres-password'), 'utf8')).trim();
  return `postgresql://slotmirror:${encodeURIComponent(password)}@127.0.0.1:${port}/slotmirror`;
}
