import type { Sql } from '../../prisma/index.js';

/** Tells all replicas that something about the experience itself changed; heard once the transaction is committed. */
export async function notifyExperience(sql: Sql, id: number): Promise<void> {
  await sql.$executeRaw`SELECT pg_notify('slotmirror_experience', ${String(id)})`;
}
