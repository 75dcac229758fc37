import { changeCurve } from '../../../src/sync/model/change-curve.js';
import type { DayRates } from '../../../src/sync/model/value-due.js';
import type { Rates } from './rates.js';
import { LEADS, type World } from './world.js';

/** A closed day hardly ever changes. */
const CLOSED = changeCurve(Array.from({ length: LEADS }, () => 1e-3));

/** Knows the true rates of a world from the start. */
export class TrueRates implements Rates {
  readonly model;
  private readonly byExperience: readonly DayRates[];

  constructor(private readonly world: World) {
    const { activity, prices, readers, weekdayDemand } = world;
    const read = world.popularity.map((demand, experience) => {
      const open = weekdayDemand.map((part, weekday) => (world.open[experience]?.[weekday] ? part : 0));
      return (demand * sum(open)) / 7;
    });
    const readsPerDay = (readers.perDay * sum(read)) / world.experiences / (world.experiences * LEADS);
    this.model = { activity, staleProbability: prices === 'bulk' ? 1 : 0, readsPerDay };
    this.byExperience = world.popularity.map((demand, experience) => {
      const rates = world.bookings.perLead.map((rate) => (world.bustle[experience] ?? 0) * rate + world.priceRate);
      return { changes: changeCurve(rates), multiplier: 1, demand, leadDemand: world.leadDemand };
    });
  }

  of(experience: number, date: number, closed: boolean): DayRates {
    const rates = this.byExperience[experience] ?? { changes: CLOSED, multiplier: 1, demand: 0, leadDemand: [] };
    const demand = rates.demand * (this.world.weekdayDemand[date % 7] ?? 1);
    return { ...rates, demand, changes: closed ? CLOSED : rates.changes };
  }

  ofNew(experience: number, date: number): DayRates {
    return this.of(experience, date, false);
  }

  read(): void {
    // There is nothing to learn.
  }

  observe(): void {
    // There is nothing to learn.
  }

  learn(): void {
    // There is nothing to learn.
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
