import { Injectable } from '@nestjs/common';
import { Clock, earliestToday } from '../../time/index.js';
import { SupplierRates, type RatesOfSupplier } from '../rates/supplier-rates.js';
import { ratesOf } from '../model/rate-model.js';
import { NO_PRIORITY, type Priority } from '../model/priority.js';
import { DayQueue, type PlannedDay } from './day-queue.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { Priorities } from './priorities.js';

/** An experience is not replanned within this time, because little is learned in it. */
const REST_MS = 10_000;
/** A priority is not stored again if it moved by less than this fraction of its distance from the confirmation. */
const SAME = 0.05;

/** Recomputes the stored priorities of one experience from the present rates. */
@Injectable()
export class ExperienceReplan {
  constructor(
    private readonly suppliers: SupplierRates,
    private readonly queue: DayQueue,
    private readonly priorities: Priorities,
    private readonly window: MirrorWindow,
    private readonly clock: Clock,
  ) {}

  /** The experience of the supplier that was planned longest ago. @returns whether there was one */
  async runNext({ rates }: RatesOfSupplier): Promise<boolean> {
    const id = await rates.nextToPlan(new Date(this.clock.now().getTime() - REST_MS));
    if (id !== undefined) await this.run(id);
    return id !== undefined;
  }

  async run(experienceId: number): Promise<void> {
    const days = await this.queue.daysOf(experienceId, earliestToday(this.clock.now()));
    // Days outside of the window have no priority and get none.
    const plans = days.flatMap((day) => {
      const plan = this.window.isMirrored(day) ? this.priorities.of(day) : NO_PRIORITY;
      return isSame(day, plan) ? [] : [{ experienceId, date: day.date, confirmedAt: day.confirmedAt, ...plan }];
    });
    await this.queue.setPriorities(plans);
    const [day] = days;
    if (!day) return;
    const { rates } = this.suppliers.of(day.supplier);
    const { demand, multiplier } = ratesOf(rates.model, rates.present(day), false);
    await rates.planned(experienceId, { demand, multiplier });
  }
}

function isSame(day: PlannedDay, plan: Priority): boolean {
  if (day.intervalClass !== plan.intervalClass) return false;
  const confirmed = day.confirmedAt?.getTime() ?? 0;
  return (
    isNear(day.refreshValue, plan.refreshValue, 0) &&
    isNear(day.refreshAt?.getTime() ?? null, plan.refreshAt?.getTime() ?? null, confirmed)
  );
}

/** Whether it moved by less than a part of its distance from `origin`. */
function isNear(before: number | null, after: number | null, origin: number): boolean {
  if (before === null || after === null) return before === after;
  return Math.abs(after - before) <= SAME * Math.abs(after - origin);
}
