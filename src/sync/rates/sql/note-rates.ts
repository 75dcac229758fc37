import { fragment, type Fragment, type Sql } from '../../../prisma/index.js';
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
      SELECT r.*, n.seen, n.expected, n.observed, n.of_calendars, n.bands_seen, n.bands_expected, n.bands_read,
        power(${KEPT_PER_DAY}::float8, greatest(0, extract(epoch FROM ${now}::timestamptz - r.as_of) / 86400)::float8) AS kept
      FROM unnest(${[...experiences.keys()]}::int[], ${observed.map((n) => n.seen)}::float8[],
        ${observed.map((n) => n.expected)}::float8[], ${observed.map((n) => n.reads)}::float8[],
        ${observed.map((n) => n.calendars)}::float8[], ${observed.map((n) => bandsOf(n, 'seen'))}::text[],
        ${observed.map((n) => bandsOf(n, 'expected'))}::text[], ${observed.map((n) => bandsOf(n, 'reads'))}::text[])
        AS n(id, seen, expected, observed, of_calendars, bands_seen, bands_expected, bands_read)
      JOIN experience_rates r ON r.experience_id = n.id
      ORDER BY r.experience_id FOR UPDATE OF r
    ), new AS (
      SELECT experience_id, changes_seen * kept + seen AS seen, changes_expected * kept + expected AS expected,
        reads * kept + observed AS reads, calendar_reads * kept + of_calendars AS calendar_reads,
        calendars + of_calendars AS calendars, ${addedBands(fragment`band_changes_seen`, fragment`bands_seen`)} AS bands_seen,
        ${addedBands(fragment`band_changes_expected`, fragment`bands_expected`)} AS bands_expected,
        ${addedBands(fragment`band_reads`, fragment`bands_read`)} AS bands_read, planned_demand, planned_multiplier
      FROM old
    )
    UPDATE experience_rates r SET changes_seen = new.seen, changes_expected = new.expected, reads = new.reads,
      calendar_reads = new.calendar_reads, calendars = new.calendars,
      band_changes_seen = new.bands_seen, band_changes_expected = new.bands_expected, band_reads = new.bands_read, as_of = greatest(r.as_of, ${now}),
      planned_at = CASE
        WHEN greatest((0.5 + new.reads) / (0.5 + ${meanReads}::float8) / new.planned_demand,
          new.planned_demand / ((0.5 + new.reads) / (0.5 + ${meanReads}::float8)),
          (1 + new.seen) / (1 + ${scale}::float8 * new.expected) / new.planned_multiplier,
          new.planned_multiplier / ((1 + new.seen) / (1 + ${scale}::float8 * new.expected))) > ${MOVED}
        THEN to_timestamp(-new.reads) ELSE r.planned_at END
    FROM new WHERE r.experience_id = new.experience_id`;
}

/** As the text of an array, because PostgreSQL flattens arrays of arrays. */
function bandsOf({ bands: { changes, reads } }: ExperienceObservations, of: 'seen' | 'expected' | 'reads'): string {
  return `{${(of === 'reads' ? reads : changes.map(({ n, e }) => (of === 'seen' ? n : e))).join()}}`;
}

/** The stored counts by band, faded, plus new ones. */
function addedBands(stored: Fragment, added: Fragment) {
  return fragment`ARRAY(SELECT coalesce(b.before, 0) * kept + coalesce(b.new, 0)
    FROM unnest(${stored}, ${added}::float8[]) WITH ORDINALITY AS b(before, new, place) ORDER BY b.place)`;
}
