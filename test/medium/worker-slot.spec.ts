import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import cluster, { type Worker } from 'node:cluster';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WorkerSlot } from '../../src/cluster/worker-slot.js';
import { until } from '../setup/until.js';

const exec = fileURLToPath(new URL('../fixtures/worker.mjs', import.meta.url));

let dir: string;
let sound: string;
let lines: string[];
let failures: string[];
let slot: WorkerSlot;
let others: boolean;

beforeAll(() => {
  cluster.setupPrimary({ exec, execArgv: [] });
});

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'worker-slot-'));
  sound = join(dir, 'sound');
  await writeFile(sound, '');
  lines = [];
  failures = [];
  others = false;
  slot = slotFor();
});

afterEach(async () => {
  await slot.stop();
  await rm(dir, { recursive: true });
});

afterAll(() => {
  expect(workers()).toEqual([]);
});

function slotFor(env: Readonly<Record<string, string>> = {}, graceMs = 10_000): WorkerSlot {
  return new WorkerSlot({
    env: { SOUND: sound, ...env },
    graceMs,
    log: (line) => lines.push(line),
    othersServe: () => others,
    onHopeless: ({ message }) => failures.push(message),
  });
}

function workers(): Worker[] {
  return Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
}

/** Kills the one worker that there is, and tells its process id. */
function kill(): number | undefined {
  const [worker] = workers();
  worker?.process.kill('SIGKILL');
  return worker?.process.pid;
}

async function served(): Promise<void> {
  const [worker] = workers();
  await new Promise<void>((resolve) => worker?.once('listening', () => resolve()));
}

describe('the place of a worker', () => {
  it('is filled when the worker serves', async () => {
    expect(await slot.start()).toBeGreaterThan(0);
    expect(workers()).toHaveLength(1);
  });

  it('is not filled by one that ends before it serves, and then by no other', async () => {
    await rm(sound);
    await expect(slot.start()).rejects.toThrow('A process ended before it served (exit code 3), so all stop.');
    expect(workers()).toEqual([]);
    expect({ lines, failures }).toEqual({ lines: [], failures: [] });
  });

  it('is filled by another one at once when the worker is killed', async () => {
    await slot.start();
    const killed = kill();
    await until('it is replaced', () => workers().length === 1 && workers()[0]?.process.pid !== killed);
    expect(lines).toEqual([`process ${killed} ended (SIGKILL); another takes its place at once`]);
    await served();
  });

  it('is filled after a pause when that one is killed too', async () => {
    await slot.start();
    kill();
    await until('it is replaced', () => lines.length === 1 && workers().length === 1);
    await served();
    kill();
    await until('it is replaced again', () => lines.length === 2 && workers().length === 1);
    expect(lines[1]).toContain('another takes its place in 250 ms');
    await served();
  });

  it('is given up when one after the other ends before it serves', async () => {
    await slot.start();
    await rm(sound);
    kill();
    await until('it is given up', () => failures.length > 0);
    expect(failures).toEqual([
      'Slotmirror stops: 5 processes in a row ended before they served, the last with exit code 3.',
    ]);
    expect(lines.map((line) => line.replace(/^process \d+ /, ''))).toEqual([
      'ended (SIGKILL); another takes its place at once',
      ...[250, 500, 1_000, 2_000].map((ms) => `ended (exit code 3); another takes its place in ${ms} ms`),
    ]);
    expect(workers()).toEqual([]);
  });
});

describe('the place of a further worker', () => {
  it('is tried again and again while others serve, and filled as soon as it can be', async () => {
    others = true;
    await rm(sound);
    await slot.join();
    await until('five ended', () => lines.length === 5);
    expect(lines[4]).toMatch(/ended \(exit code 3\); another takes its place in 10000 ms/);
    expect({ failures, serves: slot.serves }).toEqual({ failures: [], serves: false });
    await writeFile(sound, '');
    await until('it serves', () => slot.serves);
  });

  it('is given up when no other serves either', async () => {
    await rm(sound);
    await slot.join();
    await until('it is given up', () => failures.length === 1);
  });
});

describe('a worker that is asked to end', () => {
  it('is waited for, and not replaced', async () => {
    await slot.start();
    await slot.stop();
    expect(workers()).toEqual([]);
    expect(lines).toEqual([]);
  });

  it('is killed when it does not', async () => {
    slot = slotFor({ DEAF: 'yes' }, 100);
    await slot.start();
    await slot.stop();
    expect(workers()).toEqual([]);
  });

  it('is not replaced either when its successor was still to come', async () => {
    await slot.start();
    kill();
    await until('its end is noticed', () => lines.length === 1);
    await slot.stop();
    expect(workers()).toEqual([]);
    await expect(slot.start()).rejects.toThrow('It was stopped before it had started.');
  });
});
