import { Injectable, Logger } from '@nestjs/common';
import { Catalogue } from '../experience/index.js';
import { DayRepository } from '../inventory/index.js';
import { addDays, Clock, localDateAt } from '../time/index.js';
import { Deadlines } from './deadlines.js';
import { SyncControl } from './sync-control.js';

/** Deadlines are stored: when the tiers or the default zone were changed, they are computed anew, once, at the next start. */
@Injectable()
export class DeadlineReplan {
  private readonly logger = new Logger('Sync');

  constructor(
    private readonly control: SyncControl,
    private readonly days: DayRepository,
    private readonly catalogue: Catalogue,
    private readonly deadlines: Deadlines,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const { key } = this.deadlines;
    const before = await this.control.planKey();
    if (before === key) return;
    const earliestToday = addDays(localDateAt(this.clock.now(), 'UTC'), -1);
    const count = await this.days.replan(earliestToday, (day) => this.deadlines.replanned(day));
    await this.catalogue.reopen();
    await this.control.setPlanKey(key);
    if (before !== null) this.logger.log(`the tiers or the default zone changed: ${count} days have new deadlines`);
  }
}
