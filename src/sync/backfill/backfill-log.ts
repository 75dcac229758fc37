import { Injectable } from '@nestjs/common';
import type { Actor } from '../../http/index.js';
import { PrismaService } from '../../prisma/index.js';
import { Clock, Every, fromDatabaseDate, toDatabaseDate, type LocalDate } from '../../time/index.js';
import type { Backfill } from './backfill.js';
import { MOST_FAILURES, type BackfillProgress, type BackfillReport, type FailedDay } from './backfill.shape.js';
import { errorsOfDays } from './sql/errors-of-days.js';

/** A process that runs a backfill writes at least this often; one that does not was killed. */
const SILENCE_MS = 30_000;
const KEPT_MS = 7 * 86_400_000;

/** What was ordered. */
export interface Ordered {
  readonly experienceIds: readonly number[] | null;
  readonly date: LocalDate | null;
  readonly days: number;
}

interface Progress extends BackfillProgress {
  readonly failures: readonly FailedDay[];
}

interface Row {
  readonly id: string;
  readonly experienceIds: number[];
  readonly date: Date | null;
  readonly progress: unknown;
  readonly startedBy: string;
  readonly seenAt: Date;
  readonly finishedAt: Date | null;
}

/** Backfills of all replicas, so that any of them can say how far one is, and cancel it. The only writer of its table. */
@Injectable()
export class BackfillLog {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
  ) {}

  async begin(backfill: Backfill, { experienceIds, date, days }: Ordered, by: string): Promise<void> {
    const progress = await this.progressOf(backfill);
    await this.prisma.backfill.create({
      data: {
        ...{ id: backfill.id, experienceIds: [...(experienceIds ?? [])], days, startedBy: by },
        date: date === null ? null : toDatabaseDate(date),
        ...{ startedAt: backfill.startedAt, seenAt: this.clock.now(), finishedAt: progress.finishedAt },
        progress: { ...progress, failures: [...progress.failures] },
      },
    });
  }

  /** Stores how far it is. @returns whether an admin cancelled it */
  async save(backfill: Backfill): Promise<boolean> {
    const progress = await this.progressOf(backfill);
    const rows = await this.prisma.$queryRaw<{ cancelled: boolean }[]>`
      UPDATE backfill SET progress = ${JSON.stringify(progress)}::json, seen_at = ${this.clock.now()},
        finished_at = ${progress.finishedAt}::timestamptz
      WHERE id = ${backfill.id}::uuid RETURNING cancelled_by IS NOT NULL AS cancelled`;
    return rows[0]?.cancelled ?? false;
  }

  async find(id: string): Promise<BackfillReport | undefined> {
    const row = await this.prisma.backfill.findUnique({ where: { id } });
    return row ? reportOf(row, this.clock.now()) : undefined;
  }

  /** Newest first. */
  async list(limit: number): Promise<BackfillReport[]> {
    const rows = await this.prisma.backfill.findMany({ orderBy: [{ startedAt: 'desc' }, { id: 'desc' }], take: limit });
    return rows.map((row) => reportOf(row, this.clock.now()));
  }

  /** Has it end, in whichever process it runs. @returns whether it ran, and nobody had cancelled it before */
  async cancel(id: string, actor: Actor): Promise<boolean> {
    const { count } = await this.prisma.backfill.updateMany({
      where: { id, finishedAt: null, cancelledBy: null },
      data: { cancelledBy: actor.name },
    });
    return count > 0;
  }

  @Every({ periods: ['1m'], what: 'deleting old backfills' })
  async dropOld(): Promise<void> {
    const oldest = new Date(this.clock.now().getTime() - KEPT_MS);
    await this.prisma.backfill.deleteMany({ where: { startedAt: { lt: oldest } } });
  }

  private async progressOf(backfill: Backfill): Promise<Progress> {
    const failures = await errorsOfDays(this.prisma, backfill.failedDays(MOST_FAILURES));
    return { ...backfill.report(), failures };
  }
}

function reportOf({ id, experienceIds, date, startedBy, seenAt, finishedAt, ...row }: Row, now: Date): BackfillReport {
  // Written by `begin` and `save` alone.
  // Older versions stored none that were left out.
  const progress: Progress = { leftOut: [], ...(row.progress as Omit<Progress, 'leftOut'>) };
  const isKilled = finishedAt === null && now.getTime() - seenAt.getTime() > SILENCE_MS;
  return {
    id,
    ...progress,
    ...(isKilled && { state: 'stopped', finishedAt: seenAt.toISOString() }),
    experiences: experienceIds.length === 0 ? null : experienceIds,
    date: date === null ? null : fromDatabaseDate(date),
    startedBy,
    failures: [...progress.failures],
  };
}
