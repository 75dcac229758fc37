import { activityBefore } from '../../../src/sync/model/activity.js';
import { activityTime } from './calendar.js';
import { cumulate, pick } from './random.js';
import { LEADS, readsOf, type World } from './world.js';

/** Draws who reads which day. Reads follow the hours of the day; those of today end with its last start. */
export class Readers {
  private today = -1;
  private weights: Float64Array = new Float64Array(0);
  private due = 0;
  private at: number;
  private readonly all: number;

  constructor(
    private readonly world: World,
    from: number,
  ) {
    this.at = activityTime(world.activity, from);
    this.all = world.experiences * LEADS;
  }

  /** The reads until `now` that were not drawn yet. */
  until(now: number, random: () => number, read: (experience: number, date: number) => void): void {
    const { world } = this;
    if (Math.floor(now) > this.today) this.begin(Math.floor(now));
    const at = activityTime(world.activity, now);
    this.due += ((at - this.at) * world.readsPerDay * (this.weights.at(-1) ?? 0)) / this.all;
    this.at = at;
    for (; this.due > 0; this.due--) {
      const place = pick(this.weights, random());
      const experience = Math.floor(place / LEADS);
      const lead = place % LEADS;
      if (lead === 0 && now - this.today >= (world.lastStart[experience] ?? 1)) continue;
      read(experience, this.today + lead);
    }
  }

  private begin(today: number): void {
    const { world } = this;
    this.today = today;
    const weights = world.popularity.flatMap((_, experience) =>
      Array.from({ length: LEADS }, (__, lead) => readsOf(world, experience, today + lead, lead)),
    );
    // The reads of today all come before its last start.
    world.lastStart.forEach((part, experience) => {
      weights[experience * LEADS] = (weights[experience * LEADS] ?? 0) / activityBefore(world.activity, part);
    });
    this.weights = cumulate(weights);
  }
}
