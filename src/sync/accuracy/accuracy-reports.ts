import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../prisma/index.js';
import { Clock, type LocalDate } from '../../time/index.js';
import { auditedOf, figuresOf, type AuditCounts } from './accuracy-figures.js';
import type { Accuracy, AccuracyRange } from './accuracy.shape.js';
import { BANDS } from './lead-band.js';
import { addTruth, NO_TRUTH, type Truth } from './read-truth.js';
import { readBands, readWorst, type BandRow } from './sql/read-accuracy.js';

const HOUR_MS = 3_600_000;
const HOURS: Readonly<Record<AccuracyRange, number>> = { hour: 1, day: 24, week: 7 * 24, month: 30 * 24 };

type Sums = Truth & AuditCounts;
type SupplierAccuracy = Accuracy['suppliers'][number];

/** How many reads saw the truth lately, and how many should have. */
@Injectable()
export class AccuracyReports {
  constructor(
    private readonly prisma: PrismaService,
    private readonly clock: Clock,
  ) {}

  /** @param limit how many experiences */
  async read(range: AccuracyRange, limit: number): Promise<Accuracy> {
    const { from, until } = this.span(range);
    const [rows, worst] = await Promise.all([
      readBands(this.prisma, from),
      readWorst(this.prisma, from.toISOString().slice(0, 10) as LocalDate, limit),
    ]);
    return {
      ...{ range, from: from.toISOString(), until: until.toISOString() },
      ...{ total: shown(sumOf(rows)), suppliers: bySupplier(rows) },
      experiences: worst.map((row) => ({ id: row.id, supplier: row.supplier, name: row.name, ...figuresOf(row) })),
    };
  }

  async suppliers(range: AccuracyRange): Promise<readonly SupplierAccuracy[]> {
    return bySupplier(await readBands(this.prisma, this.span(range).from));
  }

  private span(range: AccuracyRange) {
    const until = this.clock.now();
    const from = new Date(Math.floor((until.getTime() - HOURS[range] * HOUR_MS) / HOUR_MS) * HOUR_MS);
    return { from, until };
  }
}

function bySupplier(rows: readonly BandRow[]): SupplierAccuracy[] {
  return [...new Set(rows.map(({ supplier }) => supplier))].map((supplier) => {
    const own = rows.filter((row) => row.supplier === supplier);
    const leads = own.flatMap((row) => {
      const band = BANDS[row.band];
      return band ? [{ ...band, ...shown(row) }] : [];
    });
    return { supplier, ...shown(sumOf(own)), leads };
  });
}

function shown(sums: Sums) {
  return { ...figuresOf(sums), audited: auditedOf(sums) };
}

function sumOf(rows: readonly Sums[]): Sums {
  return rows.reduce<Sums>(
    (sum, row) => ({
      ...addTruth(sum, row),
      audits: sum.audits + row.audits,
      trueAudits: sum.trueAudits + row.trueAudits,
    }),
    { ...NO_TRUTH, audits: 0, trueAudits: 0 },
  );
}
