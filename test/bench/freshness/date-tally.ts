import { fadeBy } from '../../../src/sync/model/rate-model.js';

/** The table `day_reads`, in memory: reads by date, which fade. */
export class DateTally {
  private readonly counts: Float64Array;
  private readonly asOf: Float64Array;

  constructor(
    size: number,
    private readonly dates: number,
  ) {
    this.counts = new Float64Array(size);
    this.asOf = new Float64Array(size);
  }

  add(experience: number, date: number, now: number): void {
    const day = experience * this.dates + date;
    this.counts[day] = this.reads(experience, date, now) + 1;
    this.asOf[day] = now;
  }

  reads(experience: number, date: number, now: number): number {
    const day = experience * this.dates + date;
    const count = this.counts[day] ?? 0;
    return count === 0 ? 0 : count * fadeBy(now - (this.asOf[day] ?? 0));
  }
}
