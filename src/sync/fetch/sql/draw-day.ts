import { isPaused } from '../../../experience/index.js';
import { fragment, type Sql } from '../../../prisma/index.js';
import { KEPT_PER_DAY } from '../../model/estimates.js';

export interface DrawOrder {
  readonly supplier: string;
  readonly now: Date;
  /** The dates of the window; a calendar is a read of each of them. */
  readonly dates: number;
  /** Uniform in [0, 1): which experience, and which of its dates. */
  readonly experience: number;
  readonly date: number;
}

/**
 * Draws a confirmed day with the probability that a random read is one of it: first an experience by its reads, then a date of it
 * by its own reads and its share of those of calendars. Reads the rates of the supplier once, and the days of one experience.
 */
export function drawDay(
  sql: Sql,
  { supplier, now, dates, experience, date }: DrawOrder,
): Promise<{ experienceId: number; date: Date }[]> {
  return sql.$queryRaw`
    WITH rated AS (
      SELECT r.experience_id, e.calendars, sum(e.reads) OVER (ORDER BY r.experience_id) AS upto, sum(e.reads) OVER () AS total
      FROM experience_rates r JOIN experience x ON x.id = r.experience_id AND NOT ${isPaused(fragment`x`, now)}
      CROSS JOIN LATERAL (
        SELECT power(${KEPT_PER_DAY}::float8, greatest(0, extract(epoch FROM ${now}::timestamptz - r.as_of) / 86400)::float8) AS kept
      ) AS k
      CROSS JOIN LATERAL (SELECT r.reads * k.kept AS reads, r.calendar_reads * k.kept AS calendars) AS e
      WHERE r.supplier = ${supplier} AND r.reads > 0
    ), drawn AS (
      SELECT experience_id, calendars FROM rated WHERE upto > ${experience}::float8 * total ORDER BY upto LIMIT 1
    ), weighed AS (
      SELECT d.experience_id, d.date, w.weight, sum(w.weight) OVER (ORDER BY d.date) AS upto, sum(w.weight) OVER () AS total,
        d.attempts = 0 AND d.empty_seen_at IS NULL AS sound
      FROM drawn JOIN day d ON d.experience_id = drawn.experience_id AND d.due_at IS NOT NULL AND d.confirmed_at IS NOT NULL
      LEFT JOIN day_reads n ON n.experience_id = d.experience_id AND n.date = d.date
      CROSS JOIN LATERAL (
        SELECT drawn.calendars / ${dates}::float8 + coalesce(n.reads
          * power(${KEPT_PER_DAY}::float8, greatest(0, extract(epoch FROM ${now}::timestamptz - n.as_of) / 86400)::float8), 0) AS weight
      ) AS w
    ), chosen AS (
      SELECT * FROM weighed WHERE upto > ${date}::float8 * total ORDER BY upto LIMIT 1
    )
    SELECT experience_id AS "experienceId", date FROM chosen c
    WHERE sound AND NOT EXISTS (SELECT FROM product_health h WHERE h.experience_id = c.experience_id AND h.held)`;
}
