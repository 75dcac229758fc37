import { Module } from '@nestjs/common';
import { SyncModule } from '../sync/index.js';
import { DatabaseGauges } from './database-gauges.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsRegistry } from './metrics-registry.js';
import { ProcessMetrics } from './process-metrics.js';

@Module({
  imports: [SyncModule],
  controllers: [MetricsController],
  providers: [MetricsRegistry, ProcessMetrics, DatabaseGauges],
})
export class MetricsModule {}
