import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../setup/test-app.js';
import { expectProblem } from './support/problem.js';
import { sendRaw } from './support/raw-http.js';

const LAST = '20261124150000_minutes';

describe('GET /health/ready', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const ready = () => sendRaw(app.url, '/health/ready');
  const isReady = async () => {
    const answer = await ready();
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({
      status: 'ok',
      details: { database: { status: 'up' }, migrations: { status: 'up' } },
    });
  };

  it('is 200 while the database answers and has what this version needs', isReady);

  it('is 503 and names what is missing while a migration is, and 200 again when it is back', async () => {
    await app.prisma.$executeRaw`UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = ${LAST}`;
    const { detail } = expectProblem(await ready(), 503, 'NOT_READY');
    expect(detail).toBe(
      `The database lacks ${LAST}. A restart brings it up to date, if it is the right one (DATABASE_URL).`,
    );
    await app.prisma.$executeRaw`UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = ${LAST}`;
    await isReady();
  });

  it('stays 200 beside a newer version, which has migrated the database already', async () => {
    await app.prisma.$executeRaw`
      INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at)
      VALUES ('newer', '', '29991231000000_newer', now())`;
    await isReady();
  });

  it('is 503 where another database has come to the same address', async () => {
    await app.prisma.$executeRaw`ALTER TABLE _prisma_migrations RENAME TO others`;
    const answer = await ready();
    await app.prisma.$executeRaw`ALTER TABLE others RENAME TO _prisma_migrations`;
    expect(expectProblem(answer, 503, 'NOT_READY').detail).toMatch(/^The database is not one of Slotmirror\./);
  });
});
