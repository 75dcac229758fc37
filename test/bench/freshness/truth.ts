import { changesBetween } from '../../../src/sync/model/change-curve.js';
import { leadAt } from './calendar.js';
import type { World } from './world.js';

/** How an answer differs from what was known. */
export interface Sight {
  /** Something else than the price. */
  readonly changed: boolean;
  readonly priceChanged: boolean;
  readonly open: boolean;
}

/**
 * Which copies are true. Changes are drawn when a day is read or fetched: bookings are Poisson, so what happens between two
 * draws depends on nothing else.
 */
export class Truth {
  private readonly lookedAt: Float64Array;
  private readonly confirmedAt: Float64Array;
  private readonly booked: Uint8Array;
  private readonly priced: Uint8Array;

  constructor(
    private readonly world: World,
    private readonly random: () => number,
  ) {
    const size = world.experiences * world.dates;
    this.lookedAt = new Float64Array(size);
    this.confirmedAt = new Float64Array(size).fill(-1);
    this.booked = new Uint8Array(size);
    this.priced = new Uint8Array(size);
  }

  isOpen(experience: number, date: number): boolean {
    return this.world.open[experience]?.[date % 7] ?? false;
  }

  /** Whether a reader who looks now sees the truth. */
  isFresh(experience: number, date: number, now: number): boolean {
    const day = experience * this.world.dates + date;
    const confirmed = this.confirmedAt[day] ?? -1;
    if (confirmed < 0) return false;
    if (!this.isOpen(experience, date)) return true;
    this.look(experience, date, now);
    return this.booked[day] === 0 && this.priced[day] === 0 && !this.repriced(experience, confirmed, now);
  }

  /** The supplier is asked. */
  confirm(experience: number, date: number, now: number): Sight {
    const day = experience * this.world.dates + date;
    const open = this.isOpen(experience, date);
    const before = this.confirmedAt[day] ?? -1;
    if (open && before >= 0) this.look(experience, date, now);
    const changed = this.booked[day] === 1;
    const priceChanged = open && before >= 0 && (this.priced[day] === 1 || this.repriced(experience, before, now));
    this.booked[day] = 0;
    this.priced[day] = 0;
    this.confirmedAt[day] = now;
    this.lookedAt[day] = now;
    return { changed, priceChanged, open };
  }

  private look(experience: number, date: number, now: number): void {
    const day = experience * this.world.dates + date;
    const lookedAt = this.lookedAt[day] ?? 0;
    if (this.booked[day] === 0) {
      const { activity } = this.world;
      const lastStart = this.world.lastStart[experience] ?? 1;
      const [from, to] = [lookedAt, now].map((time) => leadAt(date, activity, time, lastStart));
      const bookings = this.world.bookings[experience];
      const evenly = bookings ? changesBetween(bookings, from ?? 0, to ?? 0) : 0;
      if (this.happens(evenly * this.inBursts(day, lookedAt, now))) this.booked[day] = 1;
    }
    if (this.world.prices === 'single' && this.happens(this.world.priceRate * (now - lookedAt))) this.priced[day] = 1;
    this.lookedAt[day] = now;
  }

  private happens(expected: number): boolean {
    return this.random() < -Math.expm1(-expected);
  }

  /** Changes by those of an even pace: ten times as many in a tenth of the time, none in the rest. */
  private inBursts(day: number, from: number, to: number): number {
    const { burst } = this.world;
    if (burst === undefined || to <= from) return 1;
    let time = 0;
    for (let window = Math.floor(from / burst); window * burst < to; window++) {
      const hash = Math.imul(day * 2_654_435 + window * 40_503 + 7, 0x9e3779b1) >>> 0;
      if (hash % 10 === 0) time += Math.min(to, (window + 1) * burst) - Math.max(from, window * burst);
    }
    return (10 * time) / (to - from);
  }

  private repriced(experience: number, from: number, to: number): boolean {
    return this.world.priceChanges[experience]?.some((instant) => instant > from && instant <= to) ?? false;
  }
}
