import { Inject, Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { DayRepository } from '../inventory/index.js';
import { PrismaService } from '../prisma/index.js';
import { PerSupplier, Suppliers } from '../supplier/index.js';
import { Clock } from '../time/index.js';
import { Backfills } from './backfill/backfills.js';
import { SupplierBudgets } from './budget/supplier-budgets.js';
import { SupplierCapacities } from './capacity/supplier-capacities.js';
import { ClaimPreparation } from './claim-preparation.js';
import { Audits } from './fetch/audits.js';
import { DayClaims } from './fetch/day-claims.js';
import { DayRefresher } from './fetch/day-refresher.js';
import { FetchEvents } from './fetch/fetch-events.js';
import { Instance } from './fetch/instance.js';
import { StoredInstants } from './fetch/stored-instants.js';
import { SupplierHealth } from './fetch/supplier-health.js';
import { SupplierObservations } from './fetch/supplier-observations.js';
import { Recording } from './monitoring/recording.js';
import { SyncControl } from './pause/sync-control.js';
import { SupplierRates } from './rates/supplier-rates.js';
import { DayQueue } from './schedule/day-queue.js';
import { RANDOM, type Random } from './schedule/random.js';
import { DueTimes } from './schedule/due-times.js';
import { Priorities } from './schedule/priorities.js';
import { SupplierSubscriptions } from './subscriptions/supplier-subscriptions.js';
import { SupplierLoop } from './supplier-loop.js';
import { MirrorWindow } from './window/mirror-window.js';

/** Puts the loop of each supplier together. */
@Injectable()
export class SupplierLoops extends PerSupplier<SupplierLoop> {
  constructor(
    suppliers: Suppliers,
    rates: SupplierRates,
    budgets: SupplierBudgets,
    capacities: SupplierCapacities,
    health: SupplierHealth,
    subscriptions: SupplierSubscriptions,
    observations: SupplierObservations,
    prisma: PrismaService,
    control: SyncControl,
    queue: DayQueue,
    days: DayRepository,
    dueTimes: DueTimes,
    window: MirrorWindow,
    priorities: Priorities,
    instants: StoredInstants,
    instance: Instance,
    preparation: ClaimPreparation,
    backfills: Backfills,
    events: FetchEvents,
    recording: Recording,
    settings: MirrorSettings,
    clock: Clock,
    @Inject(RANDOM) random: Random,
  ) {
    super(suppliers, (supplier) => {
      const { rates: learned, price } = rates.of(supplier.name);
      const budget = budgets.of(supplier.name);
      const products = health.of(supplier.name);
      return new SupplierLoop(
        supplier,
        new DayClaims(
          ...([supplier, prisma, control, budget, queue, products, priorities] as const),
          ...([capacities.of(supplier.name), price] as const),
          ...([new Audits(supplier.name, settings, random), settings, instance, instants, clock] as const),
        ),
        new DayRefresher(
          ...([supplier, days, queue, budget, products, dueTimes, window, priorities] as const),
          ...([observations.of(supplier.name), learned, instance, clock] as const),
        ),
        subscriptions.of(supplier.name),
        { preparation, backfills, events, recording, clock },
      );
    });
  }
}
