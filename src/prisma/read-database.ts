import { Injectable } from '@nestjs/common';
import pg from 'pg';
import { Database } from './database.js';

/** A statement that is planned once per connection, by its name. `$1`, `$2`, … stand for its values. */
export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
}

/** Reads at the database at a time; the sync has connections of its own, so it goes on whatever readers do. */
export const READS_AT_ONCE = 8;
/** How long a read may wait for a connection, and how long it may take. */
const TIMEOUT_MS = 5_000;

/**
 * The way of the public reads to the database: prepared statements over connections of their own. Not through the Prisma
 * client: it plans each raw query anew and maps each value twice, which is more work than the read itself.
 */
@Injectable()
export class ReadDatabase {
  private readonly pool: pg.Pool;
  private readonly prepared: boolean;

  constructor(database: Database) {
    this.pool = new pg.Pool({
      connectionString: database.url,
      max: READS_AT_ONCE,
      connectionTimeoutMillis: TIMEOUT_MS,
      query_timeout: TIMEOUT_MS,
      application_name: 'slotmirror reads',
    });
    // A connection that breaks while idle is replaced at the next use; without a listener it would end the process.
    this.pool.on('error', () => undefined);
    // Behind a pooler that gives each statement another connection, a name would be known to the wrong one.
    this.prepared = new URL(database.url).searchParams.get('pgbouncer') !== 'true';
  }

  async query<Row extends object>({ name, text }: PreparedStatement, values: readonly unknown[]): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>({ ...(this.prepared ? { name } : {}), text, values: [...values] });
    return rows;
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
