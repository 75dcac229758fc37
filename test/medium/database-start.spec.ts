import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase } from '../setup/test-database.js';
import { until } from '../setup/until.js';

const DATABASE = new URL('../../dist/prisma/database.js', import.meta.url).href;

/** Writes the URL of every module that is loaded to stderr. */
const HOOK = `export async function load(url, context, next) { process._rawDebug(url); return next(url, context); }`;

/** Opens the database as the built server does, and closes it unless a signal is to end it. */
const PROGRAM = `
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(HOOK)}));
  const { Database } = await import(${JSON.stringify(DATABASE)});
  const [dataDir, end, url] = process.argv.slice(1);
  const database = await Database.open({ url, dataDir }, () => undefined);
  console.log('open');
  if (end === 'close') await database.close();`;

describe('a process that opens the database', () => {
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'loading-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true, maxRetries: 5 }));

  function open(end: 'close' | 'signal', url?: string) {
    const args = ['--input-type=module', '--eval', PROGRAM, dir, end, ...(url === undefined ? [] : [url])];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const)
      child[stream].setEncoding('utf8').on('data', (text: string) => (output[stream] += text));
    const ended = once(child, 'close').then(([code, signal]: unknown[]) => ({ code, signal, ...output }));
    return { child, output, ended };
  }

  it('loads nothing of the embedded PostgreSQL when DATABASE_URL is set', async () => {
    const database = await createTestDatabase();
    const { ended, output } = open('close', database.url);
    expect(await ended).toMatchObject({ code: 0, stdout: 'open\n' });
    expect(output.stderr).toContain(DATABASE);
    expect(output.stderr).not.toMatch(/embedded/);
    await database.drop();
  });

  it('loads it otherwise', async () => {
    const { ended, output } = open('close');
    expect(await ended).toMatchObject({ code: 0, stdout: 'open\n' });
    expect(output.stderr).toContain('/dist/embedded-postgres/index.js');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('leaves no server behind when %s ends its start', async (signal) => {
    const { child, ended } = open('signal');
    const pidFile = path.join(dir, 'postgres', 'postmaster.pid');
    await until('the server starts', () => existsSync(pidFile), 60_000);
    child.kill(signal);
    expect(await ended).toMatchObject({ code: null, signal });
    expect(existsSync(pidFile)).toBe(false);
    // PostgreSQL writes this after it has removed the file.
    const log = path.join(dir, 'postgres', 'server.log');
    await until('it says so', async () => /database system is shut down\s*$/.test(await readFile(log, 'utf8')));
  });
});
