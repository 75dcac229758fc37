import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SOLE_ADMIN, type NamedKey, type ServerSettings } from '../config/index.js';
import { digested, keyOwner, type DigestedKey } from './key-owner.js';

/** The keys that admins show, each with the name of who has it. */
export class AdminKeys {
  private readonly keys: readonly DigestedKey[];

  constructor(keys: readonly NamedKey[]) {
    this.keys = digested(keys);
  }

  /** Whose key it is; undefined: nobody's. */
  nameOf(shown: string): string | undefined {
    return keyOwner(shown, this.keys);
  }

  /**
   * The configured keys; outside of production otherwise one that is made at the first start, kept in the data folder and
   * told once. (In production the settings do not pass without one.)
   */
  static async load(settings: ServerSettings, log: (line: string) => void): Promise<AdminKeys> {
    if (settings.adminKeys.length > 0) return new AdminKeys(settings.adminKeys);
    const file = join(settings.dataDir, 'admin-api-key');
    await mkdir(settings.dataDir, { recursive: true });
    const kept = await readKey(file);
    if (kept !== undefined) return soleKey(kept);
    const made = randomBytes(24).toString('base64url');
    if (await keepKey(file, made)) {
      log(`made an admin key, shown only this once and kept in ${file}: ${made}`);
      return soleKey(made);
    }
    return AdminKeys.load(settings, log);
  }
}

function soleKey(key: string): AdminKeys {
  return new AdminKeys([{ name: SOLE_ADMIN, key }]);
}

/** Undefined when there is none, or only the empty file of a start that was cut off. */
async function readKey(file: string): Promise<string | undefined> {
  try {
    const key = (await readFile(file, 'utf8')).trim();
    if (key !== '') return key;
    await rm(file, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return undefined;
}

/** The file appears whole or not at all. @returns false when another start was first */
async function keepKey(file: string, key: string): Promise<boolean> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${key}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    await rm(draft, { force: true });
  }
}
