import { Injectable } from '@nestjs/common';
import { MirrorSettings, SupplierSettings } from '../../config/index.js';
import { CLOSED_FINGERPRINT } from '../../inventory/index.js';
import { PrismaService } from '../../prisma/index.js';
import { Clock, daysBetween, fromDatabaseDate, localDateAt } from '../../time/index.js';
import { sampleDays, type SampledRow } from './sql/sample-days.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { LearnedRates } from './learned-rates.js';
import { requestsPerDay } from '../budget/pacing.js';
import { ratesOf } from '../model/rate-model.js';
import { shadowPriceOf, type SampledDay } from '../model/shadow-price.js';
import { leastPrice, leastRank } from '../model/min-value.js';
import { priorSample } from '../model/prior-sample.js';

/** How many days are drawn. */
const SAMPLE = 400;
/** How often λ is computed, and how much of the way it then moves (of its logarithm): a sample is no census. */
const EVERY_MS = 60_000;
const STEP = 0.25;
/** Where it is off by more than this factor it is no matter of chance: then it moves all the way. */
const FAR = 1.5;

/** Keeps λ, the price of a request at which what is worth one is what the budget can pay. One replica does it for all. */
@Injectable()
export class ShadowPriceKeeper {
  constructor(
    private readonly rates: LearnedRates,
    private readonly prisma: PrismaService,
    private readonly window: MirrorWindow,
    private readonly mirror: MirrorSettings,
    private readonly supplier: SupplierSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * A first one, before anything is known: of a made-up model like ours. What is planned before and after a price is known
   * could not be compared.
   */
  async begin(): Promise<void> {
    if (this.rates.shadowPrice !== null) return;
    const { experiences } = this.rates;
    const sample = priorSample(experiences, this.mirror.windowDays);
    const weight = (experiences * this.mirror.windowDays) / sample.length;
    await this.rates.setShadowPrice(this.atLeast(this.affordable(sample, weight)));
  }

  /** Computes it where that is due. */
  async keep(): Promise<void> {
    if (!(await this.rates.takeShadowPricing(new Date(this.clock.now().getTime() - EVERY_MS)))) return;
    const sample = await this.sample();
    if (sample.length === 0) return;
    const weight = (this.rates.experiences * this.mirror.windowDays) / sample.length;
    const price = this.atLeast(this.affordable(sample, weight));
    const before = this.rates.shadowPrice ?? price;
    const isFar = Math.abs(Math.log(price / before)) > Math.log(FAR);
    await this.rates.setShadowPrice(isFar ? price : before * (price / before) ** STEP);
  }

  /** The rank from which on a confirmed day may be fetched by its value. */
  get leastRank(): number {
    const least = this.least;
    return leastRank(least, Math.max(least, this.rates.shadowPrice ?? least));
  }

  private affordable(sample: readonly SampledDay[], weight: number): number {
    return shadowPriceOf(sample, weight, requestsPerDay(this.supplier.requestsPerMinute));
  }

  private atLeast(price: number): number {
    return Math.max(price, this.least);
  }

  private get least(): number {
    return leastPrice(this.mirror.minValue, this.rates.model.readsPerDay);
  }

  /** Days of the window drawn at random, with what is known of them. */
  async sample(): Promise<SampledDay[]> {
    const experiences = Math.max(1, Math.min(SAMPLE, this.rates.experiences));
    const rows = await sampleDays(this.prisma, {
      now: this.clock.now(),
      first: localDateAt(this.clock.now(), 'UTC'),
      dates: this.mirror.windowDays,
      experiences,
      each: Math.ceil(SAMPLE / experiences),
    });
    return rows.map((row) => this.sampled(row));
  }

  private sampled(row: SampledRow): SampledDay {
    const lead = Math.max(0, daysBetween(this.window.today(row.timeZone), fromDatabaseDate(row.date)));
    const closed = row.fingerprint === CLOSED_FINGERPRINT;
    return { ...ratesOf(this.rates.model, this.rates.present(row), closed), lead };
  }
}
