import { Injectable } from '@nestjs/common';
import { DayRepository, type ClaimedDay } from '../inventory/index.js';
import { PrismaService } from '../prisma/index.js';
import { Clock } from '../time/index.js';
import { Instance } from './instance.js';
import { SupplierBudget } from './supplier-budget.js';
import { SyncControl } from './sync-control.js';

/** Days that this process may ask for now, and when it is worth claiming again. */
export interface Claim {
  readonly days: readonly ClaimedDay[];
  readonly nextAt: Date;
}

/** A grant that could not be used within this time is dropped: sent late, it would crowd the grants behind it. */
const LATEST_SEND_MS = 1_000;
/** When nothing is due, how long to wait before looking again. */
const IDLE_MS = 1_000;

/** Takes the next days and the budget for them in one transaction: neither is ever taken without the other. */
@Injectable()
export class DayClaims {
  constructor(
    private readonly prisma: PrismaService,
    private readonly control: SyncControl,
    private readonly budget: SupplierBudget,
    private readonly days: DayRepository,
    private readonly instance: Instance,
    private readonly clock: Clock,
  ) {}

  /** @param most how many requests the process has room for */
  async next(most: number): Promise<Claim> {
    const { days, grantedAt, nextAt } = await this.prisma.$transaction(async (sql) => {
      const grants = await this.budget.offer(sql, most);
      const idleUntil = new Date(grants.now.getTime() + IDLE_MS);
      if (grants.count === 0) return { days: [], grantedAt: grants.now, nextAt: new Date(grants.nextAtMs(0)) };
      if (await this.control.isPaused(sql)) return { days: [], grantedAt: grants.now, nextAt: idleUntil };
      const claimed = await this.days.claim(sql, {
        now: grants.now,
        limit: grants.count,
        leasedUntil: this.instance.leaseUntil(grants.now),
        leasedBy: this.instance.id,
      });
      if (claimed.length === 0) return { days: [], grantedAt: grants.now, nextAt: idleUntil };
      await this.budget.take(sql, grants, claimed.length);
      return { days: claimed, grantedAt: grants.now, nextAt: new Date(grants.nextAtMs(claimed.length)) };
    });
    if (this.clock.now().getTime() - grantedAt.getTime() <= LATEST_SEND_MS) return { days, nextAt };
    await Promise.all(days.map((day) => this.days.release(day, this.instance.id)));
    return { days: [], nextAt };
  }
}
