import type { Sql } from '../../prisma/index.js';

/** Tells all replicas that something about the experiences themselves changed; heard once the transaction is committed. */
export async function notifyExperiences(sql: Sql, ids: readonly number[]): Promise<void> {
  await sql.$executeRaw`SELECT pg_notify('slotmirror_experience', id::text) FROM unnest(${[...ids]}::int[]) AS id`;
}
