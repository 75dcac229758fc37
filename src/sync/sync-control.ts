import { Injectable } from '@nestjs/common';
import { PrismaService, type Sql } from '../prisma/index.js';
import { Clock } from '../time/index.js';

/** Whether we may ask at all. */
export interface ControlState {
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
  readonly reason: string | null;
  /** Since when it is as it is. */
  readonly since: Date;
}

/** The pause switch, shared by all replicas and kept across restarts. The only writer of its table. */
@Injectable()
export class SyncControl {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
  ) {}

  /** Pausing what is paused keeps the first pause's time, author and reason. */
  async pause(by: string, reason: string | null): Promise<void> {
    const now = this.clock.now();
    await this.prisma.syncControl.updateMany({
      where: { pausedAt: null },
      data: { pausedAt: now, pausedBy: by, reason, since: now },
    });
  }

  async resume(): Promise<void> {
    await this.prisma.syncControl.updateMany({
      where: { pausedAt: { not: null } },
      data: { pausedAt: null, pausedBy: null, reason: null, since: this.clock.now() },
    });
  }

  state(): Promise<ControlState> {
    return this.prisma.syncControl.findUniqueOrThrow({
      where: { id: 1 },
      select: { pausedAt: true, pausedBy: true, reason: true, since: true },
    });
  }

  /** Within a claim's transaction: a pause that was answered before it began is seen. */
  async isPaused(sql: Sql): Promise<boolean> {
    const rows = await sql.$queryRaw<unknown[]>`SELECT 1 FROM sync_control WHERE paused_at IS NOT NULL`;
    return rows.length > 0;
  }

  /** By which settings the stored deadlines were computed; null: by none so far. */
  async planKey(): Promise<string | null> {
    const row = await this.prisma.syncControl.findUniqueOrThrow({ where: { id: 1 }, select: { planKey: true } });
    return row.planKey;
  }

  async setPlanKey(planKey: string): Promise<void> {
    await this.prisma.syncControl.update({ where: { id: 1 }, data: { planKey } });
  }
}
