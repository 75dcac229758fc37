import { Injectable, Logger } from '@nestjs/common';
import { AuditTrail } from '../audit/index.js';
import { Catalogue } from '../experience/index.js';
import { PrismaService } from '../prisma/index.js';
import { SystemClock } from '../time/index.js';
import { capacityWarning } from './capacity/capacity-report.js';
import { Capacity } from './capacity/capacity.js';
import { DayOpening } from './schedule/day-opening.js';
import { SettingsReplan } from './schedule/settings-replan.js';
import { LearnedRates } from './rates/learned-rates.js';
import { ProductHealth } from './fetch/product-health.js';
import { ShadowPriceKeeper } from './rates/shadow-price-keeper.js';
import { StoredInstants } from './fetch/stored-instants.js';
import { SyncControl } from './pause/sync-control.js';
import { SyncRuns } from './monitoring/sync-runs.js';

/** Work that must be done before a claim, and periodic cleaning. */
@Injectable()
export class Housekeeping {
  private readonly logger = new Logger('Sync');
  private ready = false;

  constructor(
    private readonly window: DayOpening,
    private readonly replan: SettingsReplan,
    private readonly rates: LearnedRates,
    private readonly price: ShadowPriceKeeper,
    private readonly capacity: Capacity,
    private readonly runs: SyncRuns,
    private readonly control: SyncControl,
    private readonly catalogue: Catalogue,
    private readonly audit: AuditTrail,
    private readonly instants: StoredInstants,
    private readonly products: ProductHealth,
    private readonly prisma: PrismaService,
    private readonly systemClock: SystemClock,
  ) {}

  /** Called before every claim. Does next to nothing unless something has changed. */
  async prepare(): Promise<void> {
    if (this.ready && this.systemClock.unsure) await this.alignClock();
    if (!this.ready) {
      await this.alignClock();
      await this.instants.setRight();
      await this.rates.refresh();
      await this.price.begin();
      await this.replan.run();
      const warning = capacityWarning(this.capacity.plan());
      if (warning !== undefined) this.logger.warn(warning);
      this.ready = true;
    }
    await this.window.advance();
  }

  async tidy(): Promise<void> {
    await this.alignClock();
    await this.instants.setRight();
    await this.products.dropOld();
    await this.runs.dropOld();
    await this.audit.dropOld();
  }

  /** Records the pauses that have ended by themselves. */
  async endPauses(): Promise<void> {
    await this.control.endPauses();
    await this.catalogue.endPauses();
  }

  private async alignClock(): Promise<void> {
    await this.systemClock.alignWith(() => this.prisma.time());
    await this.instants.noteMachineClock(this.systemClock.wallAheadMs);
  }
}
