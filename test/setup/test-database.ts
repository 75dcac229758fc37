import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

const TEMPLATE = 'slotmirror_template';
const OBJECT_IN_USE = '55006';
const MOST_TRIES = 5;

/** A database of its own, migrated and empty, on the PostgreSQL of this test run. Without `fsync`, copied files cost least. */
export async function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(`template ${TEMPLATE} strategy file_copy`);
}

/** Without tables: for tests of what makes them. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template template0');
}

async function createDatabase(from: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await createRetrying(`create database ${name} ${from}`);
  const url = new URL(serverUrl());
  url.pathname = name;
  return { url: url.href, drop: () => query(`drop database if exists ${name} with (force)`) };
}

/** PostgreSQL itself waits five seconds for whoever is in the template before it gives up. */
async function createRetrying(sql: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await query(sql);
      return;
    } catch (error) {
      const busy = error instanceof pg.DatabaseError && error.code === OBJECT_IN_USE;
      if (!busy || tries === MOST_TRIES) throw error;
    }
  }
}

async function query(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function serverUrl(): string {
  const url = process.env['TEST_DATABASE_URL'];
  if (url === undefined) throw new Error('TEST_DATABASE_URL is not set: run the tests by `npm test`.');
  return url;
}
