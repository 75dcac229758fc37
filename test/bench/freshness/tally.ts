import type { Tier } from '../../../src/config/index.js';
import { DAY_MS } from './calendar.js';
import type { Truth } from './truth.js';
import { LEADS, type World } from './world.js';

export interface Outcome {
  /** Share of the reads that saw the truth. */
  readonly freshness: number;
  /** The same of the reads of today. */
  readonly today: number;
  /** Age of what was read, days. */
  readonly ageP50: number;
  readonly ageP95: number;
  /** Share of the open days that are within the max age of their tier, sampled over time, by tier. */
  readonly kept: readonly number[];
  /** Share of the open days that are older than 96 h. */
  readonly ancient: number;
  /** Share of the budget that was used. */
  readonly used: number;
  /** Dates that a request confirmed. */
  readonly dates: number;
}

const ANCIENT = 4;
/** The age of every 50th read is noted. */
const NOTED = 50;

/** Counts what readers saw, how old the days were, and how much of the budget it took. */
export class Tally {
  private all = 0;
  private fresh = 0;
  private readonly ofToday = { all: 0, fresh: 0 };
  private ancient = 0;
  private sent = 0;
  private requests = 0;
  private dates = 0;
  private readonly ages: number[] = [];
  private readonly held: number[];
  private readonly seen: number[];

  constructor(
    private readonly world: World,
    private readonly truth: Truth,
    private readonly confirmedAt: Float64Array,
    private readonly options: { readonly from: number; readonly tiers: readonly Tier[] },
  ) {
    this.held = options.tiers.map(() => 0);
    this.seen = options.tiers.map(() => 0);
  }

  /** @returns whether it saw the truth */
  read(experience: number, date: number, now: number): boolean {
    this.all++;
    const isFresh = this.truth.isFresh(experience, date, now);
    const fresh = isFresh ? 1 : 0;
    this.fresh += fresh;
    if (date === Math.floor(now)) {
      this.ofToday.all++;
      this.ofToday.fresh += fresh;
    }
    if (this.all % NOTED === 0) this.ages.push(this.ageOf(experience, date, now));
    return isFresh;
  }

  /** @param dates that it confirms; 0: it is not sent */
  request(dates: number): void {
    this.requests++;
    if (dates > 0) this.sent++;
    this.dates += dates;
  }

  sample(now: number): void {
    const { tiers } = this.options;
    const tierOf = Array.from({ length: LEADS }, (_, lead) => tiers.findIndex(({ days }) => lead < days));
    for (let experience = 0; experience < this.world.experiences; experience++) {
      for (let lead = 0; lead < LEADS; lead++) {
        const date = Math.floor(now) + lead;
        if (!this.truth.isOpen(experience, date)) continue;
        if (lead === 0 && now - date >= (this.world.lastStart[experience] ?? 1)) continue;
        const tier = tierOf[lead] ?? 0;
        const age = this.ageOf(experience, date, now);
        this.seen[tier] = (this.seen[tier] ?? 0) + 1;
        if (age * DAY_MS <= (tiers[tier]?.maxAgeMs ?? 0)) this.held[tier] = (this.held[tier] ?? 0) + 1;
        if (age > ANCIENT) this.ancient++;
      }
    }
  }

  outcome(): Outcome {
    const ages = this.ages.sort((a, b) => a - b);
    const ageAt = (share: number) => ages[Math.floor(ages.length * share)] ?? NaN;
    return {
      freshness: this.fresh / this.all,
      today: this.ofToday.fresh / this.ofToday.all,
      ageP50: ageAt(0.5),
      ageP95: ageAt(0.95),
      kept: this.held.map((held, tier) => held / (this.seen[tier] ?? 1)),
      ancient: this.ancient / this.seen.reduce((sum, seen) => sum + seen, 0),
      used: this.sent / this.requests,
      dates: this.dates / this.sent,
    };
  }

  /** A day that was never confirmed ages from when it entered the window. */
  private ageOf(experience: number, date: number, now: number): number {
    const entered = Math.max(this.options.from, date - LEADS + 1);
    return now - Math.max(entered, this.confirmedAt[experience * this.world.dates + date] ?? -1);
  }
}
