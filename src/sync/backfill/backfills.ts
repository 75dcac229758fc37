import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import { CatalogueCounts } from '../../experience/index.js';
import { ApiProblem, type Actor } from '../../http/index.js';
import { DayEvents, type DayKey } from '../../inventory/index.js';
import { PrismaService } from '../../prisma/index.js';
import { Suppliers } from '../../supplier/index.js';
import { addDays, Clock, Every, type LocalDate } from '../../time/index.js';
import { DayOpening } from '../schedule/day-opening.js';
import { MirrorWindow } from '../window/mirror-window.js';
import { SyncStatusReader } from '../monitoring/sync-status.js';
import { FetchEvents, type FetchedDay } from '../fetch/fetch-events.js';
import { NO_BACKFILL, type BackfillDays } from '../fetch/backfill-days.js';
import { Backfill } from './backfill.js';
import { BackfillLog } from './backfill-log.js';
import { endInVain } from './vain.js';
import { countInScope, nextInScope, type DayScope } from './sql/days-in-scope.js';

/** What a backfill fetches. */
export interface BackfillParameters {
  /** Only these experiences; null: all that are not paused. */
  readonly experienceIds: readonly number[] | null;
  /** This date; null: the next `days` dates, today first. */
  readonly date: LocalDate | null;
  readonly days: number;
  /** Also the days that have not reached their max age. */
  readonly fresh: boolean;
}

const MOST_BACKFILLS = 20;
/** How many grants in a row backfills take while the queue waits. The next grant goes to the queue, which serves readers. */
const BACKFILLS_IN_A_ROW = 3;
/** How long backfills may make no progress before the reason is looked up. */
const LOOK_AFTER_MS = 2_000;

/**
 * Fetches days on demand, before the queue and within the budget. A backfill lives in the process that began it. Leases keep
 * two backfills, or the queue of any replica, from fetching a day twice.
 */
@Injectable()
export class Backfills implements OnModuleDestroy {
  private readonly running = new Map<string, Backfill>();
  /** Those that the log is about to have: until then nobody finds them there. */
  private readonly beginning = new Map<Backfill, Promise<void>>();
  /** Those whose last state is not stored so far. */
  private readonly unsaved = new Set<Backfill>();
  private readonly begun = new EventEmitter();
  /** Grants in a row that went to backfills, by supplier. */
  private readonly inARow = new Map<string, number>();
  private movedAt = 0;

  constructor(
    private readonly counts: CatalogueCounts,
    private readonly prisma: PrismaService,
    private readonly opening: DayOpening,
    private readonly window: MirrorWindow,
    private readonly status: SyncStatusReader,
    private readonly suppliers: Suppliers,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
    private readonly log: BackfillLog,
    fetches: FetchEvents,
    events: DayEvents,
  ) {
    fetches.onFetched(({ days }) => {
      for (const day of days) this.answered(day);
    });
    events.onConfirmed(({ experienceId, date, confirmedAt }) => {
      const now = this.clock.now();
      for (const backfill of this.running.values()) {
        backfill.confirmedElsewhere({ experienceId, date }, new Date(confirmedAt), now);
      }
      this.forgetEnded();
    });
  }

  /** Calls `wake` when a backfill begins. */
  onBackfill(wake: () => void): void {
    this.begun.on('backfill', wake);
  }

  /** Begins a backfill, or joins the running one with the same parameters. @param by who ordered it. @throws ApiProblem OVERLOADED */
  async take(parameters: BackfillParameters, by: string): Promise<Backfill> {
    const name = JSON.stringify(parameters);
    const joined = this.running.get(name);
    if (joined) return this.join(joined);
    if (this.running.size >= MOST_BACKFILLS) {
      const detail = `${MOST_BACKFILLS} backfills are running already. Wait until one of them ends.`;
      throw new ApiProblem('OVERLOADED', detail, { retryAfterSeconds: 30 });
    }
    const backfill = await this.begin(parameters);
    const meanwhile = this.running.get(name);
    if (meanwhile) return this.join(meanwhile);
    if (!backfill.over) this.running.set(name, backfill);
    await this.enter(backfill, parameters, by);
    // It may have ended meanwhile.
    this.unsaved.add(backfill);
    this.movedAt = this.clock.now().getTime();
    this.begun.emit('backfill');
    return backfill;
  }

  /** Has the log know it. One that it does not know could be neither seen nor cancelled, so it ends. */
  private async enter(backfill: Backfill, parameters: BackfillParameters, by: string): Promise<void> {
    const entered = this.log.begin(backfill, parameters, by);
    this.beginning.set(backfill, entered);
    try {
      await entered;
    } catch (error) {
      backfill.finish('stopped', this.clock.now());
      this.forgetEnded();
      throw error;
    } finally {
      this.beginning.delete(backfill);
    }
  }

  /** Fails as the order that it joins does. */
  private async join(backfill: Backfill): Promise<Backfill> {
    await this.beginning.get(backfill);
    return backfill;
  }

  /** The supplier's next days of all backfills, and whether they go before the queue. */
  async ahead(supplier: string, most: number): Promise<BackfillDays> {
    if (this.running.size === 0) return NO_BACKFILL;
    await this.endThoseInVain();
    const now = this.clock.now();
    const days: DayKey[] = [];
    for (const backfill of this.running.values()) {
      if (days.length < most) days.push(...(await backfill.ahead(supplier, most - days.length, now)));
    }
    this.forgetEnded();
    if (this.running.size === 0) return NO_BACKFILL;
    const since = new Date(Math.max(...[...this.running.values()].map((backfill) => backfill.startedAt.getTime())));
    return { days, first: this.grantsInARow(supplier) < BACKFILLS_IN_A_ROW, since };
  }

  /** @param offered as `ahead` returned them. @param taken those that are fetched now */
  claimed(supplier: string, offered: readonly DayKey[], taken: readonly DayKey[]): void {
    if (offered.length === 0 || taken.length === 0) return;
    const before = this.grantsInARow(supplier);
    this.inARow.set(supplier, before < BACKFILLS_IN_A_ROW ? before + taken.length : 0);
    for (const backfill of this.running.values()) backfill.claimed(supplier, offered, taken);
  }

  private grantsInARow(supplier: string): number {
    return this.inARow.get(supplier) ?? 0;
  }

  private answered(fetched: FetchedDay): void {
    const now = this.clock.now();
    // Only what a backfill waits for moves it: the queue's own requests go on whatever stands in its way.
    const moved = [...this.running.values()].filter((backfill) => backfill.answered(fetched, now));
    if (moved.length > 0) this.movedAt = now.getTime();
    this.forgetEnded();
  }

  /** Stores how far they are, and ends those that were cancelled, on whichever replica. */
  @Every({ periods: ['1s'], what: 'storing the progress of backfills' })
  async save(): Promise<void> {
    for (const backfill of [...this.unsaved]) await this.saveOne(backfill);
    this.forgetEnded();
  }

  /** Has a backfill end, here at once, elsewhere within a second. @returns whether it ran */
  async cancel(id: string, actor: Actor): Promise<boolean> {
    const ran = await this.log.cancel(id, actor);
    await this.save();
    return ran;
  }

  async onModuleDestroy(): Promise<void> {
    for (const backfill of this.running.values()) backfill.finish('stopped', this.clock.now());
    // Without a database they are taken for stopped when they are silent.
    await this.save().catch(() => undefined);
  }

  private async saveOne(backfill: Backfill): Promise<void> {
    const isLast = backfill.over;
    const isCancelled = await this.log.save(backfill);
    if (isLast) this.unsaved.delete(backfill);
    else if (isCancelled) {
      backfill.finish('cancelled', this.clock.now());
      await this.saveOne(backfill);
    }
  }

  private async begin({ experienceIds, date, days, fresh }: BackfillParameters): Promise<Backfill> {
    await this.opening.advanceNow();
    const now = this.clock.now();
    const windows = (await this.counts.zones()).map((zone) => {
      const today = this.window.today(zone);
      if (date !== null) return { zone, first: date < today ? today : date, last: date };
      return { zone, first: today, last: addDays(today, Math.min(days, this.settings.windowDays) - 1) };
    });
    const { names } = this.suppliers;
    const scope: DayScope = {
      suppliers: names,
      experienceIds,
      windows,
      fresh,
      since: now,
    };
    const counts = await countInScope(this.prisma, scope, now);
    const count = [...counts.values()].reduce((sum, days) => sum + days, 0);
    const backfill = new Backfill(randomUUID(), scope, count, now, [...counts.keys()], (supplier, of, after, limit) =>
      nextInScope(this.prisma, of, { supplier, now: this.clock.now(), after, limit }),
    );
    if (count === 0) backfill.finish('done', now);
    else endInVain(backfill, (await this.status.state()).suppliers, now);
    return backfill;
  }

  /**
   * Acts if no backfill has made progress for a while. Ends them if the sync is paused or the supplier is away. Otherwise
   * reads the remaining days again.
   */
  private async endThoseInVain(): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - this.movedAt < LOOK_AFTER_MS) return;
    this.movedAt = now.getTime();
    const { suppliers } = await this.status.state();
    for (const backfill of this.running.values()) {
      endInVain(backfill, suppliers, now);
      if (!backfill.over) backfill.again();
    }
  }

  private forgetEnded(): void {
    for (const [name, backfill] of this.running) if (backfill.over) this.running.delete(name);
  }
}
