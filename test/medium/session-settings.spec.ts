import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import request from 'supertest';
import { Database, PrismaService } from '../../src/prisma/index.js';
import { applyMigrations, defaultMigrationsFolder } from '../../src/prisma/migration-runner.js';
import { startTestApp } from '../setup/test-app.js';
import { createEmptyDatabase, type TestDatabase } from '../setup/test-database.js';

/** What a server, a database or a role may have been given for good reasons of somebody else. */
const SETTINGS = [
  `DateStyle = 'SQL, DMY'`,
  `default_transaction_isolation = 'serializable'`,
  'standard_conforming_strings = off',
  'search_path = elsewhere, public',
  `TimeZone = 'Pacific/Apia'`,
  'extra_float_digits = -15',
  'quote_all_identifiers = on',
  `IntervalStyle = 'sql_standard'`,
  `bytea_output = 'escape'`,
  'jit = on',
  'jit_above_cost = 0',
];

describe('a database whose sessions have other settings', () => {
  let database: TestDatabase;
  let admin: pg.Client;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    admin = new pg.Client({ connectionString: database.url });
    await admin.connect();
    await admin.query('create schema elsewhere');
  });
  afterEach(async () => {
    await admin.end();
    await database.drop();
  });

  async function set(...settings: string[]): Promise<void> {
    const name = new URL(database.url).pathname.slice(1);
    for (const setting of settings) await admin.query(`alter database ${name} set ${setting}`);
  }

  async function tablesOf(schema: string): Promise<number> {
    const { rows } = await admin.query<{ count: number }>(
      'select count(*)::int as count from pg_tables where schemaname = $1',
      [schema],
    );
    return rows[0]?.count ?? 0;
  }

  /** Migrates, syncs and reads as on any database. */
  async function serves(url: string, read: (appUrl: string) => Promise<void>): Promise<void> {
    const opened = await Database.open({ url, replicaUrl: undefined, dataDir: '' }, () => undefined);
    const app = await startTestApp({
      database: { url, drop: () => Promise.resolve() },
      env: { EXPERIENCES: '14,15', SYNC_TIERS: '1:15m,3:4h' },
    });
    try {
      await app.syncUntilIdle();
      await read(app.url);
    } finally {
      await app.close();
      await opened.close();
    }
  }

  async function readsWell(appUrl: string): Promise<void> {
    const dates = await request(appUrl).get('/api/v1/experience/14/dates');
    expect(dates.status).toBe(200);
    const { unknown, asOf } = dates.body as { unknown: string[]; asOf: string };
    expect(unknown).toEqual([]);
    expect(asOf).toMatch(/^2026-03-02T04:00:0\d\.\d{3}Z$/);
    const slots = await request(appUrl).get(`/api/v1/experience/14/slots?date=${asOf.slice(0, 10)}`);
    expect(slots.status).toBe(200);
    JSON.parse(slots.text);
    const status = await request(appUrl).get('/api/v1/sync/status');
    expect((status.body as { state: string }).state).toBe('running');
  }

  it('serves and syncs all the same', async () => {
    await set(...SETTINGS);
    await serves(database.url, readsWell);
    expect(await tablesOf('elsewhere')).toBe(0);
  });

  it('compiles no statement, which would take longer than it runs', async () => {
    await set('jit = on');
    const opened = await Database.open({ url: database.url, replicaUrl: undefined, dataDir: '' }, () => undefined);
    const prisma = new PrismaService(opened);
    expect(await prisma.$queryRaw`SELECT current_setting('jit') AS jit`).toEqual([{ jit: 'off' }]);
    await prisma.$disconnect();
    await opened.close();
  });

  it('has all tables in the schema of its URL', async () => {
    const url = new URL(database.url);
    url.searchParams.set('schema', 'Tours 2');
    await serves(url.href, readsWell);
    expect(await tablesOf('public')).toBe(0);
    expect(await tablesOf('Tours 2')).toBeGreaterThan(10);
  });

  it('is refused in one sentence where a pooler lets no settings through', async () => {
    await set(`DateStyle = 'SQL, DMY'`, 'search_path = elsewhere');
    const url = new URL(database.url);
    url.searchParams.set('pgbouncer', 'true');
    await expect(applyMigrations(url.href, defaultMigrationsFolder())).rejects.toThrow(
      'The database cannot be used as it is set: DateStyle is "SQL, DMY" and must be "ISO"; schema is "elsewhere" and must be "public".',
    );
    expect(await tablesOf('elsewhere')).toBe(0);
  });
});
