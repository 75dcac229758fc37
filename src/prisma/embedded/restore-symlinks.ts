import { lstat, readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from './error-text.js';

interface Link {
  readonly source: string;
  readonly target: string;
}

function isLink(value: unknown): value is Link {
  return typeof value === 'object' && value !== null && 'source' in value && 'target' in value;
}

/**
 * npm packages cannot hold symbolic links, so the binaries' package lists those of its shared libraries in
 * `native/pg-symlinks.json` and makes them in its install script. npm may have been told not to run that one.
 */
export async function restoreSymlinks(packageFolder: string): Promise<void> {
  for (const { source, target } of await listedLinks(path.join(packageFolder, 'native', 'pg-symlinks.json'))) {
    const link = path.join(packageFolder, target);
    if (!(await exists(link))) await makeLink(path.relative(path.dirname(target), source), link);
  }
}

async function listedLinks(file: string): Promise<Link[]> {
  try {
    const parsed: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Array.isArray(parsed) ? parsed.filter(isLink) : [];
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []; // this platform's libraries need none
    throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

async function makeLink(source: string, link: string): Promise<void> {
  await symlink(source, link).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error; // another process that starts now made it
  });
}
