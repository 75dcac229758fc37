import type { Sql } from '../../../prisma/index.js';
import { KEPT_PER_DAY } from '../../model/estimates.js';
import type { ExperienceObservations } from '../pending-observations.js';

/** The factor by which a rate must move for its experience to be replanned first. */
const MOVED = 1.5;

/**
 * Adds observations to the counts of experiences, which are first faded to the present. An experience whose rates have moved
 * much since its last plan is replanned before others, the most read first. Locks in one order, so that replicas don't deadlock.
 * The last parameter: the reads of an average experience, and the scale of the change curve.
 */
export function noteRates(
  sql: Sql,
  experiences: ReadonlyMap<number, ExperienceObservations>,
  now: Date,
  { meanReads, scale }: { readonly meanReads: number; readonly scale: number },
): Promise<number> {
  const observed = [...experiences.values()];
  return sql.$executeRaw`
    WITH old AS (
      SELECT r.*, n.seen, n.expected, n.observed, n.of_calendars,
        power(${KEPT_PER_DAY}::float8, greatest(0, extract(epoch FROM ${now}::timestamptz - r.as_of) / 86400)::float8) AS kept
      FROM unnest(${[...experiences.keys()]}::int[], ${observed.map((n) => n.seen)}::float8[],
        ${observed.map((n) => n.expected)}::float8[], ${observed.map((n) => n.reads)}::float8[],
        ${observed.map((n) => n.calendars)}::float8[]) AS n(id, seen, expected, observed, of_calendars)
      JOIN experience_rates r ON r.experience_id = n.id
      ORDER BY r.experience_id FOR UPDATE OF r
    ), new AS (
      SELECT experience_id, changes_seen * kept + seen AS seen, changes_expected * kept + expected AS expected,
        reads * kept + observed AS reads, calendar_reads * kept + of_calendars AS calendar_reads,
        calendars + of_calendars AS calendars, planned_demand, planned_multiplier
      FROM old
    )
    UPDATE experience_rates r SET changes_seen = new.seen, changes_expected = new.expected, reads = new.reads,
      calendar_reads = new.calendar_reads, calendars = new.calendars, as_of = greatest(r.as_of, ${now}),
      planned_at = CASE
        WHEN greatest((0.5 + new.reads) / (0.5 + ${meanReads}::float8) / new.planned_demand,
          new.planned_demand / ((0.5 + new.reads) / (0.5 + ${meanReads}::float8)),
          (1 + new.seen) / (1 + ${scale}::float8 * new.expected) / new.planned_multiplier,
          new.planned_multiplier / ((1 + new.seen) / (1 + ${scale}::float8 * new.expected))) > ${MOVED}
        THEN to_timestamp(-new.reads) ELSE r.planned_at END
    FROM new WHERE r.experience_id = new.experience_id`;
}
