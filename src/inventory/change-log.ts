import { Injectable } from '@nestjs/common';
import { PrismaService, type Sql } from '../prisma/index.js';
import { dropChanges } from './sql/drop-changes.js';
import { beginAnew, deleteForeign, isOfOtherHistory, type NewEpoch } from './sql/feed-history.js';

export type { NewEpoch } from './sql/feed-history.js';

/** The end and the beginning of the log of changes. It grows by `DayRepository`, which appends to it as it records and deletes. */
@Injectable()
export class ChangeLog {
  constructor(private readonly prisma: PrismaService) {}

  /** Deletes those of the oldest `batch` changes that are older than `before`. @returns how many */
  dropBefore(before: Date, batch: number): Promise<number> {
    return dropChanges(this.prisma, before, batch);
  }

  /**
   * A database that was restored or moved, or a standby that was promoted, may lack changes that readers have seen, and gives
   * numbers of transactions again. Then the log begins anew.
   * @param onAnew called in the transaction that begins it. @returns whether it does
   */
  async follow(onAnew: (sql: Sql, epoch: NewEpoch) => Promise<void>): Promise<boolean> {
    if (!(await isOfOtherHistory(this.prisma))) return false;
    await deleteForeign(this.prisma);
    await this.prisma.retried(async (sql) => {
      const epoch = await beginAnew(sql);
      if (epoch) await onAnew(sql, epoch);
    });
    return true;
  }
}
