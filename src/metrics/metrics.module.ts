import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { OctoModule } from '../octo/index.js';
import { SyncModule } from '../sync/index.js';
import { WebhooksModule } from '../webhooks/index.js';
import { AccuracyGauges } from './accuracy-gauges.js';
import { ChangeMetrics } from './change-metrics.js';
import { DatabaseGauges } from './database-gauges.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsRegistry } from './metrics-registry.js';
import { ProcessMetrics } from './process-metrics.js';
import { ResellerMetrics } from './reseller-metrics.js';
import { WebhookMetrics } from './webhook-metrics.js';

@Module({
  imports: [SyncModule, ChangesModule, WebhooksModule, OctoModule],
  controllers: [MetricsController],
  providers: [
    MetricsRegistry,
    ProcessMetrics,
    ChangeMetrics,
    WebhookMetrics,
    ResellerMetrics,
    DatabaseGauges,
    AccuracyGauges,
  ],
})
export class MetricsModule {}
