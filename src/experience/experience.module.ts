import { Logger, Module, type OnModuleInit } from '@nestjs/common';
import { MirrorSettings, SuppliersSettings } from '../config/index.js';
import { LoadShedder } from '../http/index.js';
import { InventoryModule } from '../inventory/index.js';
import { BulkAvailabilityService } from './availability/bulk-availability.service.js';
import { CalendarRangeService } from './availability/calendar-range.service.js';
import { KeptParts } from './availability/kept-parts.js';
import { AvailabilityService } from './availability.service.js';
import { CacheInvalidation } from './cache-invalidation.js';
import { CacheMisses } from './cache-misses.js';
import { CatalogueController } from './catalogue.controller.js';
import { Catalogue } from './catalogue.js';
import { DatabaseZones } from './database-zones.js';
import { DemandFetch } from './demand-fetch.js';
import { CatalogueCounts } from './catalogue-counts.js';
import { ExperienceReports } from './experience-report.js';
import { ExperienceController } from './experience.controller.js';
import { Listings } from './listings.js';
import { PublicReads } from './public-reads.js';
import { ReadTally } from './read-tally.js';

const READS_WAITING = 500;

@Module({
  imports: [InventoryModule],
  controllers: [ExperienceController, CatalogueController],
  providers: [
    Catalogue,
    CatalogueCounts,
    DatabaseZones,
    Listings,
    ExperienceReports,
    AvailabilityService,
    KeptParts,
    BulkAvailabilityService,
    CalendarRangeService,
    ReadTally,
    DemandFetch,
    CacheInvalidation,
    PublicReads,
    CacheMisses,
    { provide: LoadShedder, useFactory: () => new LoadShedder(READS_WAITING) },
  ],
  exports: [Catalogue, CatalogueCounts, ReadTally, CacheMisses, DatabaseZones, DemandFetch, LoadShedder],
})
export class ExperienceModule implements OnModuleInit {
  private readonly logger = new Logger('Experiences');

  constructor(
    private readonly catalogue: Catalogue,
    private readonly counts: CatalogueCounts,
    private readonly zones: DatabaseZones,
    private readonly settings: MirrorSettings,
    private readonly suppliers: SuppliersSettings,
  ) {}

  /** The configured experiences are put into the catalogue when missing. */
  async onModuleInit(): Promise<void> {
    await this.checkZones();
    for (const { name, experiences } of this.suppliers.all) await this.catalogue.add(name, experiences);
    await this.checkSuppliers();
  }

  private async checkSuppliers(): Promise<void> {
    const names = this.suppliers.all.map(({ name }) => name);
    for (const { supplier, experiences } of await this.counts.bySupplier()) {
      if (names.includes(supplier)) continue;
      this.logger.warn(
        `The supplier ${supplier} is not configured: its experiences (${experiences}) are served as they were last, and not ` +
          'fetched. Configure it under that name, or remove them.',
      );
    }
  }

  /** The default zone is a matter of the configuration; those of experiences were fine when they were put. */
  private async checkZones(): Promise<void> {
    const objection = await this.zones.objectionTo(this.settings.defaultTimeZone);
    if (objection !== undefined) throw new Error(`DEFAULT_TIME_ZONE: ${objection}`);
    for (const zone of await this.counts.zones()) {
      const trouble = zone === null ? undefined : await this.zones.objectionTo(zone);
      if (trouble !== undefined)
        this.logger.error(
          `Experiences with the time zone ${zone} are not served, until it is changed (PATCH /api/v1/experience/<id>). ${trouble}`,
        );
    }
  }
}
