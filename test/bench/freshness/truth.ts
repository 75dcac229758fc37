import { changesBetween } from '../../../src/sync/policy/change-curve.js';
import { activityTime, LEADS, type World } from './world.js';

/** What an answer shows against what was known. */
export interface Sight {
  readonly changed: boolean;
  readonly priceChanged: boolean;
  readonly open: boolean;
}

/**
 * Which copies are true. Changes are drawn only where somebody looks: bookings are Poisson, so what happened between two
 * looks depends on nothing else.
 * Days are numbered: experience × `dates` + date, dates counted from the start.
 */
export class Truth {
  readonly dates: number;
  private readonly lookedAt: Float64Array;
  private readonly confirmedAt: Float64Array;
  private readonly booked: Uint8Array;

  constructor(
    private readonly world: World,
    days: number,
    private readonly random: () => number,
  ) {
    this.dates = days + LEADS;
    this.lookedAt = new Float64Array(world.experiences * this.dates);
    this.confirmedAt = new Float64Array(world.experiences * this.dates).fill(-1);
    this.booked = new Uint8Array(world.experiences * this.dates);
  }

  isOpen(experience: number, date: number): boolean {
    return this.world.open[experience]?.[date % 7] ?? false;
  }

  isKnown(experience: number, date: number): boolean {
    return (this.confirmedAt[experience * this.dates + date] ?? -1) >= 0;
  }

  /** Whether a reader who looks now sees the truth. */
  isFresh(experience: number, date: number, now: number): boolean {
    const day = experience * this.dates + date;
    const confirmed = this.confirmedAt[day] ?? -1;
    if (confirmed < 0) return false;
    if (!this.isOpen(experience, date)) return true;
    this.look(experience, date, now);
    return this.booked[day] === 0 && !this.repriced(experience, confirmed, now);
  }

  /** The partner is asked. */
  confirm(experience: number, date: number, now: number): Sight {
    const day = experience * this.dates + date;
    const open = this.isOpen(experience, date);
    const before = this.confirmedAt[day] ?? -1;
    if (open && before >= 0) this.look(experience, date, now);
    const booked = this.booked[day] === 1;
    const priceChanged = open && before >= 0 && this.repriced(experience, before, now);
    this.booked[day] = 0;
    this.confirmedAt[day] = now;
    this.lookedAt[day] = now;
    return { changed: booked, priceChanged, open };
  }

  private look(experience: number, date: number, now: number): void {
    const day = experience * this.dates + date;
    if (this.booked[day] === 0) {
      const from = date - activityTime(this.world, this.lookedAt[day] ?? 0);
      const expected =
        (this.world.popularity[experience] ?? 0) *
        changesBetween(this.world.bookings, from, date - activityTime(this.world, now));
      if (this.random() < -Math.expm1(-expected)) this.booked[day] = 1;
    }
    this.lookedAt[day] = now;
  }

  private repriced(experience: number, from: number, to: number): boolean {
    return this.world.priceChanges[experience]?.some((instant) => instant > from && instant <= to) ?? false;
  }
}
