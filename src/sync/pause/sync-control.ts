import { Injectable } from '@nestjs/common';
import { AuditTrail, SCHEDULE } from '../../audit/index.js';
import { isPaused } from '../../experience/index.js';
import type { Actor, PauseOrder } from '../../http/index.js';
import { fragment, PrismaService, type Sql } from '../../prisma/index.js';
import { Clock, Every } from '../../time/index.js';

/** Whether requests may be sent at all. */
export interface ControlState {
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
  readonly reason: string | null;
  /** When the pause ends by itself; null: when someone resumes. */
  readonly pausedUntil: Date | null;
  /** When the present state began. */
  readonly since: Date;
  /** When impossible stored instants were last corrected, and what was done; null: never. */
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

  /** A pause during a pause keeps the time, author and reason of the first. It changes the end if `until` is named, also to none. */
  async pause(actor: Actor, { reason, until }: PauseOrder): Promise<void> {
    await this.endPauses();
    const now = this.clock.now();
    await this.prisma.$transaction(async (sql) => {
      const { count } = await sql.syncControl.updateMany({
        where: { pausedAt: null },
        data: { pausedAt: now, pausedBy: actor.name, reason, pausedUntil: until ?? null, since: now },
      });
      if (count === 0 && until !== undefined) await sql.syncControl.updateMany({ data: { pausedUntil: until } });
      await this.audit.record(actor, { action: 'sync.pause', detail: { reason, until: until ?? null } }, sql);
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

  /** Records that a pause has ended by itself. One replica does it. The pause took no effect after its end anyway. */
  @Every({ periods: ['5s'], what: 'ending a pause' })
  async endPauses(): Promise<void> {
    await this.prisma.inTransaction(async (sql) => {
      const ended = await sql.$queryRaw<{ since: Date }[]>`
        UPDATE sync_control SET paused_at = NULL, paused_by = NULL, reason = NULL, since = paused_until, paused_until = NULL
        WHERE paused_until <= ${this.clock.now()} RETURNING since`;
      for (const { since } of ended) {
        await this.audit.record(SCHEDULE, { action: 'sync.resume', detail: { until: since } }, sql);
      }
    });
  }

  async state(): Promise<ControlState> {
    const [state] = await this.prisma.reports.$queryRaw<ControlState[]>`
      SELECT paused_at AS "pausedAt", paused_by AS "pausedBy", reason, paused_until AS "pausedUntil", since,
        clamped_at AS "clampedAt", clamped
      FROM sync_control WHERE id = 1`;
    if (!state) throw new Error('the row of sync_control is missing: a migration inserts it, and nothing deletes it');
    const { pausedUntil } = state;
    return pausedUntil && pausedUntil <= this.clock.now() ? { ...state, ...NO_PAUSE, since: pausedUntil } : state;
  }

  /** Whether everything or this supplier is paused. Called in a claim's transaction, so that it sees every pause that was answered before it began. */
  async isPaused(sql: Sql, supplier: string): Promise<boolean> {
    const now = this.clock.now();
    const rows = await sql.$queryRaw<unknown[]>`
      SELECT 1 FROM sync_control c WHERE ${isPaused(fragment`c`, now)}
      UNION ALL
      SELECT 1 FROM supplier s WHERE name = ${supplier} AND ${isPaused(fragment`s`, now)}`;
    return rows.length > 0;
  }

  /** Records for the status that stored instants were corrected. */
  async noteClamp(clamped: string): Promise<void> {
    await this.prisma.syncControl.update({ where: { id: 1 }, data: { clamped, clampedAt: this.clock.now() } });
  }
}
