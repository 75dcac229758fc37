import type { MirrorSettings } from '../../config/index.js';
import type { CatalogueCounts } from '../../experience/index.js';
import type { PrismaService, Sql } from '../../prisma/index.js';
import { localDayAt, type Clock } from '../../time/index.js';
import {
  addCounts,
  fadeBy,
  rateModelOf,
  noCounts,
  type ExperienceCounts,
  type RateModel,
  type RateCounts,
} from '../model/rate-model.js';
import type { PendingObservations } from './pending-observations.js';
import { noteDateReads } from './sql/note-date-reads.js';
import { NO_BANDS } from '../model/tilt.js';
import type { DateReadsRow, RatesRow } from './sql/rates-row.js';
import { noteRates } from './sql/note-rates.js';
import { noteRepricing, type Repricing } from './sql/note-repricing.js';

const DAY_MS = 86_400_000;

/** The stored counts of an experience, as of the instant `countedAt`. */
export type StoredCounts = Omit<RatesRow, 'repricedAt'>;

/** The rates that the priorities of an experience were computed with. */
export interface PlannedRates {
  readonly demand: number;
  readonly multiplier: number;
}

/** The rates of changes and reads of one supplier, learned by all replicas together. The only writer of its three tables. */
export class LearnedRates {
  /** As of the last `refresh` of this process. */
  private known: {
    readonly model: RateModel;
    readonly experiences: number;
    readonly shadowPrice: number | null;
    readonly filling: boolean;
    /** When the shadow price was computed last. */
    readonly pricedAt: Date | null;
  };

  constructor(
    private readonly prisma: PrismaService,
    private readonly counts: CatalogueCounts,
    private readonly supplier: string,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {
    this.known = {
      model: rateModelOf(this.nothing(), 1, 0),
      ...{ experiences: 1, shadowPrice: null, filling: true, pricedAt: null },
    };
  }

  get model(): RateModel {
    return this.known.model;
  }

  /** Experiences that are not paused. */
  get experiences(): number {
    return this.known.experiences;
  }

  /** λ, the least value of a request; null: not computed so far. */
  get shadowPrice(): number | null {
    return this.known.shadowPrice;
  }

  /** When a replica began to compute the shadow price last; null: none did. */
  get pricedAt(): Date | null {
    return this.known.pricedAt;
  }

  /** The mirror still fills, see `model/filling.ts`. */
  get filling(): boolean {
    return this.known.filling;
  }

  /** Reads what all replicas have stored. */
  async refresh(): Promise<void> {
    const [row, experiences] = await Promise.all([
      this.prisma.rateModel.findUnique({ where: { supplier: this.supplier } }),
      this.counts.active(this.supplier),
    ]);
    const { counts: stored = {}, asOf = this.clock.now(), shadowPrice = null, filling = true } = row ?? {};
    const pricedAt = row?.shadowPriceAt ?? null;
    const counts = addCounts(this.parse(stored), fadeBy(this.daysSince(asOf)), this.nothing());
    this.known = {
      model: rateModelOf(counts, experiences, this.partOfDay()),
      ...{ experiences, shadowPrice, filling, pricedAt },
    };
  }

  /** The counts of an experience, faded to the present. */
  present(stored: StoredCounts): ExperienceCounts {
    const kept = fadeBy(this.daysSince(stored.countedAt));
    const { changesSeen, changesExpected, reads, calendarReads } = stored;
    const { bandChangesSeen, bandChangesExpected, bandReads } = stored;
    const bands = {
      changes: NO_BANDS.changes.map((_, i) => ({
        n: (bandChangesSeen[i] ?? 0) * kept,
        e: (bandChangesExpected[i] ?? 0) * kept,
      })),
      reads: NO_BANDS.reads.map((_, i) => (bandReads[i] ?? 0) * kept),
    };
    return {
      changes: { n: changesSeen * kept, e: changesExpected * kept },
      ...{ reads: reads * kept, calendarReads: calendarReads * kept, bands },
    };
  }

  /** The reads of a date, faded to the present. */
  presentReads({ dateReads, dateReadsAt }: DateReadsRow): number {
    return dateReads * fadeBy(this.daysSince(dateReadsAt));
  }

  /** Inserts the row of the supplier. */
  async beginModel(): Promise<void> {
    await this.prisma.rateModel.createMany({
      data: [{ supplier: this.supplier, asOf: this.clock.now(), counts: {} }],
      skipDuplicates: true,
    });
  }

  /** Inserts the rows of new experiences. */
  async begin(experienceIds: readonly number[]): Promise<void> {
    await this.prisma.experienceRates.createMany({
      data: experienceIds.map((experienceId) => ({
        experienceId,
        supplier: this.supplier,
        asOf: this.clock.now(),
        plannedAt: this.clock.now(),
      })),
      skipDuplicates: true,
    });
  }

  /** Stores the pending observations, all or none. @param beside what is stored in the same transaction; null: nothing */
  async store(pending: PendingObservations, beside: ((sql: Sql) => Promise<void>) | null): Promise<void> {
    if (pending.empty && !beside) return;
    const taken = pending.take();
    try {
      await this.prisma.inTransaction(async (sql) => {
        const now = this.clock.now();
        if (taken.experiences.size > 0) {
          const { meanReads, changes } = this.model;
          await noteRates(sql, taken.experiences, now, { meanReads, scale: changes.scale });
        }
        const { dates, settled } = taken;
        if (dates.length + settled.length > 0) await noteDateReads(sql, dates, settled, now);
        await beside?.(sql);
        await this.addToModel(sql, taken.counts, now);
      });
    } catch (error) {
      pending.putBack(taken);
      throw error;
    }
  }

  /** Prices of an experience were found changed. @returns since when they may have; undefined: a noted change explains it */
  repriced(repricing: Repricing): Promise<Date | undefined> {
    return noteRepricing(this.prisma.direct, repricing);
  }

  /** Takes the experience that was planned longest ago, if before `before`. No other replica takes the same one. */
  async nextToPlan(before: Date): Promise<number | undefined> {
    const now = this.clock.now();
    const rows = await this.prisma.direct.$queryRaw<{ experienceId: number }[]>`
      UPDATE experience_rates SET planned_at = ${now} WHERE experience_id = (
        SELECT experience_id FROM experience_rates WHERE supplier = ${this.supplier} AND planned_at < ${before}
        ORDER BY planned_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING experience_id AS "experienceId"`;
    return rows[0]?.experienceId;
  }

  async planned(experienceId: number, { demand, multiplier }: PlannedRates): Promise<void> {
    await this.prisma.direct.$executeRaw`
      UPDATE experience_rates SET planned_demand = ${demand}, planned_multiplier = ${multiplier}
      WHERE experience_id = ${experienceId}`;
  }

  /** Corrects instants after `past`, which no rule can set. @returns how many rows */
  async clamp(past: Date): Promise<number> {
    const now = this.clock.now();
    const experiences = await this.prisma.$executeRaw`
      UPDATE experience_rates SET as_of = least(as_of, ${now}), repriced_at = least(repriced_at, ${now}),
        repricing_starts = ARRAY(SELECT least(at, ${now}) FROM unnest(repricing_starts) AS at ORDER BY at),
        repricing_ends = ARRAY(SELECT least(at, ${now}) FROM unnest(repricing_ends) AS at ORDER BY at), planned_at = least(planned_at, ${now})
      WHERE supplier = ${this.supplier} AND (as_of > ${past} OR repriced_at > ${past} OR planned_at > ${past})`;
    const model = await this.prisma.$executeRaw`
      UPDATE rate_model SET as_of = least(as_of, ${now}), shadow_price_at = least(shadow_price_at, ${now})
      WHERE supplier = ${this.supplier} AND (as_of > ${past} OR shadow_price_at > ${past})`;
    return experiences + model;
  }

  /** Takes the job of computing the shadow price, if none did since `before`. @returns when; undefined: another has it */
  async takeShadowPricing(before: Date): Promise<Date | undefined> {
    const { pricedAt } = this.known;
    if (pricedAt !== null && pricedAt >= before) return undefined;
    const now = this.clock.now();
    const { count } = await this.prisma.rateModel.updateMany({
      where: { supplier: this.supplier, OR: [{ shadowPriceAt: null }, { shadowPriceAt: { lt: before } }] },
      data: { shadowPriceAt: now },
    });
    if (count === 0) return undefined;
    this.known = { ...this.known, pricedAt: now };
    return now;
  }

  /** @param taken when its computation was taken. If another has taken it since, its price counts; null: it is the first, if none is set */
  async setShadowPrice(shadowPrice: number, filling: boolean, taken: Date | null): Promise<void> {
    const where = { supplier: this.supplier, ...(taken ? { shadowPriceAt: taken } : { shadowPrice: null }) };
    const { count } = await this.prisma.rateModel.updateMany({ where, data: { shadowPrice, filling } });
    if (count > 0) this.known = { ...this.known, shadowPrice, filling };
  }

  private async addToModel(sql: Sql, pending: RateCounts, now: Date): Promise<void> {
    const rows = await sql.$queryRaw<{ counts: unknown; asOf: Date }[]>`
      SELECT counts, as_of AS "asOf" FROM rate_model WHERE supplier = ${this.supplier} FOR UPDATE`;
    const row = rows[0] ?? { counts: {}, asOf: now };
    const counts = addCounts(this.parse(row.counts), fadeBy((now.getTime() - row.asOf.getTime()) / DAY_MS), pending);
    await sql.$executeRaw`
      UPDATE rate_model SET counts = ${JSON.stringify(counts)}::jsonb, as_of = greatest(as_of, ${now})
      WHERE supplier = ${this.supplier}`;
  }

  /** The stored counts may be empty, or of a window of another length. */
  private parse(counts: unknown): RateCounts {
    return { ...this.nothing(), ...(counts as Partial<RateCounts>) };
  }

  private nothing(): RateCounts {
    return noCounts(this.settings.windowDays);
  }

  /** Of the default zone: that of most experiences. */
  private partOfDay(): number {
    const now = this.clock.now();
    const { from, until } = localDayAt(now, this.settings.defaultTimeZone);
    return (now.getTime() - from) / (until - from);
  }

  private daysSince(instant: Date): number {
    return (this.clock.now().getTime() - instant.getTime()) / DAY_MS;
  }
}
