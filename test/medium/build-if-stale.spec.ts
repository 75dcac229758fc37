import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const SCRIPT = new URL('../../.config/stale.mjs', import.meta.url).href;
const { isStale, isClientStale } = (await import(SCRIPT)) as Record<
  'isStale' | 'isClientStale',
  (root: string) => boolean
>;

const BUILT = 1_800_000_000;
const BUILD = 'dist/console/page/main.js';

describe('what is built is stale', () => {
  let root: string;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'stale-'));
    for (const file of ['src/main.ts', 'src/sync/index.ts', 'tsconfig.json', 'prisma/schema.prisma'])
      await put(file, BUILT - 60);
    await put(BUILD, BUILT);
  });
  afterEach(() => rm(root, { recursive: true }));

  async function put(file: string, changedAt: number): Promise<void> {
    await mkdir(path.join(root, path.dirname(file)), { recursive: true });
    await writeFile(path.join(root, file), '');
    await utimes(path.join(root, file), changedAt, changedAt);
  }

  it('not while it is newer than every source', () => {
    expect(isStale(root)).toBe(false);
  });

  it.each(['src/sync/index.ts', 'src/console/page/new.css', 'tsconfig.json', 'prisma/schema.prisma'])(
    'when %s is newer',
    async (file) => {
      await put(file, BUILT + 1);
      expect(isStale(root)).toBe(true);
    },
  );

  it.each(['src/sync/sync.spec.ts', 'src/prisma/generated/client.ts', 'README.md'])(
    'not when %s is newer, which is not part of it',
    async (file) => {
      await put(file, BUILT + 1);
      expect(isStale(root)).toBe(false);
    },
  );

  it('when nothing was built, or the build failed halfway', async () => {
    await rm(path.join(root, BUILD));
    expect(isStale(root)).toBe(true);
  });

  it.each(['prisma/schema.prisma', 'node_modules/.package-lock.json'])(
    'as for the database client, when %s is newer than what was generated, or nothing was',
    async (file) => {
      const client = 'src/prisma/generated/client.ts';
      await put(client, BUILT);
      expect(isClientStale(root)).toBe(false);
      await put(file, BUILT + 1);
      expect(isClientStale(root)).toBe(true);
      await put(client, BUILT + 2);
      expect(isClientStale(root)).toBe(false);
      await rm(path.join(root, client));
      expect(isClientStale(root)).toBe(true);
    },
  );

  it('never where there are no sources, as in a container', async () => {
    await rm(path.join(root, 'src'), { recursive: true });
    await rm(path.join(root, 'dist'), { recursive: true });
    expect(isStale(root)).toBe(false);
  });
});
