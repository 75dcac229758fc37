import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PrismaPg } from '@prisma/adapter-pg';
import { Database } from './database.js';
import { Prisma, PrismaClient } from './generated/client.js';
import { CONNECTION_LIFE_SECONDS } from './session-settings.js';

/** Runs SQL: the shared client, or a transaction of it. */
export type Sql = Pick<PrismaClient, '$queryRaw' | '$executeRaw'>;

/** Makes a reusable part of a statement. Its values remain parameters. */
export const fragment = Prisma.sql;
/** A part of a statement, with its parameters. */
export type Fragment = Prisma.Sql;

/** How long a statement may wait for a connection before it fails as if the database were unreachable. */
const CONNECT_TIMEOUT_MS = 5_000;
/** How long a statement may take. A silent network would otherwise never end it. */
const QUERY_TIMEOUT_MS = 5_000;

/** The one database client of the process. */
@Injectable()
export class PrismaService extends PrismaClient implements OnModuleInit {
  constructor(private readonly database: Database) {
    super({
      adapter: new PrismaPg(
        {
          connectionString: database.connectionString,
          connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
          query_timeout: QUERY_TIMEOUT_MS,
          maxLifetimeSeconds: CONNECTION_LIFE_SECONDS,
          application_name: 'slotmirror',
        },
        // A connection that breaks while idle is replaced at the next use. Without a listener its error would end the process.
        { schema: database.schema, onPoolError: () => undefined, onConnectionError: () => undefined },
      ),
    });
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
