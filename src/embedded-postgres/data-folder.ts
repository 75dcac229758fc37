import { randomBytes } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedPostgresError, USE_DATABASE_URL } from './embedded-postgres-error.js';
import { errorCode, errorText } from './error-text.js';

export interface DataFolder {
  readonly root: string;
  readonly cluster: string;
  readonly passwordFile: string;
  /** Names the holder to a second instance; the lock itself is in the database. */
  readonly pidFile: string;
}

/** What is being created carries this mark until it is complete and gets its name. */
const UNFINISHED = '.init-';

export async function openDataFolder(dir: string): Promise<DataFolder> {
  const root = path.resolve(dir);
  await mkdir(root, { recursive: true }).catch((error: unknown) => {
    throw cannotWrite(root, error);
  });
  return {
    root,
    cluster: path.join(root, 'postgres'),
    passwordFile: path.join(root, 'postgres-password'),
    pidFile: path.join(root, 'slotmirror.pid'),
  };
}

export function unfinishedName(file: string): string {
  return file + UNFINISHED + randomBytes(6).toString('hex');
}

/** Removes the leftovers of starts that were killed halfway. */
export async function removeUnfinished(folder: DataFolder): Promise<void> {
  for (const name of await readdir(folder.root)) {
    if (!/^postgres(-password)?\.init-/.test(name)) continue;
    // An initdb that outlived its killed parent may still be writing: what cannot be removed now goes next time.
    await rm(path.join(folder.root, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Creates the password of a new cluster, unless another instance that starts at the same time was faster. */
export async function createPassword(folder: DataFolder): Promise<void> {
  const unfinished = unfinishedName(folder.passwordFile);
  try {
    await writeFile(unfinished, randomBytes(24).toString('hex'), { mode: 0o600 });
    await link(unfinished, folder.passwordFile);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw cannotWrite(folder.root, error);
  } finally {
    await rm(unfinished, { force: true });
  }
}

export async function readPassword(folder: DataFolder): Promise<string> {
  try {
    return (await readFile(folder.passwordFile, 'utf8')).trim();
  } catch (error) {
    throw new EmbeddedPostgresError(
      `Cannot read the password of the database in ${folder.cluster} (${errorText(error)}). Restore ${folder.passwordFile}, ` +
        `or move both away to start with an empty database, or ${USE_DATABASE_URL}.`,
    );
  }
}

export function cannotWrite(root: string, error: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `Cannot create or write the data folder ${root} (${errorText(error)}): set DATA_DIR to a folder that can be written, ` +
      `or ${USE_DATABASE_URL}.`,
  );
}
