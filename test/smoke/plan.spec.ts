import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CapacityReport } from '../../src/sync/index.js';

const MAIN = fileURLToPath(new URL('../../dist/cli/plan/main.js', import.meta.url));

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'plan-'));
});

afterAll(() => rm(dir, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command as its own process, with nothing in its environment but what a test gives. */
async function plan(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: dir,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => (output[stream] += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, ...output };
}

async function report(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CapacityReport> {
  const { code, stdout, stderr } = await plan([...args, '--json'], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout) as CapacityReport;
}

describe('the built plan', () => {
  it('shows a table, without a key and without a database', async () => {
    const { code, stdout, stderr } = await plan(['--experiences', '450', '--budget', '30']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^450 experiences × 61 days, 30 requests a minute\n\ntier +days/);
    expect(stdout).toContain('all     27,450       83,700     no\n');
    expect(stdout).toMatch(/\n\nThe budget is insufficient: .*\nKeeping all takes 60 requests a minute, .*\n$/);
  });

  it('plans with the defaults', async () => {
    const defaults = { experiences: 2, requestsPerMinute: 30, neededPerDay: 372, feasible: true };
    expect(await report([])).toMatchObject(defaults);
  });

  it('plans with the environment, or with the options instead', async () => {
    const production = { EXPERIENCES: '1,2,3', SYNC_TIERS: '2:24h', NODE_ENV: 'production', DATABASE_URL: 'not used' };
    expect(await report([], production)).toMatchObject({ experiences: 3, neededPerDay: 6 });
    const options = ['--experiences', '450', '--tiers', '1:15m,7:4h,30:24h'];
    expect(await report(options, production)).toMatchObject({ neededPerDay: 69_750, requestsPerMinuteForAll: 50 });
  });

  it('reads .env', async () => {
    await writeFile(join(dir, '.env'), 'SUPPLIER_REQUESTS_PER_MINUTE=77\n');
    expect(await report([])).toMatchObject({ requestsPerMinute: 77 });
    await rm(join(dir, '.env'));
  });
});

describe('the built plan of one of several suppliers', () => {
  const FILE = {
    path: 'suppliers.json',
    text: JSON.stringify([
      { name: 'leap', api: 'leap', url: 'https://leap.example', key: '${LEAP_KEY}', experiences: [1, 2] },
      {
        ...{ name: 'ocean', api: 'octo', url: 'https://${OCEAN_HOST}', key: '${OCEAN_KEY}', requestsPerMinute: 65 },
        ...{ daysPerRequest: 30, tiers: '1:5m,61:1h' },
      },
    ]),
  };
  const ENV = { SUPPLIERS_FILE: FILE.path, OCEAN_HOST: 'ocean.example', NODE_ENV: 'production' };

  beforeAll(() => writeFile(join(dir, FILE.path), FILE.text));

  it('takes budget, tiers and dates a request from its entry, and needs no key', async () => {
    expect(await report(['--supplier', 'leap'], ENV)).toMatchObject({ experiences: 2, neededPerDay: 372 });
    const ocean = await report(['--supplier', 'ocean', '--experiences', '100'], ENV);
    expect(ocean).toMatchObject({ experiences: 100, requestsPerMinute: 65, neededPerDay: 100 * (288 + 2 * 24) });
    expect(ocean.tiers.map(({ maxAgeSeconds }) => maxAgeSeconds)).toEqual([300, 3_600]);
  });

  it('needs no supplier where how many and how often are given', async () => {
    const options = ['--experiences', '2', '--budget', '30'];
    expect(await report(options, { ...ENV, SYNC_TIERS: '61:24h' })).toMatchObject({ neededPerDay: 122 });
  });

  it.each([
    [[], 'SUPPLIERS_FILE lists several suppliers: say which with --supplier NAME, one of leap, ocean'],
    [['--supplier', 'sea'], '--supplier: "sea" is not configured; write one of leap, ocean'],
    [['--supplier', 'ocean'], 'The entry of ocean in SUPPLIERS_FILE lists none: say how many with --experiences N'],
  ])('says what is missing with %j', async (args, text) => {
    const { code, stderr } = await plan(args, ENV);
    expect(code).toBe(2);
    expect(stderr).toContain(text);
  });

  it('names what is wrong in the file', async () => {
    const { code, stderr } = await plan(['--supplier', 'ocean'], { ...ENV, SYNC_TIERS: '30:24h' });
    expect(code).toBe(1);
    expect(stderr).toContain('ocean.tiers: "1:5m,61:1h" ends with day 61, but');
    const none = await plan([], { SUPPLIERS_FILE: 'none.json' });
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('none.json can’t be read (ENOENT)')]);
  });
});

describe('wrong use of the plan', () => {
  it('ends with 2, a reason and the help', async () => {
    const { code, stdout, stderr } = await plan(['--color']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain("Unknown option '--color'");
    expect(stderr).toContain('npm run plan -- [options]');
  });

  it('names what is wrong in the environment', async () => {
    const { code, stderr } = await plan([], { SYNC_TIERS: 'often' });
    expect(code).toBe(1);
    expect(stderr).toContain('- SYNC_TIERS: "often" is not a tier');
  });

  it('includes planning for nothing', async () => {
    const { code, stderr } = await plan([], { EXPERIENCES: ',' });
    expect(code).toBe(2);
    expect(stderr).toContain('EXPERIENCES lists none: say how many with --experiences N');
  });
});
