import type { Sql } from '../../../prisma/index.js';
import type { ExperienceAccuracy, HourAccuracy } from '../pending-accuracy.js';

/** Adds sums by hour. Locks in one order, so that replicas don't deadlock. */
export function addHours(sql: Sql, supplier: string, hours: readonly HourAccuracy[]): Promise<number> {
  return sql.$executeRaw`
    INSERT INTO accuracy AS a (hour, supplier, band, reads, unchanged, measured, high, variance, expected, audits, true_audits)
    SELECT n.hour, ${supplier}, n.band, n.reads, n.unchanged, n.measured, n.high, n.variance, n.expected, n.audits, n."trueAudits"
    FROM jsonb_to_recordset(${JSON.stringify(hours)}::jsonb) AS n(hour timestamptz, band smallint, reads float8, unchanged float8,
      measured float8, high float8, variance float8, expected float8, audits int, "trueAudits" int)
    ORDER BY n.hour, n.band
    ON CONFLICT (hour, supplier, band) DO UPDATE SET reads = a.reads + excluded.reads, unchanged = a.unchanged + excluded.unchanged,
      measured = a.measured + excluded.measured, high = a.high + excluded.high,
      variance = a.variance + excluded.variance, expected = a.expected + excluded.expected,
      audits = a.audits + excluded.audits, true_audits = a.true_audits + excluded.true_audits`;
}

/** The same by experience. */
export function addExperiences(sql: Sql, experiences: readonly ExperienceAccuracy[]): Promise<number> {
  return sql.$executeRaw`
    INSERT INTO experience_accuracy AS a (date, experience_id, reads, unchanged, measured, high, variance, expected)
    SELECT n.date, n."experienceId", n.reads, n.unchanged, n.measured, n.high, n.variance, n.expected
    FROM jsonb_to_recordset(${JSON.stringify(experiences)}::jsonb) AS n(date date, "experienceId" int, reads float8, unchanged float8,
      measured float8, high float8, variance float8, expected float8)
    ORDER BY n.date, n."experienceId"
    ON CONFLICT (date, experience_id) DO UPDATE SET reads = a.reads + excluded.reads, unchanged = a.unchanged + excluded.unchanged,
      measured = a.measured + excluded.measured, high = a.high + excluded.high,
      variance = a.variance + excluded.variance, expected = a.expected + excluded.expected`;
}
