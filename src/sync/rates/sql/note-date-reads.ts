import type { DateReads } from '../../../experience/index.js';
import type { Sql } from '../../../prisma/index.js';
import { toDatabaseDate } from '../../../time/index.js';
import { KEPT_PER_DAY } from '../../model/estimates.js';

/**
 * Adds reads to the counts of their dates, which are first faded to the present. Dates without a day are left out: their
 * experience was removed. Locks in one order, so that replicas don't deadlock.
 */
export function noteDateReads(sql: Sql, dates: readonly DateReads[], now: Date): Promise<number> {
  return sql.$executeRaw`
    INSERT INTO day_reads AS r (experience_id, date, reads, as_of, unjudged, unjudged_ahead)
    SELECT n.id, n.date, n.reads, ${now}, n.reads, n.reads * (extract(epoch FROM n.date) - n.at / 1000)
    FROM unnest(${dates.map((day) => day.experienceId)}::int[], ${dates.map((day) => toDatabaseDate(day.date))}::date[],
      ${dates.map((day) => day.reads)}::float8[], ${dates.map((day) => day.at)}::float8[]) AS n(id, date, reads, at)
    WHERE EXISTS (SELECT FROM day d WHERE d.experience_id = n.id AND d.date = n.date)
    ORDER BY n.id, n.date
    ON CONFLICT (experience_id, date) DO UPDATE SET
      reads = r.reads * power(${KEPT_PER_DAY}::float8, greatest(0, extract(epoch FROM ${now}::timestamptz - r.as_of) / 86400)::float8)
        + excluded.reads,
      as_of = excluded.as_of,
      unjudged = r.unjudged + excluded.unjudged,
      unjudged_ahead = r.unjudged_ahead + excluded.unjudged_ahead`;
}
