import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { ReadTally } from '../experience/index.js';
import { CLOSED_FINGERPRINT, type ClaimedDay, type DayDifference } from '../inventory/index.js';
import { Deadlines } from './deadlines.js';
import { ExperienceReplan } from './experience-replan.js';
import { LearnedRates } from './learned-rates.js';
import { lessonOf } from './policy/estimates.js';
import { ratesOf } from './policy/market.js';
import { timelineOf } from './policy/timeline.js';
import { RatesNews } from './rates-news.js';
import { isSuspect } from './turns.js';

/** Below this doubt a change of one price says nothing of the others. */
const TELLING_DOUBT = 0.5;

/** Learns from what was confirmed and from what was read. What was learned is stored now and then, see `flush`. */
@Injectable()
export class Lessons {
  private readonly news: RatesNews;

  constructor(
    private readonly rates: LearnedRates,
    private readonly replan: ExperienceReplan,
    private readonly deadlines: Deadlines,
    private readonly tally: ReadTally,
    settings: MirrorSettings,
  ) {
    this.news = new RatesNews(settings.windowDays);
  }

  /**
   * @param day as it was when it was claimed
   * @param confirmedAt when the request was sent
   */
  async confirmed(day: ClaimedDay, confirmedAt: Date, difference: DayDifference): Promise<void> {
    if (day.confirmedAt === null) return;
    this.learn(day, day.confirmedAt, confirmedAt, difference);
    if (difference.prices && !isSuspect(day)) await this.signal(day.experienceId, day.confirmedAt, confirmedAt);
  }

  /** Stores what was learned since the last call, and looks what the other replicas learned. */
  async flush(): Promise<void> {
    this.news.readCounts(this.tally.take());
    await this.rates.store(this.news);
    await this.rates.refresh();
  }

  private learn(day: ClaimedDay, before: Date, now: Date, { prices, rest }: DayDifference): void {
    const { market } = this.rates;
    const timeline = timelineOf(day.date, this.deadlines.zoneOf(day.timeZone), market.activity);
    const span = { confirmed: timeline.leadAt(before.getTime()), now: timeline.leadAt(now.getTime()) };
    if (day.fingerprint === CLOSED_FINGERPRINT) {
      this.news.closedDay(prices || rest, Math.max(0, span.confirmed - span.now));
      return;
    }
    const suspect = isSuspect(day);
    if (suspect) this.news.suspectDay(prices);
    // A price that changed with the others is no change of this day's own: the signal has told it already.
    const changed = rest || (prices && !(suspect && market.doubt >= TELLING_DOUBT));
    const { multiplier } = ratesOf(market, this.rates.present(day), false);
    this.news.lesson(day.experienceId, lessonOf(market.changes, multiplier, { ...span, changed }));
  }

  /** One price changed: often all prices of the experience did. */
  private async signal(experienceId: number, before: Date, now: Date): Promise<void> {
    if (await this.rates.repriced(experienceId, before, now)) await this.replan.run(experienceId);
  }
}
