import { pick, randomOf } from './random.js';
import { Truth, type Sight } from './truth.js';
import { activityTime, LEADS, type World } from './world.js';

/** A way to choose what to ask for next. Time is days since the start; dates are counted likewise. */
export interface Chooser {
  /** The next day to ask for, or undefined to let this request go unused. */
  next(now: number): { readonly experience: number; readonly date: number } | undefined;
  confirmed(experience: number, date: number, now: number, sight: Sight): void;
  read?(experience: number, date: number, now: number): void;
}

export interface Tiering {
  /** Days of age that a date so many days ahead may have. */
  readonly maxAge: (lead: number) => number;
  readonly tiers: number;
  readonly tierOf: (lead: number) => number;
}

export interface SimulationOptions {
  readonly requestsPerDay: number;
  readonly days: number;
  /** Not measured: what the chooser needs to fill the mirror and to learn. */
  readonly warmUp: number;
  readonly seed: number;
  readonly tiering: Tiering;
  /** Begin with every day confirmed at the start. */
  readonly filled: boolean;
}

export interface Outcome {
  /** Share of the reads that saw the truth. */
  readonly freshness: number;
  /** Age of what was read, days. */
  readonly ages: readonly number[];
  /** Share of the days that can change whose age kept their tier, sampled over time, by tier. */
  readonly kept: readonly number[];
  /** Days older than 96 h that were seen by those samples. */
  readonly ancient: number;
}

/** Lives through a world with a chooser. Deterministic by seed. */
export function simulate(world: World, chooser: Chooser, options: SimulationOptions): Outcome {
  const random = randomOf(options.seed * 104_729 + 13);
  const truth = new Truth(world, options.days, random);
  const confirmedAt = new Float64Array(world.experiences * truth.dates).fill(-1);
  if (options.filled) fill(world, truth, chooser, confirmedAt);
  const tally = new Tally(world, truth, confirmedAt, options);
  const step = 1 / options.requestsPerDay;
  let reads = 0;
  let sampled = 0;
  for (let now = step; now < options.days; now += step) {
    const choice = chooser.next(now);
    if (choice) {
      const sight = truth.confirm(choice.experience, choice.date, now);
      confirmedAt[choice.experience * truth.dates + choice.date] = now;
      chooser.confirmed(choice.experience, choice.date, now, sight);
    }
    for (const due = world.readers.perDay * activityTime(world, now); reads < due; reads++) {
      const experience = pick(world.readers.byExperience, random());
      const date = Math.floor(now) + pick(world.readers.byLead, random());
      if (!truth.isOpen(experience, date)) continue;
      chooser.read?.(experience, date, now);
      if (now >= options.warmUp) tally.read(experience, date, now);
    }
    if (now >= options.warmUp && now - sampled >= 1 / 24) {
      sampled = now;
      tally.sample(now);
    }
  }
  return tally.outcome();
}

function fill(world: World, truth: Truth, chooser: Chooser, confirmedAt: Float64Array): void {
  for (let experience = 0; experience < world.experiences; experience++) {
    for (let date = 0; date < LEADS; date++) {
      confirmedAt[experience * truth.dates + date] = 0;
      chooser.confirmed(experience, date, 0, truth.confirm(experience, date, 0));
    }
  }
}

class Tally {
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
    private readonly options: SimulationOptions,
  ) {
    this.held = Array.from({ length: options.tiering.tiers }, () => 0);
    this.seen = Array.from({ length: options.tiering.tiers }, () => 0);
  }

  read(experience: number, date: number, now: number): void {
    this.all++;
    if (this.truth.isFresh(experience, date, now)) this.fresh++;
    if (this.all % 50 === 0)
      this.ages.push(now - Math.max(0, this.confirmedAt[experience * this.truth.dates + date] ?? 0));
  }

  sample(now: number): void {
    const { tierOf, maxAge } = this.options.tiering;
    for (let experience = 0; experience < this.world.experiences; experience++) {
      for (let lead = 0; lead < LEADS; lead++) {
        const date = Math.floor(now) + lead;
        if (!this.truth.isOpen(experience, date)) continue;
        const tier = tierOf(lead);
        const entered = Math.max(0, date - LEADS + 1);
        const age = now - Math.max(entered, this.confirmedAt[experience * this.truth.dates + date] ?? -1);
        this.seen[tier] = (this.seen[tier] ?? 0) + 1;
        if (age <= maxAge(lead)) this.held[tier] = (this.held[tier] ?? 0) + 1;
        if (age > 4) this.ancient++;
      }
    }
  }

  outcome(): Outcome {
    return {
      freshness: this.fresh / this.all,
      ages: this.ages.sort((a, b) => a - b),
      kept: this.held.map((held, tier) => held / (this.seen[tier] ?? 1)),
      ancient: this.ancient,
    };
  }
}
