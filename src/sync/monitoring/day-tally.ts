import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PrismaService } from '../../prisma/index.js';
import { Clock, Every } from '../../time/index.js';
import { countDays, type DateCount } from './sql/count-days.js';
import { foldTally, tidyTally } from './sql/fold-tally.js';

/** Exact counts of days, kept by triggers of the database. The only one who folds them. */
@Injectable()
export class DayTally implements OnApplicationBootstrap {
  private counting: Promise<DateCount[]> | undefined;

  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
  ) {}

  /** While nothing ran, many days may have become stale or due. The start does not wait for it. */
  onApplicationBootstrap(): void {
    void this.fold().catch(() => undefined);
  }

  /** As of now. Concurrent callers share one statement. */
  counts(): Promise<DateCount[]> {
    this.counting ??= countDays(this.prisma.reports, this.clock.now()).finally(() => (this.counting = undefined));
    return this.counting;
  }

  /** Folds the changes since the last fold, so that a count reads few. */
  @Every({ periods: ['5s'], what: 'counting days' })
  async fold(): Promise<void> {
    const now = this.clock.now();
    await this.prisma.inTransaction(async (sql) => {
      if (await foldTally(sql, now)) await tidyTally(sql, now);
    });
  }
}
