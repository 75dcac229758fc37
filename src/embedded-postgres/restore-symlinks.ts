import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from './run-command.js';

/**
 * npm packages cannot hold symbolic links. The binaries' package makes those of its shared libraries in its install
 * script, which npm may have been told not to run.
 */
export async function restoreSymlinks(packageFolder: string): Promise<void> {
  if ((await missingLinks(packageFolder)).length === 0) return;
  await runCommand({ command: process.execPath, args: ['scripts/hydrate-symlinks.js'], cwd: packageFolder });
  const missing = await missingLinks(packageFolder);
  if (missing.length > 0) throw new Error(`symbolic links are missing: ${missing.join(', ')}`);
}

async function missingLinks(packageFolder: string): Promise<string[]> {
  const listed = await readFile(path.join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(listed) as readonly { readonly target: string }[];
  return links.map(({ target }) => target).filter((target) => !existsSync(path.join(packageFolder, target)));
}
