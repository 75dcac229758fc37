import { Injectable, Logger } from '@nestjs/common';
import { Catalogue } from '../experience/index.js';
import { DayRepository, type DayTurn, type PlannedDay } from '../inventory/index.js';
import { addDays, Clock, localDateAt } from '../time/index.js';
import { Deadlines } from './deadlines.js';
import { TEMPOS } from './policy/tempo.js';
import { SyncControl } from './sync-control.js';
import { Turns } from './turns.js';

const NO_PLACE: DayTurn = { tempo: TEMPOS, turn: null };

/** Plans are stored: when the settings that they follow from were changed, they are computed anew, once, at the next start. */
@Injectable()
export class DeadlineReplan {
  private readonly logger = new Logger('Sync');

  constructor(
    private readonly control: SyncControl,
    private readonly days: DayRepository,
    private readonly catalogue: Catalogue,
    private readonly deadlines: Deadlines,
    private readonly turns: Turns,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    const { key } = this.deadlines;
    const before = await this.control.planKey();
    if (before === key) return;
    const count = await this.of(null);
    await this.catalogue.reopen();
    await this.control.setPlanKey(key);
    if (before !== null)
      this.logger.log(`the tiers, the policy or the default zone changed: ${count} days were planned anew`);
  }

  /** Plans the days of these experiences; null: of all. @returns how many days */
  async of(experienceIds: readonly number[] | null): Promise<number> {
    if (experienceIds?.length === 0) return 0;
    const earliestToday = addDays(localDateAt(this.clock.now(), 'UTC'), -1);
    return this.days.replan(earliestToday, experienceIds, (day) => {
      const deadline = this.deadlines.replanned(day);
      return { confirmedAt: day.confirmedAt, ...deadline, ...this.placeOf(day) };
    });
  }

  private placeOf(day: PlannedDay): DayTurn {
    return this.deadlines.isMirrored(day) ? this.turns.of(day) : NO_PLACE;
  }
}
