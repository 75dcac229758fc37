import { Injectable, Logger } from '@nestjs/common';
import { PrismaService } from '../prisma/index.js';
import { Every, SystemClock } from '../time/index.js';
import { capacityWarning } from './capacity/capacity-report.js';
import { Capacity } from './capacity/capacity.js';
import { DayOpening } from './schedule/day-opening.js';
import { SettingsReplan } from './schedule/settings-replan.js';
import { LearnedRates } from './rates/learned-rates.js';
import { ShadowPriceKeeper } from './rates/shadow-price-keeper.js';
import { StoredInstants } from './fetch/stored-instants.js';

/** Prepares a claim: learned rates, a price and plans are there, the clock is right, and the window's days are open. */
@Injectable()
export class ClaimPreparation {
  private readonly logger = new Logger('Sync');
  private ready = false;

  constructor(
    private readonly window: DayOpening,
    private readonly replan: SettingsReplan,
    private readonly rates: LearnedRates,
    private readonly price: ShadowPriceKeeper,
    private readonly capacity: Capacity,
    private readonly instants: StoredInstants,
    private readonly prisma: PrismaService,
    private readonly systemClock: SystemClock,
  ) {}

  /** Called before every claim. Does next to nothing unless something has changed. */
  async run(): Promise<void> {
    if (this.ready && this.systemClock.unsure) await this.readDatabaseClock();
    if (!this.ready) {
      await this.alignClock();
      await this.rates.refresh();
      await this.price.begin();
      await this.replan.run();
      const warning = capacityWarning(this.capacity.plan());
      if (warning !== undefined) this.logger.warn(warning);
      this.ready = true;
    }
    await this.window.advance();
  }

  /** Aligns the clock with the database's, and corrects stored instants by it. */
  @Every({ periods: ['1m'], what: 'aligning the clock' })
  async alignClock(): Promise<void> {
    await this.readDatabaseClock();
    await this.instants.setRight();
  }

  private async readDatabaseClock(): Promise<void> {
    await this.systemClock.alignWith(() => this.prisma.time());
    await this.instants.noteMachineClock(this.systemClock.wallAheadMs);
  }
}
