import pg from 'pg';
import { MigrationError } from './migration-error.js';

/** The most connections of one process: the client's pool, the pool of the reads, and the one that listens. */
const CONNECTIONS_OF_A_PROCESS = 10 + 4 + 1;
/** With fewer, a process would start and never be ready: one listens, one reads, and two are for the sync. */
const LEAST_CONNECTIONS = 4;
const TIMEOUT_MS = 5_000;

/** Limits and use of the connections of a PostgreSQL server. */
export interface ConnectionFacts {
  /** The limit for all but superusers. */
  readonly most: number;
  /** The limits of our role and our database; null: no limit. */
  readonly mostOfRole: number | null;
  readonly mostOfDatabase: number | null;
  /** The connections in use: all, our role's, our database's. */
  readonly used: number;
  readonly usedByRole: number;
  readonly usedInDatabase: number;
}

/** @returns advice if the server may lack connections for one more process; undefined: it has enough */
export function capacityWarning(facts: ConnectionFacts): string | undefined {
  const [least] = limitsOf(facts).sort((a, b) => a.free - b.free);
  if (!least || least.free >= CONNECTIONS_OF_A_PROCESS) return undefined;
  return (
    `${least.what} may have ${least.of} connections, of which ${Math.max(0, least.free)} are free, and a process of Slotmirror uses ` +
    `up to ${CONNECTIONS_OF_A_PROCESS}: under load, reads will wait or fail. Raise it (${least.change}), or start fewer processes.`
  );
}

/** @throws MigrationError if there are too few connections for a single process; the message says which limit to raise */
export function requireCapacity(facts: ConnectionFacts): void {
  const least = limitsOf(facts).find(({ of }) => of < LEAST_CONNECTIONS);
  if (!least) return;
  throw new MigrationError(
    `The database cannot be used: ${least.what} may have ${least.of} connections, and Slotmirror needs ${LEAST_CONNECTIONS} at least, ` +
      `${CONNECTIONS_OF_A_PROCESS} for each process are better. Raise it (${least.change}).`,
  );
}

function limitsOf(facts: ConnectionFacts) {
  return [
    { free: facts.most - facts.used, of: facts.most, what: 'the server (max_connections)', change: 'max_connections' },
    ...limitOf(facts.mostOfRole, facts.usedByRole, 'our role', 'ALTER ROLE … CONNECTION LIMIT'),
    ...limitOf(facts.mostOfDatabase, facts.usedInDatabase, 'the database', 'ALTER DATABASE … CONNECTION LIMIT'),
  ];
}

function limitOf(most: number | null, used: number, what: string, change: string) {
  return most === null ? [] : [{ free: most - used, of: most, what, change }];
}

/**
 * Reports at the start a lack of connections that would otherwise show only under load. If the server can't be reached, the
 * next step of the start reports that.
 * @throws MigrationError if there are too few for a single process
 */
export async function warnOfCapacity(connectionString: string, log: (line: string) => void): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const facts = await connectionFacts(client);
    requireCapacity(facts);
    const warning = capacityWarning(facts);
    if (warning !== undefined) log(warning);
  } catch (error) {
    if (error instanceof MigrationError) throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** How long a pooler may take to provide the connections of a process. */
const POOLER_TIMEOUT_MS = 3_000;

/**
 * The same for a pooler before the server. In session mode it needs one of its connections for each of ours. If it has too few,
 * the rest of ours wait until they fail as if the database were unreachable.
 */
export async function warnOfPoolerCapacity(connectionString: string, log: (line: string) => void): Promise<void> {
  const clients = Array.from({ length: CONNECTIONS_OF_A_PROCESS }, () => {
    const timeouts = { connectionTimeoutMillis: POOLER_TIMEOUT_MS, query_timeout: POOLER_TIMEOUT_MS };
    const client = new pg.Client({ connectionString, ...timeouts });
    return client.on('error', () => undefined);
  });
  const answered = await Promise.allSettled(
    clients.map((client) => client.connect().then(() => client.query('select'))),
  );
  await Promise.allSettled(clients.map((client) => client.end()));
  const served = answered.filter(({ status }) => status === 'fulfilled').length;
  if (served === CONNECTIONS_OF_A_PROCESS) return;
  log(
    `The pooler before the database serves ${served} connections at a time, and a process of Slotmirror uses up to ` +
      `${CONNECTIONS_OF_A_PROCESS}: under load, reads will wait or fail. Set pool_mode = transaction there, or raise default_pool_size.`,
  );
}

/** Reads the facts from the connected server. Connections of superusers do not count, because they have reserved ones. */
export async function connectionFacts(client: pg.Client): Promise<ConnectionFacts> {
  const { rows } = await client.query<ConnectionFacts>(`
    SELECT (SELECT sum(setting::int) FILTER (WHERE name = 'max_connections')
          - coalesce(sum(setting::int) FILTER (WHERE name <> 'max_connections'), 0)
        FROM pg_settings WHERE name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections'))::int AS most,
      (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user) AS "mostOfRole",
      (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database()) AS "mostOfDatabase",
      count(*)::int AS used, (count(*) FILTER (WHERE usename = current_user))::int AS "usedByRole",
      (count(*) FILTER (WHERE datname = current_database()))::int AS "usedInDatabase"
    FROM pg_stat_activity WHERE backend_type = 'client backend'`);
  const [facts] = rows;
  if (!facts) throw new Error('the server tells nothing of its connections');
  return facts;
}
