import { pick, randomOf } from './random.js';
import { Tally, type Outcome, type Tiering } from './tally.js';
import { Truth, type Sight } from './truth.js';
import { activityTime, LEADS, type World } from './world.js';

/** A way to choose what to ask for next. Time is days since the start; dates are counted likewise. */
export interface Chooser {
  /** The next day to ask for, or undefined to let this request go unused. */
  next(now: number): { readonly experience: number; readonly date: number } | undefined;
  confirmed(experience: number, date: number, now: number, sight: Sight): void;
  read?(experience: number, date: number, now: number): void;
  /** How many days ahead it ever asks for; all, when it does not say. */
  readonly leads?: number;
}

export interface SimulationOptions {
  readonly requestsPerDay: number;
  readonly from: number;
  readonly until: number;
  /** Not measured before: what the chooser needs to fill the mirror and to learn. */
  readonly measuredFrom: number;
  readonly seed: number;
  readonly tiering: Tiering;
  /** Begin with every day confirmed at the start. */
  readonly filled: boolean;
}

/** Lives through a world with a chooser. Deterministic by seed. */
export function simulate(world: World, chooser: Chooser, options: SimulationOptions): Outcome {
  const random = randomOf(options.seed * 104_729 + 13);
  const truth = new Truth(world, random);
  const confirmedAt = new Float64Array(world.experiences * world.dates).fill(-1);
  if (options.filled) fill(world, truth, chooser, confirmedAt, options.from);
  const tally = new Tally(world, truth, confirmedAt, options);
  const step = 1 / options.requestsPerDay;
  const readsUntil = (time: number) => world.readers.perDay * activityTime(world, time);
  const sampleEvery = (options.until - options.measuredFrom) / 96;
  let reads = readsUntil(options.from);
  let sampled = 0;
  for (let now = options.from + step; now < options.until; now += step) {
    const choice = chooser.next(now);
    if (choice) {
      const sight = truth.confirm(choice.experience, choice.date, now);
      confirmedAt[choice.experience * world.dates + choice.date] = now;
      chooser.confirmed(choice.experience, choice.date, now, sight);
    }
    for (const due = readsUntil(now); reads < due; reads++) {
      const experience = pick(world.readers.byExperience, random());
      const date = Math.floor(now) + pick(world.readers.byLead, random());
      if (!truth.isOpen(experience, date) || random() >= (world.weekdayDemand[date % 7] ?? 1)) continue;
      if (now >= options.measuredFrom) tally.read(experience, date, now);
      chooser.read?.(experience, date, now);
    }
    if (now >= options.measuredFrom && now - sampled >= sampleEvery) {
      sampled = now;
      tally.sample(now);
    }
  }
  return tally.outcome();
}

function fill(world: World, truth: Truth, chooser: Chooser, confirmedAt: Float64Array, now: number): void {
  for (let experience = 0; experience < world.experiences; experience++) {
    for (let date = 0; date < (chooser.leads ?? LEADS); date++) {
      confirmedAt[experience * world.dates + date] = now;
      chooser.confirmed(experience, date, now, truth.confirm(experience, date, now));
    }
  }
}
