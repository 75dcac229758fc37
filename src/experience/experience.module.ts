import { Module, type OnModuleInit } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { InventoryModule } from '../inventory/index.js';
import { AvailabilityService } from './availability.service.js';
import { Catalogue } from './catalogue.js';
import { ExperienceController } from './experience.controller.js';

@Module({
  imports: [InventoryModule],
  controllers: [ExperienceController],
  providers: [Catalogue, AvailabilityService],
  exports: [Catalogue],
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
