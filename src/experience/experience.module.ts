import { Module, type OnModuleInit } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { ReadGate } from '../http/index.js';
import { InventoryModule } from '../inventory/index.js';
import { AvailabilityService } from './availability.service.js';
import { CachedReads } from './cached-reads.js';
import { CatalogueController } from './catalogue.controller.js';
import { Catalogue } from './catalogue.js';
import { DirectReads } from './direct-reads.js';
import { ExperienceReports } from './experience-report.js';
import { ExperienceController } from './experience.controller.js';
import { PublicReads } from './public-reads.js';
import { ReadTally } from './read-tally.js';
import { ReadThrough } from './read-through.js';

const READS_WAITING = 500;

@Module({
  imports: [InventoryModule],
  controllers: [ExperienceController, CatalogueController],
  providers: [
    Catalogue,
    ExperienceReports,
    AvailabilityService,
    ReadTally,
    ReadThrough,
    CachedReads,
    PublicReads,
    DirectReads,
    { provide: ReadGate, useFactory: () => new ReadGate(READS_WAITING) },
  ],
  exports: [Catalogue, ReadTally, DirectReads],
})
export class ExperienceModule implements OnModuleInit {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly settings: MirrorSettings,
  ) {}

  /** EXPERIENCES are put into the catalogue when missing. */
  async onModuleInit(): Promise<void> {
    await this.catalogue.add(this.settings.experiences);
  }
}
