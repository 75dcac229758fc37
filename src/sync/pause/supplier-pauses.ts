import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditTrail, SCHEDULE } from '../../audit/index.js';
import type { Actor, PauseOrder } from '../../http/index.js';
import { PrismaService } from '../../prisma/index.js';
import { Suppliers } from '../../supplier/index.js';
import { Clock, Every } from '../../time/index.js';

/** The pause of one supplier. */
export interface SupplierPause {
  readonly name: string;
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
  readonly pauseReason: string | null;
  /** When the pause ends by itself; null: when someone resumes. */
  readonly pausedUntil: Date | null;
  /** When the present state began; null: it was never paused. */
  readonly since: Date | null;
}

const NO_PAUSE = { pausedAt: null, pausedBy: null, pauseReason: null, pausedUntil: null };

/** The pauses of single suppliers, shared by all replicas and kept across restarts. The only writer of their table. */
@Injectable()
export class SupplierPauses implements OnModuleInit {
  constructor(
    private readonly prisma: PrismaService,
    private readonly suppliers: Suppliers,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    const data = this.suppliers.all.map(({ name }) => ({ name }));
    await this.prisma.supplier.createMany({ data, skipDuplicates: true });
  }

  /** A pause during a pause keeps the time, author and reason of the first. It changes the end if `until` is named, also to none. */
  async pause(actor: Actor, name: string, { reason, until }: PauseOrder): Promise<void> {
    await this.endPauses();
    const now = this.clock.now();
    await this.prisma.$transaction(async (sql) => {
      const { count } = await sql.supplier.updateMany({
        where: { name, pausedAt: null },
        data: { pausedAt: now, pausedBy: actor.name, pauseReason: reason, pausedUntil: until ?? null, since: now },
      });
      if (count === 0 && until !== undefined)
        await sql.supplier.updateMany({ where: { name }, data: { pausedUntil: until } });
      await this.audit.record(
        actor,
        { action: 'supplier.pause', detail: { supplier: name, reason, until: until ?? null } },
        sql,
      );
    });
  }

  async resume(actor: Actor, name: string): Promise<void> {
    await this.endPauses();
    await this.prisma.$transaction(async (sql) => {
      await sql.supplier.updateMany({
        where: { name, pausedAt: { not: null } },
        data: { ...NO_PAUSE, since: this.clock.now() },
      });
      await this.audit.record(actor, { action: 'supplier.resume', detail: { supplier: name } }, sql);
    });
  }

  /** Records which pauses have ended by themselves. One replica does it. They took no effect after their end anyway. */
  @Every({ periods: ['5s'], what: 'ending the pauses of suppliers' })
  async endPauses(): Promise<void> {
    await this.prisma.inTransaction(async (sql) => {
      const ended = await sql.$queryRaw<{ name: string; since: Date }[]>`
        UPDATE supplier SET paused_at = NULL, paused_by = NULL, pause_reason = NULL, since = paused_until, paused_until = NULL
        WHERE paused_until <= ${this.clock.now()} RETURNING name, since`;
      for (const { name, since } of ended) {
        const detail = { supplier: name, until: since };
        await this.audit.record(SCHEDULE, { action: 'supplier.resume', detail }, sql);
      }
    });
  }

  /** By the names of the suppliers. A pause that is over is none, whether or not that was recorded. */
  async states(): Promise<ReadonlyMap<string, SupplierPause>> {
    const now = this.clock.now();
    const rows = await this.prisma.reports.$queryRaw<SupplierPause[]>`
      SELECT name, paused_at AS "pausedAt", paused_by AS "pausedBy", pause_reason AS "pauseReason",
        paused_until AS "pausedUntil", since
      FROM supplier`;
    return new Map(
      rows.map((row) => {
        const ended = row.pausedUntil && row.pausedUntil <= now ? { ...NO_PAUSE, since: row.pausedUntil } : {};
        return [row.name, { ...row, ...ended }];
      }),
    );
  }
}
