import type pg from 'pg';
import { MigrationError } from './migration-error.js';
import { withExplicitTls } from './tls-settings.js';

/** Names under which PostgreSQL knows UTC. */
const UTC = new Set([
  'UTC',
  'Etc/UTC',
  'UCT',
  'Etc/UCT',
  'GMT',
  'Etc/GMT',
  'Zulu',
  'Etc/Zulu',
  'Universal',
  'Etc/Universal',
]);

/**
 * The settings that our statements and the readers of their results depend on. The server, the database or the role may have
 * other values, so each connection sets these when it opens.
 */
const NEEDED = [
  { name: 'DateStyle', value: 'ISO', holds: (value: string) => value.startsWith('ISO') },
  // The Prisma client writes instants without an offset.
  { name: 'TimeZone', value: 'UTC', holds: (value: string) => UTC.has(value) },
  // With fewer digits, an instant in milliseconds would be rounded to minutes.
  { name: 'extra_float_digits', value: '1', holds: (value: string) => Number(value) >= 1 },
  { name: 'standard_conforming_strings', value: 'on', holds: (value: string) => value === 'on' },
  {
    name: 'default_transaction_isolation',
    value: 'read committed',
    holds: (value: string) => value === 'read committed',
  },
];

/**
 * Costs more than it saves on statements of a few milliseconds. PostgreSQL compiles what it estimates to be expensive: statements
 * on a large catalogue, and any scan of a table on connections that avoid scans (`read-pool.ts`). That took a second for each read.
 */
const WITHOUT_JIT = { name: 'jit', value: 'off' };

/**
 * No connection is kept for longer. A proxy or pooler may keep one to a demoted primary for ever, while new connections lead to
 * the new primary.
 */
export const CONNECTION_LIFE_SECONDS = 60;

const DEFAULT_SCHEMA = 'public';

/** Whether a pooler before the database may run each transaction on another connection. */
export function isPooled(url: string): boolean {
  return new URL(url).searchParams.get('pgbouncer') === 'true';
}

/** The schema of all tables: that of the URL (`?schema=`), as Prisma reads it. */
export function schemaOf(url: string): string {
  return new URL(url).searchParams.get('schema') ?? DEFAULT_SCHEMA;
}

/**
 * The URL with the needed settings as startup parameters, and with an explicit TLS mode. A pooler accepts no startup
 * parameters, so its connections are checked at the start.
 */
export function withSessionSettings(url: string): string {
  const explicit = withExplicitTls(url);
  if (isPooled(url)) return explicit;
  const pinned = new URL(explicit);
  const needed = [...NEEDED, WITHOUT_JIT, { name: 'search_path', value: quoted(schemaOf(url)) }];
  const options = needed.map(({ name, value }) => `-c ${name}=${value.replaceAll(/[\\ ]/g, String.raw`\$&`)}`);
  const given = pinned.searchParams.get('options');
  // If a setting is given twice, PostgreSQL uses the last one.
  pinned.searchParams.set('options', [...(given ? [given] : []), ...options].join(' '));
  return pinned.href;
}

/** @throws MigrationError if a setting is missing; the message says what to set */
export async function requireSessionSettings(client: pg.Client, schema: string): Promise<void> {
  const { rows } = await client.query<{ name: string; value: string }>(
    `select name, current_setting(name) as value from unnest($1::text[]) as name
     union all select 'schema', coalesce(current_schema(), 'none')
     union all select 'usage', has_schema_privilege(to_regnamespace($2)::oid, 'usage')::text`,
    [NEEDED.map(({ name }) => name), quoted(schema)],
  );
  if (rows.some(({ name, value }) => name === 'usage' && value === 'false')) {
    throw new MigrationError(
      `The role in DATABASE_URL may not use the schema ${schema}: GRANT USAGE ON SCHEMA ${quoted(schema)} to it.`,
    );
  }
  const expected = [...NEEDED, { name: 'schema', value: schema, holds: (value: string) => value === schema }];
  const wrong = expected.flatMap(({ name, value, holds }) => {
    const found = rows.find((row) => row.name === name)?.value ?? 'unknown';
    return holds(found) ? [] : [`${name} is "${found}" and must be "${value}"`];
  });
  if (wrong.length === 0) return;
  throw new MigrationError(
    `The database cannot be used as it is set: ${wrong.join('; ')}. ` +
      'Set that for the role (ALTER ROLE … SET …; the schema is the first of search_path), and end the connections that a pooler holds.',
  );
}

/** A quoted identifier, which keeps its case as in Prisma's statements. */
export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
