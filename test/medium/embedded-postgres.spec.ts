import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { watch } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import {
  EmbeddedPostgresError,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/embedded-postgres/index.js';
import { until } from '../setup/until.js';

const OWNER = `
  import { startEmbeddedPostgres } from ${JSON.stringify(fileURLToPath(new URL('../../dist/embedded-postgres/index.js', import.meta.url)))};
  process.once('message', async (dir) => {
    const server = await startEmbeddedPostgres({ dir, log: () => undefined, settings: { fsync: 'off' } })
      .catch((error) => { process.send({ error: error.message }); process.exit(); });
    process.once('message', () => server.stop().then(() => process.exit()));
    process.send({ url: server.url, adopted: server.adopted });
  });`;

interface Answer {
  readonly error?: string;
  readonly url?: string;
  readonly adopted?: boolean;
}

describe('startEmbeddedPostgres', () => {
  let prepared: string;
  let dir: string;
  let stops: (() => Promise<void>)[];
  let lines: string[];

  beforeAll(async () => {
    prepared = await mkdtemp(path.join(tmpdir(), 'embedded-prepared-'));
    const server = await startEmbeddedPostgres({ dir: prepared, log: () => undefined, settings: { fsync: 'off' } });
    await query(server.url, 'create table kept as select 42 as answer');
    await server.stop();
  });

  afterAll(async () => {
    await rm(prepared, { recursive: true });
  });

  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'embedded-'));
    stops = [];
    lines = [];
  });

  afterEach(async () => {
    for (const stop of stops.reverse()) await stop();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 }); // a killed start's initdb may still be writing
  });

  /** A folder that was started in before and has a table; makes a first start cheap where it is not the point. */
  async function usePrepared(): Promise<void> {
    const [code] = (await once(spawn('cp', ['-a', `${prepared}/.`, dir]), 'exit')) as [number];
    expect(code).toBe(0);
  }

  async function start(folder = dir, settings: Record<string, string> = {}): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({
      dir: folder,
      log: (line) => lines.push(line),
      settings: { fsync: 'off', ...settings },
    });
    stops.push(() => server.stop());
    return server;
  }

  function spawnOwner(): ChildProcess {
    const args = ['--input-type=module', '--eval', OWNER];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    stops.push(() => leave(child));
    return child;
  }

  async function leave(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    if (child.connected) child.send('stop');
    await exited;
  }

  async function kill(child: ChildProcess): Promise<void> {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  async function answerOf(child: ChildProcess): Promise<Answer> {
    const [answer] = (await once(child, 'message')) as [Answer];
    return answer;
  }

  async function startIn(child: ChildProcess): Promise<Answer> {
    child.send(dir);
    return answerOf(child);
  }

  async function query(url: string | undefined, sql: string): Promise<unknown[]> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(sql).finally(() => client.end());
    return rows;
  }

  it('starts an empty folder, or one that an interrupted first start left, and keeps the data over a stop', async () => {
    const half = path.join(dir, 'postgres.init-0123456789ab');
    await mkdir(half);
    await writeFile(path.join(half, 'PG_VERSION'), '18\n');
    const first = await start(dir, { work_mem: '5MB' });
    expect(first.adopted).toBe(false);
    expect(first.url).toMatch(/^postgresql:\/\/slotmirror:\w+@127\.0\.0\.1:\d+\/slotmirror$/);
    expect(
      await query(
        first.url,
        `select current_setting('server_encoding') as encoding, current_setting('work_mem') as memory,
                current_setting('shared_preload_libraries') as libraries`,
      ),
    ).toEqual([{ encoding: 'UTF8', memory: '5MB', libraries: 'pg_stat_statements' }]);
    expect((await readdir(dir)).sort()).toEqual(['postgres', 'postgres-password', 'slotmirror.pid']);
    await query(first.url, 'create table kept as select 42 as answer');
    await Promise.all([first.stop(), first.stop()]);
    await expect(query(first.url, 'select 1')).rejects.toThrow('ECONNREFUSED');

    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect((await stat(path.join(dir, 'postgres-password'))).mode & 0o777).toBe(0o600);
    await expect(query(second.url.replace(/:\w+@/, ':wrong@'), 'select 1')).rejects.toThrow('password');
  });

  it('takes over the server that a killed instance left running', async () => {
    await usePrepared();
    const owner = spawnOwner();
    const { url } = await startIn(owner);
    await kill(owner);

    const server = await start();
    expect(server).toMatchObject({ url, adopted: true });
    expect(await query(server.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await server.stop();
    await expect(query(url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('starts over the files that a killed server left', async () => {
    await usePrepared();
    const first = await start();
    const pidFile = await readFile(path.join(dir, 'postgres', 'postmaster.pid'), 'utf8');
    await first.stop();
    // Another process, which is no PostgreSQL, has the id of the killed server by now: this one.
    await writeFile(path.join(dir, 'postgres', 'postmaster.pid'), pidFile.replace(/^\d+/, String(process.pid)));

    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  /** As the kernel does when memory runs out. */
  async function killServer(): Promise<void> {
    const [pid] = (await readFile(path.join(dir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
    process.kill(Number(pid), 'SIGKILL');
  }
  const logged = (words: RegExp) => lines.filter((line) => words.test(line)).length;

  it('starts a server again that ended, under the same address', async () => {
    await usePrepared();
    const server = await start();
    await killServer();
    await until('it answers again', () =>
      query(server.url, 'select answer from kept').then(
        (rows) => rows.length === 1,
        () => false,
      ),
    );
    await until('it is logged', () => logged(/had stopped and was restarted/) === 1);
    // It is ours as before.
    await expect(startEmbeddedPostgres({ dir, log: () => undefined })).rejects.toThrow('already running');
    await server.stop();
    await expect(query(server.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('says once why a server that ended does not start, and starts it when the cause is gone', async () => {
    await usePrepared();
    const server = await start();
    const [version, moved] = ['PG_VERSION', 'PG_VERSION.moved'].map((name) => path.join(dir, 'postgres', name));
    await rename(version ?? '', moved ?? '');
    await killServer();
    await until('it is logged', () => logged(/is down and does not restart; retrying/) === 1);
    // It tries again after half a second, and after one more.
    await sleep(2_000);
    expect(logged(/is down and does not restart/)).toBe(1);
    await rename(moved ?? '', version ?? '');
    await until('it answers again', () =>
      query(server.url, 'select 1').then(
        () => true,
        () => false,
      ),
    );
    await until('it is logged', () => logged(/was restarted/) === 1);
  });

  it('ends while it tries in vain', async () => {
    await usePrepared();
    const server = await start();
    await rename(path.join(dir, 'postgres', 'PG_VERSION'), path.join(dir, 'moved'));
    await killServer();
    await until('it is logged', () => logged(/is down and does not restart/) === 1);
    const from = Date.now();
    await server.stop();
    expect(Date.now() - from).toBeLessThan(5_000);
  });

  it('refuses a second instance on the same folder and does not disturb the first', async () => {
    await usePrepared();
    const owner = spawnOwner();
    const { url } = await startIn(owner);
    const holder = `select pid from pg_locks where locktype = 'advisory' and granted`;
    // PostgreSQL drops all connections when one of its processes crashes: the instance must come back to its lock.
    await query(url, `select pg_terminate_backend(pid) from (${holder}) as holders`);
    while ((await query(url, holder)).length === 0);

    const second = start();
    await expect(second).rejects.toBeInstanceOf(EmbeddedPostgresError);
    await expect(second).rejects.toThrow(
      `Another Slotmirror is already running on ${dir} (pid ${owner.pid}); stop it or set DATA_DIR to another folder.`,
    );
    expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('lets one of two win that start on an empty folder at the same instant', async () => {
    const owners = [spawnOwner(), spawnOwner()];
    const answers = await Promise.all(owners.map((owner) => startIn(owner)));
    const refusals = answers.flatMap(({ error }) => error ?? []);
    expect(refusals).toHaveLength(1);
    for (const refusal of refusals)
      expect(refusal).toMatch(/^Another Slotmirror is already running on .* \(pid \d+\);/);
    const winner = answers.find(({ url }) => url !== undefined);
    expect(await query(winner?.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect((await readdir(dir)).sort()).toEqual(['postgres', 'postgres-password', 'slotmirror.pid']);
  });

  it('starts while its predecessor stops, and neither waits for the other in vain', async () => {
    await usePrepared();
    let server = await start();
    for (let round = 1; round <= 5; round += 1) {
      const [successor] = await Promise.all([start(), server.stop()]);
      server = successor;
    }
    expect(await query(server.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('heals after a kill in the middle of the first start', async () => {
    const owner = spawnOwner();
    const watcher = watch(dir);
    owner.send(dir);
    for await (const [, name] of on(watcher, 'change')) if (String(name).startsWith('postgres.init-')) break;
    watcher.close();
    await kill(owner);
    expect(await readdir(dir)).not.toContain('postgres');
    const server = await start();
    expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('says when the cluster is of another PostgreSQL', async () => {
    await mkdir(path.join(dir, 'postgres'));
    await writeFile(path.join(dir, 'postgres', 'PG_VERSION'), '12\n');
    await expect(start()).rejects.toThrow(
      /postgres was created by PostgreSQL 12, and PostgreSQL \d+, which is installed, cannot read it/,
    );
  });

  it('leaves alone what is no cluster', async () => {
    await mkdir(path.join(dir, 'postgres'));
    await writeFile(path.join(dir, 'postgres', 'thesis.txt'), 'years of work');
    await expect(start()).rejects.toThrow('postgres is in the way: it is neither empty nor a PostgreSQL cluster');
    expect(await readdir(path.join(dir, 'postgres'))).toEqual(['thesis.txt']);
  });

  it('says when the password is gone, or not the right one', async () => {
    await usePrepared();
    const password = await readFile(path.join(dir, 'postgres-password'), 'utf8');
    await writeFile(path.join(dir, 'postgres-password'), 'guess');
    await expect(start()).rejects.toThrow('postgres-password is not that of the database in');
    await rm(path.join(dir, 'postgres-password'));
    await expect(start()).rejects.toThrow('Cannot read the password of the database in');
    await writeFile(path.join(dir, 'postgres-password'), password);
    await start();
  });

  it('shows the end of the log when PostgreSQL does not start', async () => {
    await usePrepared();
    await expect(start(dir, { shared_buffers: 'plenty' })).rejects.toThrow(
      /PostgreSQL did not start[^]*invalid value for parameter "shared_buffers": "plenty"/,
    );
  });

  it('says when the data folder cannot be made', async () => {
    await writeFile(path.join(dir, 'file'), '');
    await expect(start(path.join(dir, 'file', 'data'))).rejects.toThrow(
      'set DATA_DIR to a folder that can be written, or set DATABASE_URL',
    );
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;

  asRoot('runs for root as another user, below a folder that is closed to others or open', async () => {
    await chmod(dir, 0o700);
    const folder = path.join(dir, 'deeper', 'data');
    const first = await start(folder);
    await query(first.url, 'create table kept as select 42 as answer');
    await first.stop();
    expect((await stat(path.join(folder, 'postgres'))).uid).not.toBe(0);
    await chmod(dir, 0o755);
    const second = await start(folder);
    expect(await query(second.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  });
});
