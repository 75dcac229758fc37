import pg from 'pg';
import { errorText } from './embedded/error-text.js';
import { MigrationError } from './migration-error.js';

export interface LockWait {
  readonly milliseconds: number;
  readonly times: number;
}

/** The lock that `prisma migrate` takes too, so that the two never work at the same time. */
const LOCK_KEY = 72_707_369;
const LOCK_NOT_AVAILABLE = '55P03';
/** How long a process waits for the lock before it says who holds it, and how often it does so before it gives up. */
export const LOCK_WAIT: LockWait = { milliseconds: 5_000, times: 4 };

/** Begins a transaction that holds the lock, without a limit to what its statements may take. */
export async function takeMigrationLock(
  client: pg.Client,
  { milliseconds, times }: LockWait,
  log: (line: string) => void,
): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    await client.query('begin');
    try {
      await client.query(
        `set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;
         set local lock_timeout = ${milliseconds}`,
      );
      await client.query('select pg_advisory_xact_lock($1)', [LOCK_KEY]);
      await client.query('set local lock_timeout = 0');
      return;
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      if (!(error instanceof pg.DatabaseError) || error.code !== LOCK_NOT_AVAILABLE) {
        throw new MigrationError(`Cannot take the migration lock: ${errorText(error)}`);
      }
    }
    const holder = await lockHolder(client);
    if (tried >= times) {
      const waited = `${(milliseconds * times) / 1_000} s`;
      throw new MigrationError(
        `The migrations could not begin: the migration lock was held by ${holder} for ${waited}. ` +
          'If that is another process that migrates, start again when it is done. Otherwise end that connection.',
      );
    }
    log(`waits for the migration lock, which is held by ${holder}`);
  }
}

/** Whose transaction or connection has the lock, as far as the role may see. */
async function lockHolder(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ pid: number; application: string; address: string | null }>(
    `select pid, application_name as application, host(client_addr) as address
       from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and granted and classid = 0 and objid = $1
        and pg_locks.database = (select oid from pg_database where datname = current_database())`,
    [LOCK_KEY],
  );
  const [holder] = rows;
  if (!holder) return 'a connection that is gone by now';
  const application = holder.application ? ` ("${holder.application}")` : '';
  return `the connection with process id ${holder.pid}${application}${holder.address ? ` from ${holder.address}` : ''}`;
}
