import type { Tier } from '../../../src/config/index.js';
import { deadlineOf } from '../../../src/sync/schedule/max-age.js';
import { dateOf, DAY_MS, instantOf, ZONE } from './calendar.js';
import { DayHeap } from './heap.js';
import type { Chooser, Day } from './simulate.js';
import { LEADS, type World } from './world.js';

/** A naive competitor: every day in turn, nearest dates first. */
export class RoundRobin implements Chooser {
  private count = 0;

  constructor(private readonly world: World) {}

  next(now: number): Day {
    const index = this.count++ % (this.world.experiences * LEADS);
    return {
      experience: index % this.world.experiences,
      date: Math.floor(now) + Math.floor(index / this.world.experiences),
    };
  }

  confirmed(): void {
    // The order is fixed.
  }
}

/** A naive competitor: the day whose max age passes first. */
export class ByDueTime implements Chooser {
  private readonly heap: DayHeap;
  private today = -1;

  constructor(
    private readonly world: World,
    private readonly tiers: readonly Tier[],
  ) {
    this.heap = new DayHeap(world.experiences * world.dates);
  }

  next(now: number): Day | undefined {
    if (Math.floor(now) > this.today) this.beginDate(Math.floor(now));
    const first = this.heap.first();
    if (!first || first.key > now) return undefined;
    return { experience: Math.floor(first.day / this.world.dates), date: first.day % this.world.dates };
  }

  confirmed(experience: number, date: number, now: number): void {
    const { dueAt } = deadlineOf(dateOf(date), instantOf(now), ZONE, this.tiers);
    this.heap.set(experience * this.world.dates + date, dueAt ? dueAt.getTime() / DAY_MS : Infinity);
  }

  private beginDate(today: number): void {
    const from = this.today < 0 ? today : today + LEADS - 1;
    this.today = today;
    for (let experience = 0; experience < this.world.experiences; experience++) {
      if (today > 0) this.heap.remove(experience * this.world.dates + today - 1);
      for (let date = from; date < today + LEADS; date++) {
        const day = experience * this.world.dates + date;
        if (!this.heap.has(day)) this.heap.set(day, today + (date - today) / 288);
      }
    }
  }
}

interface Job {
  readonly every: number;
  readonly leads: number;
  dueAt: number;
}

/**
 * The original service: three jobs (today, the week, the month), each a list of days that is finished before the next job
 * begins; a job that is due while it waits or runs is not queued twice. Its ranges include their last day: 8 and 31 days,
 * so 450 experiences need 54.7 requests a minute, and at 30 the month blocks the others for 7.75 hours. Later dates are
 * never fetched. It did not store most changes that it saw; here it does.
 */
export class OriginalSchedule implements Chooser {
  readonly leads = 31;
  private readonly jobs: Job[] = [
    { every: 15 / 1_440, leads: 1, dueAt: 0 },
    { every: 4 / 24, leads: 8, dueAt: 0 },
    { every: 1, leads: 31, dueAt: 0 },
  ];
  private list: Day[] = [];

  constructor(private readonly world: World) {}

  next(now: number): Day | undefined {
    if (this.list.length === 0) this.begin(now);
    return this.list.pop();
  }

  confirmed(): void {
    // The lists are fixed.
  }

  private begin(now: number): void {
    const job = this.jobs.filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt)[0];
    if (!job) return;
    job.dueAt = (Math.floor(now / job.every) + 1) * job.every;
    for (let experience = this.world.experiences - 1; experience >= 0; experience--) {
      for (let lead = job.leads - 1; lead >= 0; lead--) this.list.push({ experience, date: Math.floor(now) + lead });
    }
  }
}
