import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isDatabaseFailure } from './database-failure.js';
import { errorCode } from './error-text.js';
import { messageSocket } from './message-socket.js';
import { ReadBatches, type ReadStatement } from './read-batches.js';
import { CONNECTION_LIFE_SECONDS, isPooled, withSessionSettings } from './session-settings.js';

/** Concurrent statements. The sync has its own connections, so reads cannot block it. */
const STATEMENTS_AT_ONCE = 4;
const KEYS_OF_A_STATEMENT = 32;

/** SQLSTATE: the server, the role or the database has no connection left. */
const TOO_MANY_CONNECTIONS = '53300';
const FULL_PAUSE_MS = 50;

/** The connections of reads to one database. */
export class ReadPool {
  private readonly pool: pg.Pool;
  private readonly prepared: boolean;
  readonly batches: ReadBatches;

  /** @param timeoutMs how long a read may wait for a connection, and how long it may take */
  constructor(
    url: string,
    private readonly timeoutMs: number,
  ) {
    // A pooler may run each statement on another connection, which does not know the prepared statement.
    this.prepared = !isPooled(url);
    this.batches = new ReadBatches((statement, columns) => this.rows(statement, columns), {
      atOnce: STATEMENTS_AT_ONCE,
      keys: KEYS_OF_A_STATEMENT,
      isOfAll: isDatabaseFailure,
    });
    this.pool = new pg.Pool({
      connectionString: withSessionSettings(url),
      max: STATEMENTS_AT_ONCE,
      maxLifetimeSeconds: CONNECTION_LIFE_SECONDS,
      connectionTimeoutMillis: timeoutMs,
      // For a silent network, which breaks no connection: `statement_timeout` is the server's, and keepalive takes minutes.
      query_timeout: timeoutMs,
      application_name: 'slotmirror reads',
      stream: messageSocket,
      ...(this.prepared ? { onConnect: planOnce } : {}),
    });
    // A broken connection is replaced at the next use. Without listeners its error would end the process.
    this.pool.on('error', () => undefined);
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** The rows of a statement that answers one read. */
  async rows<Row>(statement: ReadStatement, values: readonly unknown[]): Promise<Row[]> {
    return (await this.run(statement, values)) as Row[];
  }

  /**
   * Hands on each row of a statement as it arrives. If hundreds of them waited for the last one, they would outlive collections of the
   * young heap, which costs more than to read them.
   */
  async each(statement: ReadStatement, values: readonly unknown[], add: (row: unknown) => void): Promise<void> {
    let failed: { readonly by: unknown } | undefined;
    await this.onConnection(
      (client) =>
        new Promise<void>((resolve, reject) => {
          const query = new pg.Query(this.configOf(statement, values), (error) => {
            if (error) reject(error);
            else resolve();
          });
          query.on('row', (row: unknown, result) => {
            // The driver keeps each row that it has told of.
            if (result) result.rows.length = 0;
            try {
              if (!failed) add(row);
            } catch (by) {
              failed = { by };
            }
          });
          client.query(query);
        }),
    );
    if (failed) throw failed.by;
  }

  /** A statement that is not a read of the mirror. */
  async query<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>(text);
    return rows;
  }

  async end(): Promise<void> {
    await this.pool.end();
  }

  private async run(statement: ReadStatement, values: readonly unknown[]): Promise<unknown[]> {
    const { rows } = await this.onConnection((client) => client.query(this.configOf(statement, values)));
    return rows as unknown[];
  }

  private configOf({ name, text }: ReadStatement, values: readonly unknown[]): pg.QueryConfig {
    return { ...(this.prepared ? { name } : {}), text, values: [...values] };
  }

  private async onConnection<Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.connect();
    try {
      const result = await work(client);
      client.release();
      return result;
    } catch (error) {
      // Also close the connection: after a timeout, the next statement on it would get this one's result.
      client.release(true);
      throw error;
    }
  }

  /** If the server has no connection left, waits for one of ours to become free. */
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
 * The statements read by primary key, so one plan by index is good for all values, whatever the tables contain when it is made.
 * By default PostgreSQL would plan the calendar's statement each time, which takes longer than reading it.
 */
function planOnce(client: pg.ClientBase): unknown {
  return client.query('SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off');
}
