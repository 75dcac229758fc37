import type { DateReads } from '../../../experience/index.js';
import type { Sql } from '../../../prisma/index.js';
import { toDatabaseDate } from '../../../time/index.js';
import { KEPT_PER_DAY } from '../../model/estimates.js';
import type { SettledReads } from '../pending-observations.js';

/**
 * Adds reads to the counts of their dates, which are first faded to the present, and takes judged reads off those that no
 * confirmation has judged. Dates without a day are left out: their experience was removed. Locks in one order, so that replicas
 * don't deadlock.
 */
export function noteDateReads(
  sql: Sql,
  dates: readonly DateReads[],
  settled: readonly SettledReads[],
  now: Date,
): Promise<number> {
  return sql.$executeRaw`
    INSERT INTO day_reads AS r (experience_id, date, reads, as_of, unjudged, unjudged_ahead, calendars_before)
    SELECT n.id, n.date, sum(n.reads), ${now}, sum(n.unjudged), sum(n.ahead), max(n.calendars)
    FROM (
      SELECT id, date, reads, reads AS unjudged, reads * (extract(epoch FROM date) - at / 1000) AS ahead, NULL::float8 AS calendars
      FROM unnest(${dates.map((day) => day.experienceId)}::int[], ${dates.map((day) => toDatabaseDate(day.date))}::date[],
        ${dates.map((day) => day.reads)}::float8[], ${dates.map((day) => day.at)}::float8[]) AS read(id, date, reads, at)
      UNION ALL
      SELECT id, date, 0, -reads, -ahead, calendars
      FROM unnest(${settled.map((day) => day.experienceId)}::int[], ${settled.map((day) => toDatabaseDate(day.date))}::date[],
        ${settled.map((day) => day.reads)}::float8[], ${settled.map((day) => day.ahead)}::float8[],
        ${settled.map((day) => day.calendars)}::float8[]) AS judged(id, date, reads, ahead, calendars)
    ) AS n
    WHERE EXISTS (SELECT FROM day d WHERE d.experience_id = n.id AND d.date = n.date)
    GROUP BY n.id, n.date ORDER BY n.id, n.date
    ON CONFLICT (experience_id, date) DO UPDATE SET
      reads = r.reads * power(${KEPT_PER_DAY}::float8, greatest(0, extract(epoch FROM ${now}::timestamptz - r.as_of) / 86400)::float8)
        + excluded.reads,
      as_of = excluded.as_of,
      unjudged = greatest(0, r.unjudged + excluded.unjudged),
      unjudged_ahead = CASE WHEN r.unjudged + excluded.unjudged > 0 THEN r.unjudged_ahead + excluded.unjudged_ahead ELSE 0 END,
      calendars_before = coalesce(excluded.calendars_before, r.calendars_before)`;
}
