import { Module } from '@nestjs/common';
import { ExperienceModule } from '../experience/index.js';
import { InventoryModule } from '../inventory/index.js';
import { SupplierModule } from '../supplier/index.js';
import { Capacity } from './capacity/capacity.js';
import { DayClaims } from './fetch/day-claims.js';
import { DayRefresher } from './fetch/day-refresher.js';
import { DayOpening } from './schedule/day-opening.js';
import { SettingsReplan } from './schedule/settings-replan.js';
import { DayQueue } from './schedule/day-queue.js';
import { DueTimes } from './schedule/due-times.js';
import { PlanKey } from './schedule/plan-key.js';
import { RANDOM } from './schedule/random.js';
import { MirrorWindow } from './window/mirror-window.js';
import { DayFigures } from './monitoring/day-figures.js';
import { ExperienceReplan } from './schedule/experience-replan.js';
import { ClaimPreparation } from './claim-preparation.js';
import { AgeCounts } from './monitoring/age-counts.js';
import { DayDetails } from './monitoring/day-details.js';
import { DayMaps } from './monitoring/day-map.js';
import { MonitoringController } from './monitoring/monitoring.controller.js';
import { LiveFeed } from './monitoring/live-feed.js';
import { SyncHistory } from './monitoring/sync-history.js';
import { FetchEvents } from './fetch/fetch-events.js';
import { Instance } from './fetch/instance.js';
import { LearnedRates } from './rates/learned-rates.js';
import { Observations } from './fetch/observations.js';
import { BackfillController } from './backfill/backfill.controller.js';
import { Backfills } from './backfill/backfills.js';
import { Planning } from './schedule/planning.js';
import { ProductHealth } from './fetch/product-health.js';
import { Recording } from './monitoring/recording.js';
import { ShadowPriceKeeper } from './rates/shadow-price-keeper.js';
import { StoredInstants } from './fetch/stored-instants.js';
import { SupplierBudget } from './budget/supplier-budget.js';
import { SyncControl } from './pause/sync-control.js';
import { SyncRuns } from './monitoring/sync-runs.js';
import { SyncStatusReader } from './monitoring/sync-status.js';
import { SyncController } from './monitoring/sync.controller.js';
import { SyncService } from './sync.service.js';
import { Priorities } from './schedule/priorities.js';

@Module({
  imports: [InventoryModule, ExperienceModule, SupplierModule],
  controllers: [SyncController, MonitoringController, BackfillController],
  providers: [
    { provide: RANDOM, useValue: Math.random },
    Instance,
    MirrorWindow,
    DayQueue,
    DueTimes,
    PlanKey,
    DayFigures,
    LearnedRates,
    Priorities,
    ExperienceReplan,
    ShadowPriceKeeper,
    Observations,
    Capacity,
    Planning,
    SyncControl,
    SupplierBudget,
    ProductHealth,
    Recording,
    StoredInstants,
    SyncRuns,
    DayOpening,
    SettingsReplan,
    ClaimPreparation,
    DayClaims,
    DayRefresher,
    SyncStatusReader,
    DayMaps,
    DayDetails,
    SyncHistory,
    FetchEvents,
    LiveFeed,
    Backfills,
    SyncService,
    AgeCounts,
  ],
  exports: [SyncService, FetchEvents, SyncStatusReader, AgeCounts, LiveFeed],
})
export class SyncModule {}
