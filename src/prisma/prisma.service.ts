import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Database } from './database.js';
import { DirectSql, inDirectTransaction } from './direct-sql.js';
import { FewAtOnce } from './few-at-once.js';
import { PrismaClient, type Prisma } from './generated/client.js';
import { CONNECTION_LIFE_SECONDS } from './session-settings.js';
import type { Sql } from './sql.js';
import { retried } from './transaction-conflict.js';

/** How long a statement may wait for a connection before it fails as if the database were unreachable. */
const CONNECT_TIMEOUT_MS = 5_000;
/** How long a statement may take. A silent network would otherwise never end it. */
const QUERY_TIMEOUT_MS = 5_000;
/**
 * How many statements of reports run at a time. All of a status at once would open a connection for each, and one that is new
 * takes several times as long for its first statement.
 */
const MOST_REPORTING = 2;

/** The one database client of the process. */
@Injectable()
export class PrismaService extends PrismaClient implements OnModuleInit {
  /** For statements that run all the time: without Prisma's engine. */
  readonly direct: Sql;
  /** For statements of reports, such as the status: the same, but few at a time. */
  readonly reports: Sql;
  private readonly pool: pg.Pool;

  constructor(private readonly database: Database) {
    const pool = new pg.Pool({
      connectionString: database.connectionString,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: QUERY_TIMEOUT_MS,
      // Statements of a transaction that need no result of each other wait for the network once.
      pipeline: true,
      maxLifetimeSeconds: CONNECTION_LIFE_SECONDS,
      application_name: 'slotmirror',
    });
    // A connection that breaks is replaced at the next use. Without a listener its error would end the process.
    pool.on('error', () => undefined);
    pool.on('connect', (client) => client.on('error', () => undefined));
    super({ adapter: new PrismaPg(pool, { schema: database.schema, disposeExternalPool: true }) });
    this.pool = pool;
    this.direct = new DirectSql(pool);
    this.reports = new DirectSql(new FewAtOnce(pool, MOST_REPORTING));
  }

  /** Runs `work` in a transaction, and again where another one was in its way. */
  retried<T>(work: (sql: Prisma.TransactionClient) => Promise<T>): Promise<T> {
    return retried(() => this.$transaction(work));
  }

  /** Runs `work` in a transaction of `direct` statements. */
  inTransaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return inDirectTransaction(this.pool, work);
  }

  /** `$connect` of a driver adapter resolves without a connection, so only a statement shows whether the database answers. */
  async onModuleInit(): Promise<void> {
    await this.time();
  }

  /** The database's clock, epoch milliseconds. Also the cheapest proof that it answers. */
  async time(): Promise<number> {
    const rows = await this.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
    const now = rows[0]?.now;
    if (!now) throw new Error('the database does not tell its time');
    return now.getTime();
  }

  /**
   * Migrations that this version needs and the database lacks. They were applied at the start, but since then a backup may have
   * been restored, or the address may lead to another database. Additional migrations are fine: a newer version may run
   * beside this one while it replaces it.
   */
  async missingMigrations(): Promise<string[]> {
    const rows = await this.$queryRaw<{ name: string }[]>`
      SELECT name FROM unnest(${[...this.database.migrations]}::text[]) WITH ORDINALITY AS needed (name, place)
      WHERE NOT EXISTS (
        SELECT FROM _prisma_migrations
        WHERE migration_name = name AND finished_at IS NOT NULL AND rolled_back_at IS NULL
      )
      ORDER BY place`;
    return rows.map(({ name }) => name);
  }
}
