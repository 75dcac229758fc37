import { Module } from '@nestjs/common';
import { ExperienceModule } from '../experience/index.js';
import { PrismaService } from '../prisma/index.js';
import { WebhooksModule } from '../webhooks/index.js';
import { Suppliers } from '../supplier/index.js';
import { InventoryModule } from '../inventory/index.js';
import { AccuracyController } from './accuracy/accuracy.controller.js';
import { AccuracyReports } from './accuracy/accuracy-reports.js';
import { AccuracyRecords } from './accuracy/accuracy-records.js';
import { DayOpening } from './schedule/day-opening.js';
import { SettingsReplan } from './schedule/settings-replan.js';
import { DayQueue } from './schedule/day-queue.js';
import { DueTimes } from './schedule/due-times.js';
import { PlanKey } from './schedule/plan-key.js';
import { RANDOM } from './model/random.js';
import { MirrorWindow } from './window/mirror-window.js';
import { SupplierTiers } from './window/supplier-tiers.js';
import { DayFigures } from './monitoring/day-figures.js';
import { ExperienceReplan } from './schedule/experience-replan.js';
import { ClaimPreparation } from './claim-preparation.js';
import { AgeCounts } from './monitoring/age-counts.js';
import { TroubleCounts } from './monitoring/trouble-counts.js';
import { Ages } from './monitoring/ages.js';
import { DayTally } from './monitoring/day-tally.js';
import { MirrorMeasure } from './monitoring/mirror-measure.js';
import { DayDetails } from './monitoring/day-details.js';
import { DayMaps } from './monitoring/day-map.js';
import { MonitoringController } from './monitoring/monitoring.controller.js';
import { LiveFeed } from './monitoring/live-feed.js';
import { SyncHistory } from './monitoring/sync-history.js';
import { FetchEvents } from './fetch/fetch-events.js';
import { Instance } from './fetch/instance.js';
import { BackfillController } from './backfill/backfill.controller.js';
import { BackfillLog } from './backfill/backfill-log.js';
import { Backfills } from './backfill/backfills.js';
import { Planning } from './schedule/planning.js';
import { Recording } from './monitoring/recording.js';
import { StoredInstants } from './fetch/stored-instants.js';
import { SyncControl } from './pause/sync-control.js';
import { SyncRuns } from './monitoring/sync-runs.js';
import { SyncStatusReader } from './monitoring/sync-status.js';
import { SyncController } from './monitoring/sync.controller.js';
import { SupplierRates } from './rates/supplier-rates.js';
import { SupplierBudgets } from './budget/supplier-budgets.js';
import { SupplierCapacities } from './capacity/supplier-capacities.js';
import { SupplierHealth } from './fetch/supplier-health.js';
import { SupplierObservations } from './fetch/supplier-observations.js';
import { SupplierPauses } from './pause/supplier-pauses.js';
import { SupplierStates } from './monitoring/supplier-states.js';
import { SupplierLoops } from './supplier-loops.js';
import { NotificationController } from './suppliers/notification.controller.js';
import { ProductChanges } from './suppliers/product-changes.js';
import { ProductImport } from './suppliers/product-import.js';
import { ProductLists } from './suppliers/product-lists.js';
import { SupplierController } from './suppliers/supplier.controller.js';
import { SubscriptionRows } from './subscriptions/subscription-rows.js';
import { SupplierSubscriptions } from './subscriptions/supplier-subscriptions.js';
import { SyncService } from './sync.service.js';
import { Priorities } from './schedule/priorities.js';

@Module({
  imports: [InventoryModule, ExperienceModule, WebhooksModule],
  controllers: [
    SyncController,
    MonitoringController,
    BackfillController,
    SupplierController,
    NotificationController,
    AccuracyController,
  ],
  providers: [
    { provide: RANDOM, useValue: Math.random },
    Instance,
    MirrorWindow,
    SupplierTiers,
    {
      provide: DayQueue,
      inject: [PrismaService, Suppliers],
      useFactory: (prisma: PrismaService, suppliers: Suppliers) => new DayQueue(prisma.direct, suppliers.names),
    },
    DueTimes,
    PlanKey,
    DayFigures,
    Priorities,
    ExperienceReplan,
    Planning,
    SyncControl,
    Recording,
    StoredInstants,
    SyncRuns,
    DayOpening,
    SettingsReplan,
    ClaimPreparation,
    SyncStatusReader,
    DayMaps,
    DayDetails,
    SyncHistory,
    FetchEvents,
    LiveFeed,
    BackfillLog,
    Backfills,
    SupplierRates,
    AccuracyRecords,
    AccuracyReports,
    SupplierBudgets,
    SupplierCapacities,
    SupplierHealth,
    SupplierObservations,
    SupplierPauses,
    SubscriptionRows,
    SupplierSubscriptions,
    SupplierStates,
    SupplierLoops,
    ProductChanges,
    ProductLists,
    ProductImport,
    SyncService,
    DayTally,
    Ages,
    MirrorMeasure,
    AgeCounts,
    TroubleCounts,
  ],
  exports: [SyncService, AccuracyReports, FetchEvents, SyncStatusReader, AgeCounts, TroubleCounts, LiveFeed],
})
export class SyncModule {}
