import { Module } from '@nestjs/common';
import { ChangesModule } from '../changes/index.js';
import { SyncModule } from '../sync/index.js';
import { ChangeMetrics } from './change-metrics.js';
import { DatabaseGauges } from './database-gauges.js';
import { MetricsController } from './metrics.controller.js';
import { MetricsRegistry } from './metrics-registry.js';
import { ProcessMetrics } from './process-metrics.js';

@Module({
  imports: [SyncModule, ChangesModule],
  controllers: [MetricsController],
  providers: [MetricsRegistry, ProcessMetrics, ChangeMetrics, DatabaseGauges],
})
export class MetricsModule {}
