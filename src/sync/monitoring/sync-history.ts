import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../prisma/index.js';
import type { History, HistoryPoint } from './history.shape.js';
import { Clock } from '../../time/index.js';

const MINUTE_MS = 60_000;
const RANGES = { hour: { minutes: 60, step: 1 }, day: { minutes: 1_440, step: 5 } } as const;

/** The data of the charts: the sync runs of all replicas, summed by minute. */
@Injectable()
export class SyncHistory {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
  ) {}

  async history(range: History['range']): Promise<History> {
    const { minutes, step } = RANGES[range];
    const now = this.clock.now();
    const points = await this.prisma.$queryRaw<(Omit<HistoryPoint, 'at'> & { at: Date })[]>`
      SELECT date_bin(make_interval(mins => ${step}::int), started_at, 'epoch'::timestamptz) AS at,
        sum(changed)::int AS changed, sum(unchanged)::int AS unchanged, sum(failed)::int AS failed,
        sum(refused)::int AS refused, sum(reads)::float8 AS reads, sum(hits)::float8 AS hits,
        avg(days) FILTER (WHERE fresh_days IS NOT NULL)::float8 AS days, avg(fresh_days)::float8 AS "freshDays",
        avg(age_p50_seconds) AS "ageP50Seconds", avg(age_p95_seconds) AS "ageP95Seconds"
      FROM sync_run WHERE started_at > ${new Date(now.getTime() - minutes * MINUTE_MS)} AND started_at <= ${now}
      GROUP BY 1 ORDER BY 1`;
    const stepSeconds = step * 60;
    return { range, stepSeconds, points: points.map((point) => ({ ...point, at: point.at.toISOString() })) };
  }
}
