import type { Truth } from './truth.js';
import { LEADS, type World } from './world.js';

export interface Tiering {
  /** Days of age that a date so many days ahead may have. */
  readonly maxAge: (lead: number) => number;
  readonly tiers: number;
  readonly tierOf: (lead: number) => number;
}

export interface Outcome {
  /** Share of the reads that saw the truth. */
  readonly freshness: number;
  /** Age of what was read at shares of the reads, days; days never confirmed count as old as the simulation. */
  readonly ageP50: number;
  readonly ageP95: number;
  /** Share of the days that can change whose age kept their tier, sampled over time, by tier. */
  readonly kept: readonly number[];
  /** Share of the days that can change that were older than 96 h. */
  readonly ancient: number;
}

const ANCIENT = 4;
/** Of so many reads the age of one is noted. */
const NOTED = 50;

/** Counts what readers saw, and how old the days were. */
export class Tally {
  private all = 0;
  private fresh = 0;
  private ancient = 0;
  private readonly ages: number[] = [];
  private readonly held: number[];
  private readonly seen: number[];

  constructor(
    private readonly world: World,
    private readonly truth: Truth,
    private readonly confirmedAt: Float64Array,
    private readonly options: { readonly from: number; readonly tiering: Tiering },
  ) {
    this.held = Array.from({ length: options.tiering.tiers }, () => 0);
    this.seen = Array.from({ length: options.tiering.tiers }, () => 0);
  }

  read(experience: number, date: number, now: number): void {
    this.all++;
    if (this.truth.isFresh(experience, date, now)) this.fresh++;
    if (this.all % NOTED === 0) this.ages.push(this.ageOf(experience, date, now));
  }

  sample(now: number): void {
    const { tierOf, maxAge } = this.options.tiering;
    for (let experience = 0; experience < this.world.experiences; experience++) {
      for (let lead = 0; lead < LEADS; lead++) {
        const date = Math.floor(now) + lead;
        if (!this.truth.isOpen(experience, date)) continue;
        const tier = tierOf(lead);
        const age = this.ageOf(experience, date, now);
        this.seen[tier] = (this.seen[tier] ?? 0) + 1;
        if (age <= maxAge(lead)) this.held[tier] = (this.held[tier] ?? 0) + 1;
        if (age > ANCIENT) this.ancient++;
      }
    }
  }

  outcome(): Outcome {
    const ages = this.ages.sort((a, b) => a - b);
    const ageAt = (share: number) => ages[Math.floor(ages.length * share)] ?? NaN;
    return {
      freshness: this.fresh / this.all,
      ageP50: ageAt(0.5),
      ageP95: ageAt(0.95),
      kept: this.held.map((held, tier) => held / (this.seen[tier] ?? 1)),
      ancient: this.ancient / this.seen.reduce((sum, seen) => sum + seen, 0),
    };
  }

  /** A day never confirmed ages from when it came into the window. */
  private ageOf(experience: number, date: number, now: number): number {
    const entered = Math.max(this.options.from, date - LEADS + 1);
    return now - Math.max(entered, this.confirmedAt[experience * this.world.dates + date] ?? -1);
  }
}
