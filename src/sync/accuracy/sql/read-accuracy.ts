import { fragment, type Sql } from '../../../prisma/index.js';
import { toDatabaseDate, type LocalDate } from '../../../time/index.js';
import type { AuditCounts } from '../accuracy-figures.js';
import type { Truth } from '../read-truth.js';

export interface BandRow extends Truth, AuditCounts {
  readonly supplier: string;
  readonly band: number;
}

export interface ExperienceRow extends Truth {
  readonly id: number;
  readonly supplier: string;
  readonly name: string | null;
}

const sums = fragment`sum(a.reads) AS reads, sum(a.unchanged) AS unchanged, sum(a.measured) AS measured,
  sum(a.high) AS high, sum(a.variance) AS variance, sum(a.expected) AS expected`;

/** Sums since a full hour, nearest leads first. */
export function readBands(sql: Sql, from: Date): Promise<BandRow[]> {
  return sql.$queryRaw`
    SELECT a.supplier, a.band, ${sums}, sum(a.audits)::int AS audits, sum(a.true_audits)::int AS "trueAudits"
    FROM accuracy a WHERE a.hour >= ${from} GROUP BY a.supplier, a.band ORDER BY a.supplier, a.band`;
}

/** The experiences with most reads that did not see the truth, since a date. */
export function readWorst(sql: Sql, from: LocalDate, limit: number): Promise<ExperienceRow[]> {
  return sql.$queryRaw`
    SELECT e.id, e.supplier, e.name, worst.* FROM (
      SELECT a.experience_id, ${sums} FROM experience_accuracy a
      WHERE a.date >= ${toDatabaseDate(from)}::date AND EXISTS (SELECT FROM experience x WHERE x.id = a.experience_id)
      GROUP BY a.experience_id ORDER BY sum(a.reads - a.measured) DESC, a.experience_id LIMIT ${limit}
    ) AS worst JOIN experience e ON e.id = worst.experience_id
    ORDER BY worst.reads - worst.measured DESC, e.id`;
}
