import { Module } from '@nestjs/common';
import { ExperienceModule } from '../experience/index.js';
import { InventoryModule } from '../inventory/index.js';
import { WebhooksModule } from '../webhooks/index.js';
import { AvailabilityReads } from './availability-reads.js';
import { OctoApi } from './octo-api.js';
import { OctoResponses } from './octo-responses.js';
import { ProductCatalogue } from './product-catalogue.js';
import { ResellerKeys } from './reseller-keys.js';
import { ResellerLimit } from './reseller-limit.js';
import { SubscriptionAnswers } from './subscription-answers.js';

@Module({
  imports: [InventoryModule, ExperienceModule, WebhooksModule],
  providers: [
    ResellerKeys,
    ResellerLimit,
    ProductCatalogue,
    OctoResponses,
    AvailabilityReads,
    SubscriptionAnswers,
    OctoApi,
  ],
  exports: [OctoApi, ResellerLimit],
})
export class OctoModule {}
