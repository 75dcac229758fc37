import { Injectable } from '@nestjs/common';
import { ResponseCache } from '../../http/index.js';
import { DayReader } from '../../inventory/index.js';
import { PrismaService } from '../../prisma/index.js';
import { Clock } from '../../time/index.js';
import type { Outcome } from '../day-refresher.js';
import type { History, HistoryPoint } from './history.shape.js';

const MINUTE_MS = 60_000;
const KEPT_MS = 8 * 86_400_000;
const RANGES = { hour: { minutes: 60, step: 1 }, day: { minutes: 1_440, step: 5 } } as const;
const NOTHING = { changed: 0, unchanged: 0, failed: 0, refused: 0 };

/** What the charts show, a row a minute. The only writer of its table. */
@Injectable()
export class SyncMinutes {
  private counts = { ...NOTHING };
  private seen = { hits: 0, misses: 0 };

  constructor(
    private readonly prisma: PrismaService,
    private readonly cache: ResponseCache,
    private readonly days: DayReader,
    private readonly clock: Clock,
  ) {}

  note(outcome: Outcome): void {
    if (outcome in NOTHING) this.counts[outcome as keyof typeof NOTHING]++;
  }

  /** Adds what was noted to the minute that runs. */
  async flush(): Promise<void> {
    const { hits, misses } = this.cache.counts;
    const reads = { hits: hits - this.seen.hits, all: hits + misses - this.seen.hits - this.seen.misses };
    const { changed, unchanged, failed, refused } = this.counts;
    if (reads.all + changed + unchanged + failed + refused === 0) return;
    this.counts = { ...NOTHING };
    this.seen = { hits, misses };
    await this.prisma.$executeRaw`
      INSERT INTO sync_minute AS m (minute, changed, unchanged, failed, refused, reads, hits)
      VALUES (${this.minute()}, ${changed}, ${unchanged}, ${failed}, ${refused}, ${reads.all}, ${reads.hits})
      ON CONFLICT (minute) DO UPDATE SET changed = m.changed + excluded.changed, unchanged = m.unchanged + excluded.unchanged,
        failed = m.failed + excluded.failed, refused = m.refused + excluded.refused, reads = m.reads + excluded.reads,
        hits = m.hits + excluded.hits`;
  }

  /** Once a minute one of the replicas looks how fresh the mirror is. */
  async measure(): Promise<void> {
    const minute = this.minute();
    const taken = await this.prisma.$executeRaw`
      INSERT INTO sync_minute AS m (minute, days) VALUES (${minute}, 0)
      ON CONFLICT (minute) DO UPDATE SET days = 0 WHERE m.days IS NULL`;
    if (taken === 0) return;
    const { days, fresh, p50Seconds, p95Seconds } = await this.days.ages(this.clock.now());
    await this.prisma.syncMinute.update({
      where: { minute },
      data: { days, freshDays: fresh, ageP50Seconds: p50Seconds, ageP95Seconds: p95Seconds },
    });
  }

  async history(range: History['range']): Promise<History> {
    const { minutes, step } = RANGES[range];
    const now = this.clock.now();
    const points = await this.prisma.$queryRaw<(Omit<HistoryPoint, 'at'> & { at: Date })[]>`
      SELECT date_bin(make_interval(mins => ${step}::int), minute, 'epoch'::timestamptz) AS at,
        sum(changed)::int AS changed, sum(unchanged)::int AS unchanged, sum(failed)::int AS failed,
        sum(refused)::int AS refused, sum(reads)::float8 AS reads, sum(hits)::float8 AS hits,
        avg(days) FILTER (WHERE fresh_days IS NOT NULL)::float8 AS days, avg(fresh_days)::float8 AS "freshDays",
        avg(age_p50_seconds) AS "ageP50Seconds", avg(age_p95_seconds) AS "ageP95Seconds"
      FROM sync_minute WHERE minute > ${new Date(now.getTime() - minutes * MINUTE_MS)} AND minute <= ${now}
      GROUP BY 1 ORDER BY 1`;
    const stepSeconds = step * 60;
    return { range, stepSeconds, points: points.map((point) => ({ ...point, at: point.at.toISOString() })) };
  }

  async dropOld(): Promise<void> {
    const oldest = new Date(this.clock.now().getTime() - KEPT_MS);
    await this.prisma.syncMinute.deleteMany({ where: { minute: { lt: oldest } } });
  }

  private minute(): Date {
    return new Date(Math.floor(this.clock.now().getTime() / MINUTE_MS) * MINUTE_MS);
  }
}
