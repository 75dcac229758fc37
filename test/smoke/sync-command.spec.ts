import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SandboxSupplier } from '../../src/sandbox/index.js';
import type { BackfillProgress } from '../../src/sync/index.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';

const MAIN = fileURLToPath(new URL('../../dist/cli/backfill/main.js', import.meta.url));
const KEY = 'the-supplier-key-of-the-tests';

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('the built backfill command', () => {
  let dir: string;
  let database: TestDatabase;
  let sandbox: SandboxSupplier;
  let sandboxUrl: string;

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'backfill-'));
    sandbox = new SandboxSupplier({ apiKey: KEY, requestsPerMinute: 1_000_000, speed: 0 });
    sandboxUrl = await sandbox.start();
  });
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());
  afterAll(async () => {
    await sandbox.stop();
    await rm(dir, { recursive: true });
  });

  /** Its own process, with nothing in its environment but what a test gives. */
  const begin = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const child: ChildProcess = spawn(process.execPath, [MAIN, ...args], {
      cwd: dir,
      env: {
        ...{ PATH: process.env['PATH'], DATABASE_URL: database.url, SUPPLIER_URL: sandboxUrl, TICKETE_API_KEY: KEY },
        ...{ SUPPLIER_REQUESTS_PER_MINUTE: '60000', EXPERIENCES: '14,15', SYNC_TIERS: '10:24h', ...env },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream]?.setEncoding('utf8').on('data', (text: string) => (output[stream] += text));
    const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...output })));
    return { child, output, ended };
  };
  const backfill = (args: readonly string[], env: Readonly<Record<string, string>> = {}) => begin(args, env).ended;

  it('fetches stale days, shows its progress in plain lines, and has nothing to do the next time', async () => {
    const first = await backfill(['--days', '5', '--experience', '14']);
    expect({ code: first.code, stdout: first.stdout }).toEqual({ code: 0, stdout: 'Done: 5 of 5 days, 5 changed.\n' });
    expect(first.stderr).toMatch(/^0 of 5 days, 0 changed\n(\d of 5 days, \d changed\n)*$/);
    const second = await backfill(['--days', '5', '--experience', '14']);
    expect(second).toEqual({ code: 0, stdout: expect.stringContaining('Nothing to do'), stderr: '' });
    const rest = await backfill(['--json']);
    expect(rest.code).toBe(0);
    expect(rest.stdout.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(rest.stdout)).toMatchObject({ state: 'done', days: 15, confirmed: 15, failed: 0, left: 0 });
  });

  it('ends with 1 when days failed, and says why', async () => {
    sandbox.addFault({ kind: 'status', status: 500, experienceId: 15 });
    const { code, stdout, stderr } = await backfill(['--days', '2', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'incomplete', days: 4, confirmed: 2, failed: 2 });
    expect(stderr).toContain('experience 15: supplier_error: the supplier answered 500');
    sandbox.clearFaults();
  });

  it('ends with 2, a reason and the help when it is called wrongly', async () => {
    const { code, stdout, stderr } = await backfill(['--experience', '99']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('--experience: 99 is not mirrored');
    expect(stderr).toContain('npm run sync -- [options]');
  });

  it('names what is wrong in the settings', async () => {
    const { code, stderr } = await backfill([], { SYNC_TIERS: 'often' });
    expect(code).toBe(1);
    expect(stderr).toContain('- SYNC_TIERS: "often" is not a tier');
  });

  it('ends in order when it is stopped, and reports how far it got', async () => {
    const { child, output, ended } = begin(['--json'], { SUPPLIER_REQUESTS_PER_MINUTE: '60' });
    const before = sandbox.requests().length;
    await until('it asks', () => sandbox.requests().length > before, 60_000);
    child.kill('SIGINT');
    const { code } = await ended;
    const report = JSON.parse(output.stdout) as BackfillProgress;
    expect([code, report.state]).toEqual([1, 'stopped']);
    expect(report.confirmed).toBeGreaterThan(0);
    expect(report.left).toBeGreaterThan(0);
  });
});
