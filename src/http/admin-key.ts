import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerSettings } from '../config/index.js';

/** The key that admins show. */
export class AdminKey {
  private readonly digest: Buffer;

  constructor(key: string) {
    this.digest = digestOf(key);
  }

  /** In constant time, whatever the length of what was shown. */
  matches(shown: string): boolean {
    return timingSafeEqual(digestOf(shown), this.digest);
  }

  /**
   * The configured key; outside of production otherwise one that is made at the first start, kept in the data folder and
   * told once. (In production the settings do not pass without one.)
   */
  static async load(settings: ServerSettings, tell: (line: string) => void): Promise<AdminKey> {
    if (settings.adminApiKey !== undefined) return new AdminKey(settings.adminApiKey);
    const file = join(settings.dataDir, 'admin-api-key');
    await mkdir(settings.dataDir, { recursive: true });
    const made = randomBytes(24).toString('base64url');
    try {
      await writeFile(file, `${made}\n`, { mode: 0o600, flag: 'wx' });
      tell(`made an admin key, told this once and kept in ${file}: ${made}`);
      return new AdminKey(made);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return new AdminKey((await readFile(file, 'utf8')).trim());
    }
  }
}

function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
