import { Injectable } from '@nestjs/common';
import { DayRepository, type DayTurn, type PlannedDay } from '../inventory/index.js';
import { addDays, Clock, localDateAt } from '../time/index.js';
import { LearnedRates } from './learned-rates.js';
import { ratesOf } from './policy/market.js';
import { TEMPOS } from './policy/tempo.js';
import { Turns } from './turns.js';

/** An experience is not planned again sooner than this: nothing much is learned within it. */
const REST_MS = 10_000;
/** A place that moved by less than this part of its distance is left as it is. */
const SAME = 0.05;

/** Plans the days of one experience anew by what was learned meanwhile. Places in the queue are stored: rates move, they don't. */
@Injectable()
export class ExperienceReplan {
  constructor(
    private readonly rates: LearnedRates,
    private readonly days: DayRepository,
    private readonly turns: Turns,
    private readonly clock: Clock,
  ) {}

  /** The experience that was planned longest ago. @returns whether there was one */
  async runNext(): Promise<boolean> {
    const id = await this.rates.nextToPlan(new Date(this.clock.now().getTime() - REST_MS));
    if (id !== undefined) await this.run(id);
    return id !== undefined;
  }

  async run(experienceId: number): Promise<void> {
    // No zone's today is further than a day from that of UTC; what is past by then has no turn, and gets none.
    const first = addDays(localDateAt(this.clock.now(), 'UTC'), -1);
    const days = await this.days.daysOf(experienceId, first);
    const plans = days.flatMap((day) => {
      const plan = this.turns.of(day);
      return isSame(day, plan) ? [] : [{ experienceId, date: day.date, confirmedAt: day.confirmedAt, ...plan }];
    });
    await this.days.setTurns(plans);
    const [day] = days;
    if (!day) return;
    const { demand, multiplier } = ratesOf(this.rates.market, this.rates.present(day), false);
    await this.rates.planned(experienceId, { demand, multiplier });
  }
}

function isSame(day: PlannedDay, plan: DayTurn): boolean {
  if (day.turn === null || plan.turn === null) return day.turn === plan.turn;
  if (day.tempo !== plan.tempo) return false;
  const distance = plan.tempo === TEMPOS ? plan.turn : plan.turn - (day.confirmedAt?.getTime() ?? 0);
  return Math.abs(plan.turn - day.turn) <= SAME * Math.abs(distance);
}
