import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerSettings } from '../config/index.js';
import { AdminKeys } from './admin-keys.js';

let dir: string;
let told: string[];

beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'admin-key-')), 'not', 'made', 'yet');
  told = [];
});

afterEach(async () => {
  await rm(join(dir, '..', '..', '..'), { recursive: true });
});

function load(key?: string): Promise<AdminKeys> {
  const adminKeys = key === undefined ? [] : [{ name: 'admin', key }];
  const settings = { host: '', port: 0, production: false, dataDir: dir, adminKeys } as unknown as ServerSettings;
  return AdminKeys.load(settings, (line) => told.push(line));
}

function file(): string {
  return join(dir, 'admin-api-key');
}

describe('the configured admin key', () => {
  it('is used as it is: nothing is told, nothing kept', async () => {
    const key = await load('the-configured-key');
    expect(key.nameOf('the-configured-key')).toBe('admin');
    expect(told).toEqual([]);
    await expect(stat(dir)).rejects.toThrow('ENOENT');
  });

  it.each(['', 'the-configured-ke', 'the-configured-key ', 'The-configured-key', 'x'.repeat(10_000)])(
    'is not "%s"',
    (shown) => {
      expect(new AdminKeys([{ name: 'admin', key: 'the-configured-key' }]).nameOf(shown)).toBeUndefined();
    },
  );
});

describe('several keys', () => {
  it('tell by their names who showed one', () => {
    const keys = new AdminKeys([
      { name: 'alice', key: 'the-key-of-alice' },
      { name: 'bob', key: 'the-key-of-bob' },
    ]);
    expect(['the-key-of-alice', 'the-key-of-bob', 'the-key-of-eve'].map((key) => keys.nameOf(key))).toEqual([
      'alice',
      'bob',
      undefined,
    ]);
  });
});

describe('the generated admin key', () => {
  it('is made at the first start, told once, and kept for the owner alone', async () => {
    const key = await load();
    const kept = (await readFile(file(), 'utf8')).trim();
    expect(kept).toMatch(/^[\w-]{32}$/);
    expect(key.nameOf(kept)).toBe('admin');
    expect(told).toEqual([`made an admin key, shown only this once and kept in ${file()}: ${kept}`]);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it('stays the same at the next start, and is not told again', async () => {
    await load();
    const kept = await readFile(file(), 'utf8');
    told = [];
    const key = await load();
    expect(key.nameOf(kept.trim())).toBe('admin');
    expect(told).toEqual([]);
    expect(await readFile(file(), 'utf8')).toBe(kept);
  });

  it('differs from one installation to the next', async () => {
    await load();
    const first = await readFile(file(), 'utf8');
    await rm(file());
    await load();
    expect(await readFile(file(), 'utf8')).not.toBe(first);
  });

  it('is one and the same for all who start at once, and told by one of them', async () => {
    for (let round = 0; round < 20; round++) {
      const keys = await Promise.all(Array.from({ length: 20 }, () => load()));
      const kept = (await readFile(file(), 'utf8')).trim();
      expect(keys.filter((key) => key.nameOf(kept) === undefined)).toHaveLength(0);
      expect(told).toHaveLength(1);
      await rm(file());
      told = [];
    }
  });

  it('is never an empty one, where a start was killed before it had written it', async () => {
    await load();
    await writeFile(file(), '');
    const key = await load().catch(() => undefined);
    expect(key?.nameOf('')).toBeUndefined();
  });

  it('says what is in the way when the file cannot be made', async () => {
    await writeFile(join(dir, '..', '..', '..', 'not'), 'a file where a folder should be');
    await expect(load()).rejects.toThrow(/ENOTDIR|EEXIST/);
  });
});
