import { Injectable } from '@nestjs/common';
import { MirrorSettings, SupplierSettings } from '../config/index.js';
import { CLOSED_FINGERPRINT, DayReader, type SampledRow } from '../inventory/index.js';
import { Clock, daysBetween, fromDatabaseDate, localDateAt } from '../time/index.js';
import { Deadlines } from './deadlines.js';
import { LearnedRates } from './learned-rates.js';
import { requestsPerDay } from './policy/capacity.js';
import { ratesOf } from './policy/market.js';
import { priceOfRequest, type SampledDay } from './policy/price.js';
import { priorSample } from './policy/prior-sample.js';

/** How many days are drawn. */
const SAMPLE = 400;
/** How often λ is computed, and how much of the way it then moves (of its logarithm): a sample is no census. */
const EVERY_MS = 60_000;
const STEP = 0.25;
/** Where it is off by more than this factor it is no matter of chance: then it moves all the way. */
const FAR = 1.5;

/** Keeps λ, the price of a request at which what is worth one is what the budget can pay. One replica does it for all. */
@Injectable()
export class RequestPrice {
  constructor(
    private readonly rates: LearnedRates,
    private readonly days: DayReader,
    private readonly deadlines: Deadlines,
    private readonly mirror: MirrorSettings,
    private readonly supplier: SupplierSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * A first one, before anything is known: of a made-up market like ours. What is planned before and after a price is known
   * could not be compared.
   */
  async begin(): Promise<void> {
    if (this.rates.price !== null) return;
    const { experiences } = this.rates;
    const sample = priorSample(experiences, this.mirror.windowDays);
    const weight = (experiences * this.mirror.windowDays) / sample.length;
    await this.rates.setPrice(priceOfRequest(sample, weight, requestsPerDay(this.supplier.requestsPerMinute)));
  }

  /** Computes it where that is due. */
  async keep(): Promise<void> {
    if (!(await this.rates.takePricing(new Date(this.clock.now().getTime() - EVERY_MS)))) return;
    const sample = await this.sample();
    if (sample.length === 0) return;
    const weight = (this.rates.experiences * this.mirror.windowDays) / sample.length;
    const price = priceOfRequest(sample, weight, requestsPerDay(this.supplier.requestsPerMinute));
    const before = this.rates.price ?? price;
    const isFar = Math.abs(Math.log(price / before)) > Math.log(FAR);
    await this.rates.setPrice(isFar ? price : before * (price / before) ** STEP);
  }

  /** Days of the window drawn at random, with what is known of them. */
  async sample(): Promise<SampledDay[]> {
    const experiences = Math.max(1, Math.min(SAMPLE, this.rates.experiences));
    const rows = await this.days.sample({
      now: this.clock.now(),
      first: localDateAt(this.clock.now(), 'UTC'),
      dates: this.mirror.windowDays,
      experiences,
      each: Math.ceil(SAMPLE / experiences),
    });
    return rows.map((row) => this.sampled(row));
  }

  private sampled(row: SampledRow): SampledDay {
    const lead = Math.max(0, daysBetween(this.deadlines.today(row.timeZone), fromDatabaseDate(row.date)));
    const closed = row.fingerprint === CLOSED_FINGERPRINT;
    return { ...ratesOf(this.rates.market, this.rates.present(row), closed), lead };
  }
}
