import type { Pool, QueryConfig, QueryResult } from 'pg';
import pg from 'pg';
import { Prisma } from './generated/client.js';
import type { Fragment, Sql } from './sql.js';

/** A connection, or who finds one. */
export interface Runner {
  query(statement: QueryConfig): Promise<QueryResult>;
}

type Reader = (text: string) => unknown;
type TypeId = Parameters<typeof pg.types.getTypeParser>[0];

const { INT8, DATE, NUMERIC } = pg.types.builtins;

/** The driver's own readers, except where the Prisma client gives something else for the type. */
const readers = new Map<TypeId, Reader>([
  [INT8, BigInt],
  [NUMERIC, (text) => new Prisma.Decimal(text)],
  // The driver would take it for midnight in the zone of the process.
  [DATE, (text) => new Date(`${text}T00:00:00.000Z`)],
]);
const types = {
  getTypeParser: (oid: TypeId): Reader => readers.get(oid) ?? (pg.types.getTypeParser(oid) as Reader),
};

/**
 * Runs raw statements by the driver alone. The engine of the Prisma client, which can do nothing for them, takes more CPU than the
 * driver. So what runs for each request to a supplier, or for each status, runs here. Same tagged templates, same rows.
 */
export class DirectSql implements Sql {
  constructor(private readonly runner: Runner) {}

  async $queryRaw<T>(text: TemplateStringsArray | Fragment, ...values: unknown[]): Promise<T> {
    const { rows } = await this.run(text, values);
    return rows as T;
  }

  async $executeRaw(text: TemplateStringsArray | Fragment, ...values: unknown[]): Promise<number> {
    const { rowCount } = await this.run(text, values);
    return rowCount ?? 0;
  }

  private run(text: TemplateStringsArray | Fragment, values: unknown[]): Promise<QueryResult> {
    const statement = text instanceof Prisma.Sql ? text : Prisma.sql(text, ...values);
    return this.runner.query({ text: statement.text, values: statement.values.map(parameter), types });
  }
}

/** The driver would write an instant in the zone of the process, and a date would become the one before or after. */
function parameter(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? value.map(parameter) : value;
}

/** Runs `work` in a transaction. Statements that it sends without waiting in between go out together, and run one after the other. */
export async function inDirectTransaction<T>(pool: Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    // Goes out together with the first statement. A BEGIN hardly ever fails but with its connection.
    const [, result] = await Promise.all([client.query('BEGIN'), work(new DirectSql(client))]);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    // Closes the connection, which rolls back. After a timeout, the next statement on it would get this one's result.
    client.release(true);
    throw error;
  }
}
