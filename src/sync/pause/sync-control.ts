import { Injectable } from '@nestjs/common';
import { AuditTrail, SCHEDULE } from '../../audit/index.js';
import type { Actor, PauseOrder } from '../../http/index.js';
import { PrismaService, type Sql } from '../../prisma/index.js';
import { Clock } from '../../time/index.js';

/** Whether we may ask at all. */
export interface ControlState {
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
  readonly reason: string | null;
  /** When the pause ends by itself; null: when someone resumes. */
  readonly pausedUntil: Date | null;
  /** Since when it is as it is. */
  readonly since: Date;
  /** When stored instants were last set right that lay in the future, and what was done; null: they never were. */
  readonly clampedAt: Date | null;
  readonly clamped: string | null;
}

const NO_PAUSE = { pausedAt: null, pausedBy: null, reason: null, pausedUntil: null };

/** The pause switch, shared by all replicas and kept across restarts. The only writer of its table. */
@Injectable()
export class SyncControl {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** Pausing what is paused keeps the first pause's time, author and reason; its end becomes another where one is given. */
  async pause(actor: Actor, { reason, until }: PauseOrder): Promise<void> {
    await this.endPauses();
    const now = this.clock.now();
    await this.prisma.$transaction(async (sql) => {
      const { count } = await sql.syncControl.updateMany({
        where: { pausedAt: null },
        data: { pausedAt: now, pausedBy: actor.name, reason, pausedUntil: until, since: now },
      });
      if (count === 0 && until !== null) await sql.syncControl.updateMany({ data: { pausedUntil: until } });
      await this.audit.record(actor, { action: 'sync.pause', detail: { reason, until } }, sql);
    });
  }

  async resume(actor: Actor): Promise<void> {
    await this.endPauses();
    await this.prisma.$transaction(async (sql) => {
      await sql.syncControl.updateMany({
        where: { pausedAt: { not: null } },
        data: { ...NO_PAUSE, since: this.clock.now() },
      });
      await this.audit.record(actor, { action: 'sync.resume' }, sql);
    });
  }

  /** Notes that a pause ended by itself; of all replicas one does. It has ended before, at the instant itself. */
  async endPauses(): Promise<void> {
    await this.prisma.$transaction(async (sql) => {
      const ended = await sql.$queryRaw<{ since: Date }[]>`
        UPDATE sync_control SET paused_at = NULL, paused_by = NULL, reason = NULL, since = paused_until, paused_until = NULL
        WHERE paused_until <= ${this.clock.now()} RETURNING since`;
      for (const { since } of ended) {
        await this.audit.record(SCHEDULE, { action: 'sync.resume', detail: { until: since } }, sql);
      }
    });
  }

  async state(): Promise<ControlState> {
    const state = await this.prisma.syncControl.findUniqueOrThrow({
      where: { id: 1 },
      select: {
        ...{ pausedAt: true, pausedBy: true, reason: true, pausedUntil: true, since: true },
        ...{ clampedAt: true, clamped: true },
      },
    });
    const { pausedUntil } = state;
    return pausedUntil && pausedUntil <= this.clock.now() ? { ...state, ...NO_PAUSE, since: pausedUntil } : state;
  }

  /** Within a claim's transaction: a pause that was answered before it began is seen. */
  async isPaused(sql: Sql): Promise<boolean> {
    const rows = await sql.$queryRaw<unknown[]>`
      SELECT 1 FROM sync_control WHERE paused_at IS NOT NULL AND (paused_until IS NULL OR paused_until > ${this.clock.now()})`;
    return rows.length > 0;
  }

  /** Stored instants were set right: whoever looks at the status is to know. */
  async noteClamp(clamped: string): Promise<void> {
    await this.prisma.syncControl.update({ where: { id: 1 }, data: { clamped, clampedAt: this.clock.now() } });
  }
}
