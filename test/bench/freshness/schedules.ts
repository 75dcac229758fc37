import type { Tier } from '../../../src/config/index.js';
import { deadlineOf } from '../../../src/sync/schedule/max-age.js';
import { dateOf, DAY_MS, instantOf, ZONE } from './calendar.js';
import { DayHeap } from './heap.js';
import type { Answer, Chooser, Request } from './simulate.js';
import { LEADS, type World } from './world.js';

/** A naive competitor: every day in turn, nearest dates first, as many at once as a request answers. */
export class RoundRobin implements Chooser {
  private count = 0;

  constructor(
    private readonly world: World,
    private readonly datesPerRequest: number,
  ) {}

  next(now: number): Request {
    const { experiences } = this.world;
    const index = this.count++ % (experiences * Math.ceil(LEADS / this.datesPerRequest));
    const lead = Math.floor(index / experiences) * this.datesPerRequest;
    return { experience: index % experiences, dates: datesFrom(now, lead, this.datesPerRequest) };
  }

  confirmed(): void {
    // The order is fixed.
  }
}

/** Dates from a lead on, at most to the end of the window. */
function datesFrom(now: number, lead: number, most: number): number[] {
  return Array.from({ length: Math.min(most, LEADS - lead) }, (_, i) => Math.floor(now) + lead + i);
}

/** A naive competitor: the day whose max age passes first, with as many dates after it as the same request answers. */
export class ByDueTime implements Chooser {
  private readonly heap: DayHeap;
  private today = -1;

  constructor(
    private readonly world: World,
    private readonly tiers: readonly Tier[],
    private readonly datesPerRequest: number,
  ) {
    this.heap = new DayHeap(world.experiences * world.dates);
  }

  next(now: number): Request | undefined {
    if (Math.floor(now) > this.today) this.beginDate(Math.floor(now));
    const first = this.heap.first();
    if (!first || first.key > now) return undefined;
    const lead = (first.day % this.world.dates) - Math.floor(now);
    return {
      experience: Math.floor(first.day / this.world.dates),
      dates: datesFrom(now, lead, this.datesPerRequest),
    };
  }

  confirmed(experience: number, answers: readonly Answer[], now: number): void {
    for (const { date } of answers) {
      const { dueAt } = deadlineOf(dateOf(date), instantOf(now), ZONE, this.tiers);
      this.heap.set(experience * this.world.dates + date, dueAt ? dueAt.getTime() / DAY_MS : Infinity);
    }
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
 * never fetched. It did not store most changes that it saw; here it does. It knows one date a request.
 */
export class OriginalSchedule implements Chooser {
  readonly leads = 31;
  private readonly jobs: Job[] = [
    { every: 15 / 1_440, leads: 1, dueAt: 0 },
    { every: 4 / 24, leads: 8, dueAt: 0 },
    { every: 1, leads: 31, dueAt: 0 },
  ];
  private list: Request[] = [];

  constructor(private readonly world: World) {}

  next(now: number): Request | undefined {
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
      for (let lead = job.leads - 1; lead >= 0; lead--) this.list.push({ experience, dates: datesFrom(now, lead, 1) });
    }
  }
}
