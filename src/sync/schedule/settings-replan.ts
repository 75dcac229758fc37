import { Injectable, Logger } from '@nestjs/common';
import { Catalogue } from '../../experience/index.js';
import { addDays, Clock, localDateAt } from '../../time/index.js';
import { NO_PRIORITY, type Priority } from '../model/priority.js';
import { DayQueue, type PlannedDay } from './day-queue.js';
import { DueTimes } from './due-times.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { PlanKey } from './plan-key.js';
import { Priorities } from './priorities.js';

/** Recomputes the stored plans once, at the first start after the settings that they depend on were changed. */
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
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const { key } = this.dueTimes;
    const before = await this.planKey.read();
    if (before === key) return;
    const count = await this.of(null);
    await this.catalogue.reopen();
    await this.planKey.write(key);
    if (before !== null)
      this.logger.log(
        `The tiers or the default time zone changed: the due times of ${count} days were computed again.`,
      );
  }

  /** Replans the days of these experiences; null: of all. @returns how many days */
  async of(experienceIds: readonly number[] | null): Promise<number> {
    if (experienceIds?.length === 0) return 0;
    const earliestToday = addDays(localDateAt(this.clock.now(), 'UTC'), -1);
    return this.queue.replan(earliestToday, experienceIds, (day) => {
      const deadline = this.dueTimes.replanned(day);
      return { confirmedAt: day.confirmedAt, ...deadline, ...this.priorityOf(day) };
    });
  }

  private priorityOf(day: PlannedDay): Priority {
    return this.window.isMirrored(day) ? this.priorities.of(day) : NO_PRIORITY;
  }
}
