import { Module, type OnModuleInit } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { ReadGate } from '../http/index.js';
import { InventoryModule } from '../inventory/index.js';
import { AvailabilityService } from './availability.service.js';
import { Catalogue } from './catalogue.js';
import { ExperienceController } from './experience.controller.js';
import { ReadTally } from './read-tally.js';
import { ReadThrough } from './read-through.js';

/** Fewer than the pool has connections: the sync needs some whatever readers do. */
const READS_AT_ONCE = 8;
const READS_WAITING = 500;

@Module({
  imports: [InventoryModule],
  controllers: [ExperienceController],
  providers: [
    Catalogue,
    AvailabilityService,
    ReadTally,
    ReadThrough,
    { provide: ReadGate, useFactory: () => new ReadGate(READS_AT_ONCE, READS_WAITING) },
  ],
  exports: [Catalogue, ReadTally],
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
