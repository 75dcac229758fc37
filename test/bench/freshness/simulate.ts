import type { Tier } from '../../../src/config/index.js';
import { randomFrom } from '../fixtures.js';
import { Readers } from './readers.js';
import { Tally, type Outcome } from './tally.js';
import { Truth, type Sight } from './truth.js';
import { LEADS, type World } from './world.js';

/** One request: it confirms these dates of an experience. */
export interface Request {
  readonly experience: number;
  readonly dates: readonly number[];
}

export interface Answer {
  readonly date: number;
  readonly sight: Sight;
}

/** A way to choose the next request. Time is days since the start, and dates are numbered from it. */
export interface Chooser {
  /** undefined: this request is not sent. */
  next(now: number): Request | undefined;
  confirmed(experience: number, answers: readonly Answer[], now: number): void;
  /** @param fresh whether it saw the truth, which only the simulation knows; undefined: not measured */
  read?(experience: number, date: number, now: number, fresh: boolean | undefined): void;
  /** How many days ahead it fetches; undefined: all. */
  readonly leads?: number;
}

export interface SimulationOptions {
  readonly requestsPerDay: number;
  readonly from: number;
  readonly until: number;
  /** Before this, the chooser fills the mirror and learns: nothing is measured. */
  readonly measuredFrom: number;
  readonly seed: number;
  readonly tiers: readonly Tier[];
  /** Begin with every day confirmed at the start. */
  readonly filled: boolean;
}

const NOTHING: Request = { experience: 0, dates: [] };

/** Runs a chooser in a world. Deterministic by seed. */
export function simulate(world: World, chooser: Chooser, options: SimulationOptions): Outcome {
  const random = randomFrom(options.seed * 104_729 + 13);
  const truth = new Truth(world, random);
  const confirmedAt = new Float64Array(world.experiences * world.dates).fill(-1);
  const ask = (experience: number, dates: readonly number[], now: number): Answer[] =>
    dates.map((date) => {
      confirmedAt[experience * world.dates + date] = now;
      return { date, sight: truth.confirm(experience, date, now) };
    });
  if (options.filled) {
    const dates = Array.from({ length: chooser.leads ?? LEADS }, (_, date) => date);
    for (let experience = 0; experience < world.experiences; experience++) {
      chooser.confirmed(experience, ask(experience, dates, options.from), options.from);
    }
  }
  const tally = new Tally(world, truth, confirmedAt, options);
  const step = 1 / options.requestsPerDay;
  const sampleEvery = (options.until - options.measuredFrom) / 96;
  const readers = new Readers(world, options.from);
  let sampled = 0;
  for (let now = options.from + step; now < options.until; now += step) {
    const { experience, dates } = chooser.next(now) ?? NOTHING;
    if (now >= options.measuredFrom) tally.request(dates.length);
    if (dates.length > 0) chooser.confirmed(experience, ask(experience, dates, now), now);
    readers.until(now, random, (experience, date) => {
      const fresh = now >= options.measuredFrom ? tally.read(experience, date, now) : undefined;
      chooser.read?.(experience, date, now, fresh);
    });
    if (now >= options.measuredFrom && now - sampled >= sampleEvery) {
      sampled = now;
      tally.sample(now);
    }
  }
  return tally.outcome();
}
