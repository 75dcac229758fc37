import type { MirrorSettings } from '../../config/index.js';
import { CLOSED_FINGERPRINT } from '../../inventory/index.js';
import type { PrismaService } from '../../prisma/index.js';
import type { Supplier } from '../../supplier/index.js';
import { daysBetween, fromDatabaseDate, type Clock } from '../../time/index.js';
import { sampleDays, type SampledRow } from './sql/sample-days.js';
import type { MirrorWindow } from '../window/mirror-window.js';
import type { LearnedRates } from './learned-rates.js';
import { requestsPerDay } from '../budget/pacing.js';
import { ratesOf } from '../model/rate-model.js';
import { isFilling, type SampledFill } from '../model/filling.js';
import { drawDays } from '../model/price-sample.js';
import { nextPrice, shadowPriceOf, type SampledDay } from '../model/shadow-price.js';
import { fillPrice, leastPrice, leastRank } from '../model/min-value.js';
import { basisOf, hasMoved, UNKNOWN_BASIS, type PriceBasis } from '../model/price-basis.js';
import { timelineOf } from '../model/timeline.js';
import type { Random } from '../model/random.js';
import { priorSample } from '../model/prior-sample.js';

/** The number of sampled days. */
const SAMPLE = 1_000;
/** How often λ is computed. */
const EVERY_MS = 60_000;
/** The same, after changes or reads moved far. */
const SOON_MS = 5_000;

/**
 * Keeps λ, the shadow price at which as many requests are worth sending as the budget allows. One per supplier; one replica
 * does it for all.
 */
export class ShadowPriceKeeper {
  private prior: { readonly experiences: number; readonly price: number } | undefined;
  /** Of a price from before the start it is unknown: it is computed anew soon, because counts may have come since. */
  private basis = UNKNOWN_BASIS;
  /** When the price was computed that `basis` is of. */
  private basisAt: number | undefined;

  constructor(
    private readonly rates: LearnedRates,
    private readonly prisma: PrismaService,
    private readonly window: MirrorWindow,
    private readonly mirror: MirrorSettings,
    private readonly supplier: Supplier,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  /**
   * Sets a first price from the prior sample, before any observation. Priorities computed without a price could not be
   * compared with later ones.
   */
  async begin(): Promise<void> {
    this.basisAt = this.rates.pricedAt?.getTime();
    if (this.rates.shadowPrice !== null) return;
    await this.rates.setShadowPrice(this.atLeast(this.priorPrice(this.rates.experiences)), true, null);
  }

  /** Computes the price if it is due. */
  async keep(): Promise<void> {
    const basis = basisOf(this.rates.model);
    // Another replica has computed it, from about the same.
    if (this.rates.pricedAt && this.rates.pricedAt.getTime() !== this.basisAt) this.based(basis, this.rates.pricedAt);
    const every = hasMoved(this.basis, basis) ? SOON_MS : EVERY_MS;
    const taken = await this.rates.takeShadowPricing(new Date(this.clock.now().getTime() - every));
    if (!taken) return;
    // If it fails, the price is still that of the old estimates.
    this.basisAt = taken.getTime();
    const sample = await this.sample();
    if (sample.length === 0) return;
    const weight = (this.rates.experiences * this.mirror.windowDays) / sample.length;
    const price = this.atLeast(this.affordable(sample, weight));
    const before = this.rates.shadowPrice ?? price;
    const next = nextPrice(before, price);
    // By the price for such days: with the least price, without readers, no day would be worth it.
    await this.rates.setShadowPrice(next, isFilling(sample, this.fillPriceAt(next)), taken);
    this.based(basis, taken);
  }

  private based(basis: PriceBasis, pricedAt: Date): void {
    this.basis = basis;
    this.basisAt = pricedAt.getTime();
  }

  /** The least rank at which a confirmed day may be fetched by its value. */
  get leastRank(): number {
    return leastRank(this.leastOfDay, this.price);
  }

  /** What the dates of a request have to be worth together, in shadow prices. */
  get leastWorth(): number {
    return this.least / this.price;
  }

  private get price(): number {
    return this.atLeast(this.rates.shadowPrice ?? 0);
  }

  /** The price for days that were never confirmed. */
  get fillPrice(): number {
    return this.fillPriceAt(this.rates.shadowPrice);
  }

  private fillPriceAt(shadowPrice: number | null): number {
    const { experiences } = this.rates;
    if (this.prior?.experiences !== experiences) this.prior = { experiences, price: this.priorPrice(experiences) };
    return fillPrice(shadowPrice ?? Infinity, shadowPrice === null ? Infinity : this.leastOfDay, this.prior.price);
  }

  /** The mirror fills: many days that are worth a request were never confirmed. */
  get filling(): boolean {
    return this.rates.filling;
  }

  /** While the mirror fills, how many days it takes to fetch every mirrored day once; afterwards undefined. */
  get roundDays(): number | undefined {
    if (!this.rates.filling) return undefined;
    const refreshes = requestsPerDay(this.supplier.settings.requestsPerMinute) * this.dates;
    return (this.rates.experiences * this.mirror.windowDays) / refreshes;
  }

  /** What the budget affords where nothing is known: of a made-up catalogue of this size. */
  private priorPrice(experiences: number): number {
    const sample = priorSample(experiences, this.mirror.windowDays);
    return this.affordable(sample, (experiences * this.mirror.windowDays) / sample.length);
  }

  private affordable(sample: readonly SampledDay[], weight: number): number {
    return shadowPriceOf(sample, weight, requestsPerDay(this.supplier.settings.requestsPerMinute), this.dates);
  }

  /** The most dates that a request answers. */
  private get dates(): number {
    return Math.min(this.supplier.client.daysPerRequest, this.mirror.windowDays);
  }

  private atLeast(price: number): number {
    return Math.max(price, this.leastOfDay);
  }

  /** A request is worth the sum of its dates, so each needs only its part of the least price. */
  private get leastOfDay(): number {
    return this.least / this.dates;
  }

  /** Of a request. */
  private get least(): number {
    return leastPrice(this.mirror.minValue, this.rates.model.readsPerDay);
  }

  /** Days of the window, with their rates. */
  async sample(): Promise<SampledFill[]> {
    const rows = await sampleDays(this.prisma, {
      supplier: this.supplier.name,
      now: this.clock.now(),
      defaultZone: this.window.zoneOf(null),
      draws: drawDays(this.rates.experiences, this.mirror.windowDays, SAMPLE, this.random),
    });
    return rows.map((row) => this.sampled(row));
  }

  private sampled(row: SampledRow): SampledFill {
    const date = fromDatabaseDate(row.date);
    const { model } = this.rates;
    const { leadAt } = timelineOf(date, this.window.zoneOf(row.timeZone), model.activity);
    const own = { reads: this.rates.presentReads(row), now: leadAt(this.clock.now().getTime()) };
    const closed = row.fingerprint === CLOSED_FINGERPRINT;
    const rates = ratesOf(model, this.rates.present(row), closed, own);
    const lead = Math.max(0, daysBetween(this.window.today(row.timeZone), date));
    return { ...rates, lead, neverConfirmed: row.neverConfirmed };
  }
}
