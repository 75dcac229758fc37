import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Written last: a build that failed halfway has not written it. */
const LAST_OUTPUT = 'dist/console/page/main.js';
const CLIENT = 'src/prisma/generated/client.ts';
/** Npm writes it whenever it installs. */
const INSTALLED = 'node_modules/.package-lock.json';
const FILES = ['package.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', 'prisma/schema.prisma'];
const NOT_BUILT = /\.spec\.ts$|^prisma\/generated\//;

/** Whether `root` has sources that are newer than what is built of them. A deployed copy has no sources. */
export function isStale(root) {
  if (!existsSync(path.join(root, 'src'))) return false;
  const built = changedAt(path.join(root, LAST_OUTPUT));
  return sourcesOf(root).some((file) => changedAt(file) > built);
}

/** Whether the database client is older than its schema or than the installed packages, which generate it. */
export function isClientStale(root) {
  const generated = changedAt(path.join(root, CLIENT));
  return ['prisma/schema.prisma', INSTALLED].some((name) => changedAt(path.join(root, name)) > generated);
}

function sourcesOf(root) {
  const src = path.join(root, 'src');
  const names = readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(src, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((name) => !NOT_BUILT.test(name));
  return [...names.map((name) => path.join(src, name)), ...FILES.map((name) => path.join(root, name))];
}

function changedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
