import { DayHeap } from './heap.js';
import type { Chooser } from './simulate.js';
import { LEADS, type World } from './world.js';

interface Day {
  readonly experience: number;
  readonly date: number;
}

/** Every day in turn, whatever it is. */
export class RoundRobin implements Chooser {
  private turn = 0;

  constructor(private readonly world: World) {}

  next(now: number): Day {
    const index = this.turn++ % (this.world.experiences * LEADS);
    return {
      experience: index % this.world.experiences,
      date: Math.floor(now) + Math.floor(index / this.world.experiences),
    };
  }

  confirmed(): void {
    // Nothing that happens changes the turn.
  }
}

/** The day whose tier is broken first, or was for longest. */
export class EarliestDeadline implements Chooser {
  private readonly heap: DayHeap;
  private today = -1;

  constructor(
    private readonly world: World,
    private readonly maxAge: (lead: number) => number,
  ) {
    this.heap = new DayHeap(world.experiences * world.dates);
  }

  next(now: number): Day | undefined {
    if (Math.floor(now) > this.today) this.beginDay(Math.floor(now));
    const first = this.heap.first();
    if (!first || first.key > now) return undefined;
    return { experience: Math.floor(first.day / this.world.dates), date: first.day % this.world.dates };
  }

  confirmed(experience: number, date: number, now: number): void {
    let due = Infinity;
    for (let lead = Math.max(0, date - Math.floor(now)); lead >= 0; lead--) {
      due = Math.max(date - lead, now + this.maxAge(lead));
      if (due < date - lead + 1) break;
    }
    this.heap.set(experience * this.world.dates + date, due);
  }

  private beginDay(today: number): void {
    const first = this.today < 0;
    this.today = today;
    for (let experience = 0; experience < this.world.experiences; experience++) {
      if (today > 0) this.heap.remove(experience * this.world.dates + today - 1);
      for (let date = first ? today : today + LEADS - 1; date < today + LEADS; date++) {
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
 * The original service: three jobs (today, the week, the month), each a list of all its days that is worked off before the
 * next job begins; a job whose time comes while it waits or runs is not queued twice. Its ranges include their last day: 8
 * and 31 days, so 450 experiences need 54.7 requests a minute, and at 30 the month blocks the others for 7.75 hours. Days
 * beyond are never asked for. (That it does not store most changes that it sees is not held against it here.)
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
    // Nothing that happens changes the lists.
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
