import type { PrismaService } from '../../src/prisma/index.js';
import { until } from './until.js';

/**
 * Resolves when the change feed lists all that was recorded. A transaction of another test, in another database of the same
 * server, may hold it up for a moment.
 */
export async function published(prisma: PrismaService): Promise<void> {
  await until('all changes are listed', async () => {
    const held = await prisma.$queryRaw<unknown[]>`
      SELECT FROM day_change WHERE xid >= pg_snapshot_xmin(pg_current_snapshot()) LIMIT 1`;
    return held.length === 0;
  });
}
