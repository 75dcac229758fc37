import { Module } from '@nestjs/common';
import { ExperienceModule } from '../experience/index.js';
import { InventoryModule } from '../inventory/index.js';
import { SupplierModule } from '../supplier/index.js';
import { Capacity } from './capacity.js';
import { DayClaims } from './day-claims.js';
import { DayRefresher } from './day-refresher.js';
import { DayWindow } from './day-window.js';
import { DeadlineReplan } from './deadline-replan.js';
import { Deadlines, RANDOM } from './deadlines.js';
import { ExperienceReplan } from './experience-replan.js';
import { Housekeeping } from './housekeeping.js';
import { AgeCounts } from './insight/age-counts.js';
import { DayDetails } from './insight/day-details.js';
import { DayMaps } from './insight/day-map.js';
import { InsightController } from './insight/insight.controller.js';
import { LiveFeed } from './insight/live-feed.js';
import { SyncMinutes } from './insight/sync-minutes.js';
import { Instance } from './instance.js';
import { LearnedRates } from './learned-rates.js';
import { Lessons } from './lessons.js';
import { PassController } from './pass/pass.controller.js';
import { Passes } from './pass/passes.js';
import { Planning } from './planning.js';
import { ProductHealth } from './product-health.js';
import { Recording } from './recording.js';
import { RequestPrice } from './request-price.js';
import { StoredInstants } from './stored-instants.js';
import { SupplierBudget } from './supplier-budget.js';
import { SyncControl } from './sync-control.js';
import { SyncRuns } from './sync-runs.js';
import { SyncStatusReader } from './sync-status.js';
import { SyncController } from './sync.controller.js';
import { SyncService } from './sync.service.js';
import { Turns } from './turns.js';

@Module({
  imports: [InventoryModule, ExperienceModule, SupplierModule],
  controllers: [SyncController, InsightController, PassController],
  providers: [
    { provide: RANDOM, useValue: Math.random },
    Instance,
    Deadlines,
    LearnedRates,
    Turns,
    ExperienceReplan,
    RequestPrice,
    Lessons,
    Capacity,
    Planning,
    SyncControl,
    SupplierBudget,
    ProductHealth,
    Recording,
    StoredInstants,
    SyncRuns,
    DayWindow,
    DeadlineReplan,
    Housekeeping,
    DayClaims,
    DayRefresher,
    SyncStatusReader,
    DayMaps,
    DayDetails,
    SyncMinutes,
    LiveFeed,
    Passes,
    SyncService,
    AgeCounts,
  ],
  exports: [SyncService, SyncStatusReader, AgeCounts, LiveFeed],
})
export class SyncModule {}
