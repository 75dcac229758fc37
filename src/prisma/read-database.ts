import { Injectable, Logger } from '@nestjs/common';
import pg from 'pg';
import { DatabaseSettings } from '../config/index.js';
import { Clock } from '../time/index.js';
import { isDatabaseFailure } from './database-failure.js';
import { Database } from './database.js';
import { ReadDeadline } from './read-deadline.js';

/** A statement that is planned once per connection, by its name. `$1`, `$2`, … stand for its values. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** Reads at the database at a time; the sync has connections of its own, so it goes on whatever readers do. */
export const READS_AT_ONCE = 8;
/** How long a read may wait for a connection, and how long it may take. */
const TIMEOUT_MS = 5_000;
/** The same for a read replica: there is another way. */
const REPLICA_TIMEOUT_MS = 1_000;
/** How long a replica that failed is left alone. */
const REPLICA_REST_MS = 5_000;

/**
 * The way of the public reads to the database: prepared statements over connections of their own. Not through the Prisma
 * client: it plans each raw query anew and maps each value twice, which is more work than the read itself.
 */
@Injectable()
export class ReadDatabase {
  private readonly logger = new Logger('Database');
  private readonly primary: Pool;
  private readonly replica: Pool | undefined;
  private replicaAt = 0;

  constructor(
    database: Database,
    settings: DatabaseSettings,
    private readonly clock: Clock,
  ) {
    this.primary = new Pool(database.url, TIMEOUT_MS);
    this.replica = settings.replicaUrl === undefined ? undefined : new Pool(settings.replicaUrl, REPLICA_TIMEOUT_MS);
  }

  get hasReplica(): boolean {
    return this.replica !== undefined;
  }

  /** @param isCurrent whether what a read replica shows is not behind what is known already; else the primary is asked */
  async query<Row extends object>(
    statement: PreparedStatement,
    values: readonly unknown[],
    isCurrent: (rows: Row[]) => boolean,
  ): Promise<Row[]> {
    const rows = await this.fromReplica<Row>(statement, values);
    return rows && isCurrent(rows) ? rows : this.primary.query<Row>(statement, values);
  }

  async close(): Promise<void> {
    await Promise.all([this.primary.end(), this.replica?.end()]);
  }

  /** Undefined: there is none, or it is out of reach. */
  private async fromReplica<Row extends object>(
    statement: PreparedStatement,
    values: readonly unknown[],
  ): Promise<Row[] | undefined> {
    const now = this.clock.now().getTime();
    if (!this.replica || now < this.replicaAt) return undefined;
    try {
      return await this.replica.query<Row>(statement, values);
    } catch (error) {
      if (!isDatabaseFailure(error)) throw error;
      this.replicaAt = now + REPLICA_REST_MS;
      this.logger.warn(`the read replica is out of reach, the primary is asked: ${String(error)}`);
      return undefined;
    }
  }
}

class Pool {
  private readonly pool: pg.Pool;
  private readonly prepared: boolean;
  private readonly deadline: ReadDeadline;

  constructor(url: string, timeoutMs: number) {
    // Behind a pooler that gives each statement another connection, a name would be known to the wrong one.
    this.prepared = new URL(url).searchParams.get('pgbouncer') !== 'true';
    this.deadline = new ReadDeadline(timeoutMs);
    this.pool = new pg.Pool({
      connectionString: url,
      max: READS_AT_ONCE,
      connectionTimeoutMillis: timeoutMs,
      application_name: 'slotmirror reads',
      ...(this.prepared ? { onConnect: planOnce } : {}),
    });
    // A connection that breaks is replaced at the next use; without listeners it would end the process.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  query<Row extends object>({ name, text }: PreparedStatement, values: readonly unknown[]): Promise<Row[]> {
    const query = { ...(this.prepared ? { name } : {}), text, values: [...values] };
    return new Promise((resolve, reject) => {
      this.pool.connect((error, client, release) => {
        if (!client) {
          reject(error ?? new Error('no connection'));
          return;
        }
        // Whatever fails, the connection with it: nobody knows what it would answer next.
        const fail = (error: Error) => {
          release(error);
          reject(error);
        };
        const ends = this.deadline.begin(() => {
          fail(new Error('Query read timeout'));
        });
        client.query<Row>(query, (error: Error | null, result) => {
          if (!ends()) return;
          if (error) {
            fail(error);
            return;
          }
          release();
          resolve(result.rows);
        });
      });
    });
  }

  async end(): Promise<void> {
    this.deadline.stop();
    await this.pool.end();
  }
}

/**
 * The statements read by primary key: one plan serves all values. Left to itself, PostgreSQL thinks the calendar's worth
 * planning each time, which takes longer than reading it.
 */
function planOnce(client: pg.ClientBase): unknown {
  return client.query('SET plan_cache_mode = force_generic_plan');
}
