import { Module } from '@nestjs/common';
import { ExperienceModule } from '../experience/index.js';
import { InventoryModule } from '../inventory/index.js';
import { AvailabilityReads } from './availability-reads.js';
import { OctoApi } from './octo-api.js';
import { OctoResponses } from './octo-responses.js';
import { ProductCatalogue } from './product-catalogue.js';
import { ResellerKeys } from './reseller-keys.js';
import { ResellerLimit } from './reseller-limit.js';

@Module({
  imports: [InventoryModule, ExperienceModule],
  providers: [ResellerKeys, ResellerLimit, ProductCatalogue, OctoResponses, AvailabilityReads, OctoApi],
  exports: [OctoApi],
})
export class OctoModule {}
