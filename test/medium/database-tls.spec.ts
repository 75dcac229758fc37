import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MigrationError } from '../../src/prisma/migration-error.js';
import { applyMigrations, defaultMigrationsFolder } from '../../src/prisma/migration-runner.js';
import { withSessionSettings } from '../../src/prisma/session-settings.js';
import { AUTHORITY, FOR_LOCALHOST } from '../fixtures/certificates.js';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { TlsFront } from '../setup/tls-front.js';

describe('a start on a database with TLS', () => {
  let database: TestDatabase;
  let front: TlsFront;
  let folder: string;
  let sslrootcert: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(path.join(tmpdir(), 'tls-'));
    sslrootcert = path.join(folder, 'ca.pem');
    await writeFile(sslrootcert, AUTHORITY);
  });
  afterEach(async () => {
    await front.close();
    jest.restoreAllMocks();
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await database.drop();
  });

  async function start(parameters: Readonly<Record<string, string>>): Promise<string[]> {
    front = new TlsFront(new URL(database.url), FOR_LOCALHOST);
    return applyMigrations(withSessionSettings(await front.listen(parameters)), defaultMigrationsFolder());
  }

  it('needs the file of its CA and nothing else, and the driver has nothing to warn of', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    expect(await start({ sslmode: 'require', sslrootcert })).toEqual([]);
    expect(warn).not.toHaveBeenCalled();
  });

  it('fails with what to set where its CA is unknown', async () => {
    await expect(start({ sslmode: 'require' })).rejects.toThrow(
      /^Cannot connect to PostgreSQL at 127\.0\.0\.1:\d+, database \w+: the server’s certificate is not from .* NODE_EXTRA_CA_CERTS$/,
    );
  });

  it('fails with the parameter that names a file that is not there', async () => {
    const failed = start({ sslmode: 'require', sslrootcert: path.join(folder, 'none.pem') });
    await expect(failed).rejects.toBeInstanceOf(MigrationError);
    await expect(failed).rejects.toThrow(
      /^Cannot connect to PostgreSQL: sslrootcert, .* names a file that cannot be read/,
    );
  });
});
