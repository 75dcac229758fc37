import { Injectable, Logger } from '@nestjs/common';
import { PrismaService } from '../prisma/index.js';
import { Suppliers } from '../supplier/index.js';
import { Every, SystemClock } from '../time/index.js';
import { capacityWarning } from './capacity/capacity-report.js';
import { SupplierCapacities } from './capacity/supplier-capacities.js';
import { StoredInstants } from './fetch/stored-instants.js';
import { SupplierRates } from './rates/supplier-rates.js';
import { DayOpening } from './schedule/day-opening.js';
import { SettingsReplan } from './schedule/settings-replan.js';

/** Prepares a claim: learned rates, a price and plans are there, the clock is right, and the window's days are open. */
@Injectable()
export class ClaimPreparation {
  private readonly logger = new Logger('Sync');
  private ready = false;
  private running: Promise<void> | undefined;

  constructor(
    private readonly suppliers: Suppliers,
    private readonly opening: DayOpening,
    private readonly replan: SettingsReplan,
    private readonly rates: SupplierRates,
    private readonly capacities: SupplierCapacities,
    private readonly instants: StoredInstants,
    private readonly prisma: PrismaService,
    private readonly systemClock: SystemClock,
  ) {}

  /** Called before every claim. Does next to nothing unless something has changed. Concurrent callers share one run. */
  async run(): Promise<void> {
    this.running ??= this.prepare().finally(() => (this.running = undefined));
    await this.running;
  }

  /** Aligns the clock with the database's, and corrects stored instants by it. */
  @Every({ periods: ['1m'], what: 'aligning the clock' })
  async alignClock(): Promise<void> {
    await this.readDatabaseClock();
    await this.instants.setRight();
  }

  private async prepare(): Promise<void> {
    if (this.ready && this.systemClock.unsure) await this.readDatabaseClock();
    if (!this.ready) {
      await this.alignClock();
      for (const { name } of this.suppliers.all) await this.begin(name);
      await this.replan.run();
      this.ready = true;
    }
    await this.opening.advance();
  }

  private async begin(supplier: string): Promise<void> {
    const { rates, price } = this.rates.of(supplier);
    await rates.beginModel();
    await rates.refresh();
    await price.begin();
    const warning = capacityWarning(this.capacities.of(supplier).plan());
    if (warning !== undefined) this.logger.warn(`${supplier}: ${warning}`);
  }

  private async readDatabaseClock(): Promise<void> {
    await this.systemClock.alignWith(() => this.prisma.time());
    await this.instants.noteMachineClock(this.systemClock.wallAheadMs);
  }
}
