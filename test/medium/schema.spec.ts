import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../setup/test-database.js';
import { readPrismaSchema } from './prisma-schema.js';

const MIGRATIONS = new URL('../../prisma/migrations/', import.meta.url);

/** Prisma's schema language has no words for these. */
const PARTIAL_INDEXES = [
  "experience: experience_product_idx(supplier, product, COALESCE(option, ''::text))",
  'experience: experience_paused_idx(paused_until) WHERE (paused_at IS NOT NULL)',
  'day: day_failing_idx(failed_at) WHERE (attempts > 0)',
  'day: day_oddities_idx(experience_id) WHERE (oddities IS NOT NULL)',
  'day: day_max_age_idx(supplier, claimable, confirmed_at) WHERE ((due_at IS NOT NULL) AND (attempts = 0) AND (empty_seen_at IS NULL))',
  'day: day_due_idx(supplier, claimable, due_at, experience_id) WHERE ((attempts = 0) AND (empty_seen_at IS NULL) AND (confirmed_at IS NOT NULL))',
  'day: day_retry_idx(supplier, claimable, due_at, experience_id) WHERE ((attempts > 0) OR (empty_seen_at IS NOT NULL))',
  'day: day_refresh_at_idx(supplier, claimable, interval_class, refresh_at) WHERE ((refresh_at IS NOT NULL) AND (attempts = 0) AND (empty_seen_at IS NULL))',
  'day: day_refresh_value_idx(supplier, claimable, refresh_value DESC) WHERE ((refresh_value IS NOT NULL) AND (attempts = 0) AND (empty_seen_at IS NULL))',
  'day: day_first_idx(supplier, claimable, refresh_value DESC) WHERE ((confirmed_at IS NULL) AND (refresh_value IS NOT NULL) AND (attempts = 0) AND (empty_seen_at IS NULL))',
  'day: day_hinted_idx(supplier, claimable, hinted_at) WHERE (hinted_at IS NOT NULL)',
  'day: day_stale_idx(supplier, stale_after) WHERE (due_at IS NOT NULL)',
  'day: day_over_idx(supplier, stale_after) WHERE ((due_at IS NULL) AND (stale_after IS NOT NULL))',
  'day: day_oldest_idx(supplier, date, confirmed_at) WHERE (due_at IS NOT NULL)',
  'day: day_requested_idx(supplier, claimable, requested_at) WHERE (requested_at IS NOT NULL)',
];
const CHECKS = [
  'change_feed: change_feed_one_row',
  'day: day_whole',
  'day_tally_epoch: day_tally_epoch_one_row',
  'schedule: schedule_one_row',
  'sync_control: sync_control_one_row',
];

/** They keep the counts of days and of experiences: a statement that changes them cannot forget the counts. */
const TRIGGERS = [
  'day_added',
  'day_changed',
  'day_deleted',
  'day_leased',
  'day_truncated',
  'experience_deleted',
  'experience_moved',
  'experience_paused',
  'experience_tallied',
  'experiences_added',
  'experiences_deleted',
  'experiences_truncated',
  'product_held',
  'product_held_or_released',
];
const FUNCTIONS = [
  ...['delete_days_of_experience', 'note_leased_day', 'tally_added_days', 'tally_changed_day', 'tally_deleted_days'],
  ...['tally_moved_experience', 'tally_truncated_days', 'tally_changed_experience'],
  ...['tally_experiences', 'tally_truncated_experiences'],
  ...['follow_held_product', 'follow_paused_experience', 'set_claimable_days'],
];

const schema = readPrismaSchema();
const tables = schema.filter(({ kind }) => kind === 'table');

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

async function lines(sql: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(sql);
  return rows.map(({ line }) => line).toSorted();
}

describe('the migrated database is what schema.prisma says', () => {
  it('has its tables and views, and no other', async () => {
    const found = await lines(`
      select case relkind when 'v' then 'view ' else 'table ' end || relname as line from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'p', 'f') and relname <> '_prisma_migrations'`);
    expect(found).toEqual(schema.map(({ kind, name }) => `${kind} ${name}`).toSorted());
  });

  it('has their columns, and no other: names, types, defaults, and which may be null', async () => {
    // Whether a view's column can be null is not known to PostgreSQL.
    const found = await lines(`
      select concat_ws(' ', c.relname || '.' || a.attname, format_type(a.atttypid, a.atttypmod),
        case when c.relkind = 'v' then null when a.attnotnull then 'not null' else 'null' end,
        case when a.attgenerated = '' then 'default ' || pg_get_expr(d.adbin, d.adrelid) end) as line
      from pg_attribute a join pg_class c on c.oid = a.attrelid
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v') and a.attnum > 0 and not a.attisdropped
        and c.relname <> '_prisma_migrations'`);
    const expected = schema.flatMap(({ kind, name, columns }) =>
      columns.map((column) =>
        [
          `${name}.${column.name} ${column.type}`,
          ...(kind === 'view' ? [] : [column.nullable ? 'null' : 'not null']),
          ...(column.default === null ? [] : [`default ${column.default}`]),
        ].join(' '),
      ),
    );
    expect(found).toEqual(expected.toSorted());
  });

  it('has their primary keys and foreign keys, and no other', async () => {
    const found = await lines(`
      select conrelid::regclass || ': ' || pg_get_constraintdef(oid) as line from pg_constraint
      where connamespace = 'public'::regnamespace and contype in ('p', 'f', 'u', 'x')
        and conrelid <> '_prisma_migrations'::regclass`);
    const expected = tables.flatMap(({ name, primaryKey, foreignKeys }) => [
      `${name}: PRIMARY KEY (${primaryKey.join(', ')})`,
      ...foreignKeys.map((key) => `${name}: ${foreignKeyText(key)}`),
    ]);
    expect(found).toEqual(expected.toSorted());
  });

  it('has their indexes, and no other but the partial ones that Prisma cannot express', async () => {
    const found = await lines(`
      select i.indrelid::regclass || ': ' || c.relname || substring(pg_get_indexdef(c.oid) from '\\(.*') as line
      from pg_index i join pg_class c on c.oid = i.indexrelid
      where c.relnamespace = 'public'::regnamespace and not i.indisprimary`);
    const expected = tables.flatMap(({ name, indexes }) => indexes.map((index) => `${name}: ${index}`));
    expect(found).toEqual([...expected, ...PARTIAL_INDEXES].toSorted());
  });

  it('checks what is named here, and has no other function, trigger or type of its own', async () => {
    const checks = await lines(`
      select conrelid::regclass || ': ' || conname as line from pg_constraint
      where connamespace = 'public'::regnamespace and contype = 'c'`);
    expect(checks).toEqual(CHECKS);
    const others = await lines(`
      select 'function ' || proname as line from pg_proc where pronamespace = 'public'::regnamespace
      union all select 'trigger ' || tgname from pg_trigger where not tgisinternal
      union all select 'type ' || typname from pg_type where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')`);
    const expected = [...FUNCTIONS.map((name) => `function ${name}`), ...TRIGGERS.map((name) => `trigger ${name}`)];
    expect(others).toEqual(expected.toSorted());
  });
});

describe('the migrations', () => {
  it('are recorded with the checksum of their file, so that Prisma agrees', async () => {
    const { rows } = await client.query<{ name: string; checksum: string }>(
      `select migration_name as name, checksum from _prisma_migrations
       where finished_at is not null and rolled_back_at is null order by migration_name`,
    );
    const folders = readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const expected = folders.map(({ name }) => {
      const file = readFileSync(new URL(`${name}/migration.sql`, MIGRATIONS));
      return { name, checksum: createHash('sha256').update(file).digest('hex') };
    });
    expect(rows).toEqual(expected.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
  });

  it('say above each index which query needs it', () => {
    for (const { name } of readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
      const sql = readFileSync(new URL(`${name}/migration.sql`, MIGRATIONS), 'utf8');
      const bare = [...sql.matchAll(/(?:^|\n)(.*)\n(CREATE (?:UNIQUE )?INDEX [^\n]*)/g)].filter(
        ([, above]) => !/^-- \w+.*: /.test(above ?? ''),
      );
      expect(bare.map(([, , index]) => index)).toEqual([]);
    }
  });

  it('leave the one row of the control behind', async () => {
    const { rows } = await client.query('select id, paused_at from sync_control');
    expect(rows).toEqual([{ id: 1, paused_at: null }]);
    await expect(client.query('insert into sync_control (id) values (2)')).rejects.toThrow('sync_control_one_row');
  });
});

describe('a day in the database', () => {
  it.each(['slots', 'confirmed_at', 'fingerprint', 'open_slots', 'changed_at'])(
    'has no document without %s, and no %s without a document',
    async (column) => {
      const whole = { slots: `'[]'`, confirmed_at: 'now()', fingerprint: `'f'`, open_slots: '0', changed_at: 'now()' };
      await client.query(
        `insert into experience (id, supplier, product) values (14, 'leap', '14') on conflict do nothing`,
      );
      const insert = (fields: readonly (readonly [string, string])[]) =>
        client.query(`insert into day (experience_id, supplier, date, ${fields.map(([name]) => name).join()})
          values (14, 'leap', '2026-03-02', ${fields.map(([, value]) => value).join()})`);
      const [others, only] = [true, false].map((keep) =>
        Object.entries(whole).filter(([name]) => (name !== column) === keep),
      );
      await expect(insert(others ?? [])).rejects.toThrow('day_whole');
      await expect(insert(only ?? [])).rejects.toThrow('day_whole');
    },
  );
});

function foreignKeyText(key: string): string {
  const [, own, table, theirs, onDelete] = /^\((.*)\) → (\w+)\((.*)\) on delete (\w+)$/.exec(key) ?? [];
  return `FOREIGN KEY (${own}) REFERENCES ${table}(${theirs}) ON UPDATE CASCADE ON DELETE ${onDelete?.toUpperCase()}`;
}
