import pg from 'pg';
import { isDatabaseFailure } from './database-failure.js';
import { errorCode } from './error-text.js';
import { ReadBatches, type BatchStatement, type Placed } from './read-batches.js';
import { ReadDeadline } from './read-deadline.js';
import { CONNECTION_LIFE_SECONDS, isPooled, withSessionSettings } from './session-settings.js';

/** Statements at a time; the sync has connections of its own, so it goes on whatever readers do. */
const STATEMENTS_AT_ONCE = 4;
const KEYS_OF_A_STATEMENT = 32;

/** SQLSTATE, of the server, the role or the database. */
const TOO_MANY_CONNECTIONS = '53300';
const FULL_PAUSE_MS = 50;

type Connected = Parameters<pg.Pool['connect']>[0];

/** Connections to one database over which reads go. */
export class ReadPool {
  private readonly pool: pg.Pool;
  private readonly prepared: boolean;
  private readonly deadline: ReadDeadline;
  readonly batches: ReadBatches;

  /** @param timeoutMs how long a read may wait for a connection, and how long it may take */
  constructor(
    url: string,
    private readonly timeoutMs: number,
  ) {
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
      maxLifetimeSeconds: CONNECTION_LIFE_SECONDS,
      connectionTimeoutMillis: timeoutMs,
      application_name: 'slotmirror reads',
      ...(this.prepared ? { onConnect: planOnce } : {}),
    });
    // A connection that breaks is replaced at the next use; without listeners it would end the process.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Something else than a read of the mirror, now and then. */
  async query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>({ text, query_timeout: this.timeoutMs } as pg.QueryConfig);
    return rows;
  }

  private run({ name, text }: BatchStatement, columns: readonly (readonly unknown[])[]): Promise<Placed[]> {
    const query = { ...(this.prepared ? { name } : {}), text, values: [...columns] };
    return new Promise((resolve, reject) => {
      this.connect((error, client, release) => {
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

  /** Where the server has no connection left, one of ours is waited for: it is free in a moment. */
  private connect(done: Connected, tries = 1): void {
    this.pool.connect((error, client, release) => {
      const isFull = errorCode(error) === TOO_MANY_CONNECTIONS;
      if (!isFull || tries * FULL_PAUSE_MS >= this.timeoutMs) done(error, client, release);
      else setTimeout(() => this.connect(done, tries + 1), FULL_PAUSE_MS);
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
