import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isDatabaseFailure } from './database-failure.js';
import { errorCode } from './error-text.js';
import { ReadBatches, type BatchStatement, type Placed } from './read-batches.js';
import { CONNECTION_LIFE_SECONDS, isPooled, withSessionSettings } from './session-settings.js';

/** Statements at a time; the sync has connections of its own, so it goes on whatever readers do. */
const STATEMENTS_AT_ONCE = 4;
const KEYS_OF_A_STATEMENT = 32;

/** SQLSTATE, of the server, the role or the database. */
const TOO_MANY_CONNECTIONS = '53300';
const FULL_PAUSE_MS = 50;

/** Connections to one database over which reads go. */
export class ReadPool {
  private readonly pool: pg.Pool;
  private readonly prepared: boolean;
  readonly batches: ReadBatches;

  /** @param timeoutMs how long a read may wait for a connection, and how long it may take */
  constructor(
    url: string,
    private readonly timeoutMs: number,
  ) {
    // Behind a pooler that gives each statement another connection, a name would be known to the wrong one.
    this.prepared = !isPooled(url);
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
      // A network that fell silent breaks no connection: `statement_timeout` is the server's, and keepalive takes minutes.
      query_timeout: timeoutMs,
      application_name: 'slotmirror reads',
      ...(this.prepared ? { onConnect: planOnce } : {}),
    });
    // A connection that breaks is replaced at the next use; without listeners it would end the process.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** A statement that is not a read of the mirror. */
  async query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>(text);
    return rows;
  }

  async end(): Promise<void> {
    await this.pool.end();
  }

  private async run({ name, text }: BatchStatement, columns: readonly (readonly unknown[])[]): Promise<Placed[]> {
    const client = await this.connect();
    try {
      const { rows } = await client.query<Placed>({ ...(this.prepared ? { name } : {}), text, values: [...columns] });
      client.release();
      return rows;
    } catch (error) {
      // The connection is closed too: after a timeout, the next statement on it would get this one's result.
      client.release(true);
      throw error;
    }
  }

  /** Where the server has no connection left, waits for one of ours, which is soon free. */
  private async connect(tries = 1): Promise<pg.PoolClient> {
    try {
      return await this.pool.connect();
    } catch (error) {
      if (errorCode(error) !== TOO_MANY_CONNECTIONS || tries * FULL_PAUSE_MS >= this.timeoutMs) throw error;
      await pause(FULL_PAUSE_MS);
      return this.connect(tries + 1);
    }
  }
}

/**
 * The statements read by primary key: one plan serves all values, by index whatever there is in the tables when it is made.
 * Left to itself, PostgreSQL thinks the calendar's worth planning each time, which takes longer than reading it.
 */
function planOnce(client: pg.ClientBase): unknown {
  return client.query('SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off');
}
