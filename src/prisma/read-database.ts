import { Injectable, Logger } from '@nestjs/common';
import pg from 'pg';
import { DatabaseSettings } from '../config/index.js';
import { Clock } from '../time/index.js';
import { isDatabaseFailure } from './database-failure.js';
import { Database } from './database.js';
import { ReadBatches, type BatchStatement, type Key, type Placed } from './read-batches.js';
import { ReadDeadline } from './read-deadline.js';
import { isPooled, withSessionSettings } from './session-settings.js';
import { tlsFailureText } from './tls-failure.js';

/** Statements at a time; the sync has connections of its own, so it goes on whatever readers do. */
const STATEMENTS_AT_ONCE = 4;
const KEYS_OF_A_STATEMENT = 32;
/** How long a read may wait for a connection, and how long it may take. */
const TIMEOUT_MS = 5_000;
/** The same for a read replica: there is another way. */
const REPLICA_TIMEOUT_MS = 1_000;
/** How long a replica that failed is left alone. */
const REPLICA_REST_MS = 5_000;

/**
 * The way of the public reads to the database: prepared statements over connections of their own, each for all who wait for
 * the like of it. Not through the Prisma client: it plans each raw query anew and maps each value twice, which is more work
 * than the read itself.
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
    clock.onSet(() => (this.replicaAt = 0));
    this.primary = new Pool(database.url, TIMEOUT_MS);
    this.replica = settings.replicaUrl === undefined ? undefined : new Pool(settings.replicaUrl, REPLICA_TIMEOUT_MS);
  }

  get hasReplica(): boolean {
    return this.replica !== undefined;
  }

  /**
   * The row for the key, if there is one.
   * @param isCurrent whether what a read replica shows is not behind what is known already; else the primary is asked
   */
  async read<Row extends Placed>(
    statement: BatchStatement,
    key: Key,
    isCurrent: (row: Row | undefined) => boolean,
  ): Promise<Row | undefined> {
    const fromPrimary = () => this.primary.batches.read<Row>(statement, key);
    const { replica } = this;
    if (!replica || this.clock.now().getTime() < this.replicaAt) return fromPrimary();
    let shown: Row | undefined;
    try {
      shown = await replica.batches.read<Row>(statement, key);
    } catch (error) {
      if (isDatabaseFailure(error)) this.rest(error);
      const row = await fromPrimary();
      // What the primary cannot answer either is no fault of the replica.
      this.rest(error);
      return row;
    }
    return isCurrent(shown) ? shown : fromPrimary();
  }

  async close(): Promise<void> {
    await Promise.all([this.primary.end(), this.replica?.end()]);
  }

  /** Leaves the replica alone for a while; told once for all reads that waited for it. */
  private rest(error: unknown): void {
    const now = this.clock.now().getTime();
    if (now < this.replicaAt) return;
    this.replicaAt = now + REPLICA_REST_MS;
    this.logger.warn(
      `the read replica did not answer, the primary is asked for ${REPLICA_REST_MS / 1_000} s: ` +
        (tlsFailureText(error) ?? String(error)),
    );
  }
}

class Pool {
  private readonly pool: pg.Pool;
  private readonly prepared: boolean;
  private readonly deadline: ReadDeadline;
  readonly batches: ReadBatches;

  constructor(url: string, timeoutMs: number) {
    // Behind a pooler that gives each statement another connection, a name would be known to the wrong one.
    this.prepared = !isPooled(url);
    this.deadline = new ReadDeadline(timeoutMs);
    this.batches = new ReadBatches((statement, columns) => this.run(statement, columns), {
      atOnce: STATEMENTS_AT_ONCE,
      keys: KEYS_OF_A_STATEMENT,
      isOfAll: isDatabaseFailure,
    });
    this.pool = new pg.Pool({
      connectionString: withSessionSettings(url),
      max: STATEMENTS_AT_ONCE,
      connectionTimeoutMillis: timeoutMs,
      application_name: 'slotmirror reads',
      ...(this.prepared ? { onConnect: planOnce } : {}),
    });
    // A connection that breaks is replaced at the next use; without listeners it would end the process.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  private run({ name, text }: BatchStatement, columns: readonly (readonly unknown[])[]): Promise<Placed[]> {
    const query = { ...(this.prepared ? { name } : {}), text, values: [...columns] };
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
        client.query<Placed>(query, (error: Error | null, result) => {
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
 * The statements read by primary key: one plan serves all values, by index whatever there is in the tables when it is made.
 * Left to itself, PostgreSQL thinks the calendar's worth planning each time, which takes longer than reading it.
 */
function planOnce(client: pg.ClientBase): unknown {
  return client.query('SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off');
}
