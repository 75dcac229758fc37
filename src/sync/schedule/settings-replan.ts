import { Injectable, Logger } from '@nestjs/common';
import { Catalogue } from '../../experience/index.js';
import { Clock, earliestToday } from '../../time/index.js';
import { NO_PRIORITY, type Priority } from '../model/priority.js';
import { DayQueue, type PlannedDay, type PlannedDays } from './day-queue.js';
import { DueTimes } from './due-times.js';
import { Suppliers } from '../../supplier/index.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { changedFor } from './plan-basis.js';
import { PlanKey } from './plan-key.js';
import { Priorities } from './priorities.js';

/**
 * Recomputes the stored plans once, at the first start after the settings that they depend on were changed: of the suppliers whose
 * tiers are others now, or of all.
 */
@Injectable()
export class SettingsReplan {
  private readonly logger = new Logger('Sync');

  constructor(
    private readonly planKey: PlanKey,
    private readonly queue: DayQueue,
    private readonly catalogue: Catalogue,
    private readonly dueTimes: DueTimes,
    private readonly window: MirrorWindow,
    private readonly priorities: Priorities,
    private readonly suppliers: Suppliers,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const { key, basis } = this.dueTimes;
    const before = await this.planKey.read();
    if (before === key) return;
    const changed = before === null ? 'all' : changedFor(before, basis);
    const all = await this.queue.suppliers();
    const concerned = changed === 'all' ? all : all.filter(changed);
    const count = await this.replan({ suppliers: concerned, experienceIds: null });
    if (changed === 'all') await this.catalogue.reopen();
    await this.planKey.write(key);
    if (before === null || concerned.length === 0) return;
    const what = changed === 'all' ? 'tiers or the default time zone' : `tiers of ${concerned.join(', ')}`;
    this.logger.log(`The ${what} changed: the due times of ${count} days were computed again.`);
  }

  /** Replans the days of these experiences of configured suppliers. */
  async of(experienceIds: readonly number[]): Promise<void> {
    await this.replan({ suppliers: this.suppliers.names, experienceIds });
  }

  /** @returns how many days */
  private replan(which: PlannedDays): Promise<number> {
    return this.queue.replan(earliestToday(this.clock.now()), which, (day) => {
      const deadline = this.dueTimes.replanned(day);
      return { confirmedAt: day.confirmedAt, ...deadline, ...this.priorityOf(day) };
    });
  }

  private priorityOf(day: PlannedDay): Priority {
    // No rates are there for a supplier that was taken out of the file. Its days keep their places in case it comes back.
    const { supplier, intervalClass, refreshAt, refreshValue } = day;
    if (!this.suppliers.find(supplier)) return { intervalClass, refreshAt, refreshValue };
    return this.window.isMirrored(day) ? this.priorities.of(day) : NO_PRIORITY;
  }
}
