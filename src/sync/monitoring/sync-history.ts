import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../prisma/index.js';
import { Clock } from '../../time/index.js';

/** One point of the charts: what all replicas did within `stepSeconds` from `at` on. */
export interface HistoryPoint {
  readonly at: string;
  readonly changed: number;
  readonly unchanged: number;
  readonly failed: number;
  readonly refused: number;
  readonly reads: number;
  /** Those of the reads that were answered from memory. */
  readonly hits: number;
  /** Days that are fetched or fresh, and those of them that were fresh; null: not measured. */
  readonly days: number | null;
  readonly freshDays: number | null;
  readonly ageP50Seconds: number | null;
  readonly ageP95Seconds: number | null;
}

export interface History {
  readonly range: 'hour' | 'day';
  readonly stepSeconds: number;
  /** Oldest first; a time of which nothing is known has none. */
  readonly points: readonly HistoryPoint[];
}

const MINUTE_MS = 60_000;
const RANGES = { hour: { minutes: 60, step: 1 }, day: { minutes: 1_440, step: 5 } } as const;

/** What the charts show: the sync runs of all replicas, summed up by minute. */
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
