import pg from 'pg';
import { MigrationError } from './migration-error.js';
import { quoted } from './session-settings.js';

export interface LockWait {
  readonly milliseconds: number;
  readonly times: number;
}

/** The lock of `prisma migrate`, so that the two never run at the same time. */
const LOCK_KEY = 72_707_369;
const LOCK_NOT_AVAILABLE = '55P03';
/** How long a process waits for a lock before it logs the holder, and how often it does so before it gives up. */
export const LOCK_WAIT: LockWait = { milliseconds: 5_000, times: 4 };

/** How work at the start waits for locks. */
export interface LockWaitOptions {
  readonly wait: LockWait;
  /** The schema whose tables are needed. */
  readonly schema: string;
  /** Receives a line that names the holder of the lock. */
  readonly log: (line: string) => void;
}

/**
 * Runs `work` in a transaction without a statement timeout, but with a lock timeout. If another connection holds a lock for too
 * long, the transaction is rolled back and tried again.
 * @throws MigrationError if the other connection keeps the lock
 */
export async function inTransaction<T>(
  client: pg.Client,
  { wait, schema, log }: LockWaitOptions,
  work: () => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    await client.query('begin');
    try {
      await client.query(
        `set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;
         set local lock_timeout = ${wait.milliseconds}`,
      );
      const result = await work();
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      if (!isLockTimeout(error)) throw error;
    }
    const { what, holder } = await lockHolder(client, schema);
    if (tried >= wait.times) {
      const waited = `${(wait.milliseconds * wait.times) / 1_000} s`;
      throw new MigrationError(
        `The migrations could not begin: ${what} was held by ${holder} for ${waited}. ` +
          'If that is another process that migrates, start again when it is done. Otherwise end that connection.',
      );
    }
    log(`waits for ${what}, which is held by ${holder}`);
  }
}

/** Takes the migration lock until the end of the transaction. */
export async function takeMigrationLock(client: pg.Client): Promise<void> {
  await client.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
}

export function isLockTimeout(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE;
}

interface Holder {
  readonly pid: number;
  readonly application: string;
  readonly address: string | null;
  /** Null: it holds the migration lock. */
  readonly table: string | null;
}

/** The holder of the migration lock, or else of a lock on one of our tables: the strongest lock, and in a tie the oldest. */
async function lockHolder(client: pg.Client, schema: string): Promise<{ what: string; holder: string }> {
  const { rows } = await client.query<Holder>(
    `select pid, application_name as application, host(client_addr) as address, relname as table
       from pg_locks join pg_stat_activity using (pid) left join pg_class on pg_class.oid = relation and relkind = 'r'
      where granted and pid <> pg_backend_pid()
        and pg_locks.database = (select oid from pg_database where datname = current_database())
        and (locktype = 'advisory' and classid = 0 and objid = $1 or relnamespace = to_regnamespace($2))
      order by locktype = 'advisory' desc, mode = 'AccessExclusiveLock' desc, xact_start limit 1`,
    [LOCK_KEY, quoted(schema)],
  );
  const [holder] = rows;
  const what = !holder || holder.table === null ? 'the migration lock' : `a lock on the table ${holder.table}`;
  return { what, holder: holder ? holderText(holder) : 'a connection that is gone by now' };
}

function holderText({ pid, application, address }: Holder): string {
  return `the connection with process id ${pid}${application ? ` ("${application}")` : ''}${address ? ` from ${address}` : ''}`;
}
