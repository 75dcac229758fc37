import { EventEmitter } from 'node:events';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import { Catalogue } from '../../experience/index.js';
import { ApiProblem } from '../../http/index.js';
import { DayReader, onDayNotice, type DayKey, type DayScope } from '../../inventory/index.js';
import { Notices } from '../../prisma/index.js';
import { addDays, Clock, type LocalDate } from '../../time/index.js';
import type { Outcome } from '../day-refresher.js';
import { DayWindow } from '../day-window.js';
import { Deadlines } from '../deadlines.js';
import type { SyncState } from '../status.shape.js';
import { SyncStatusReader } from '../sync-status.js';
import { Pass } from './pass.js';

/** What is ordered. */
export interface PassOrder {
  /** Of these experiences; null: of all that are not paused. */
  readonly experienceIds: readonly number[] | null;
  /** This date; null: the next `days` dates, today first. */
  readonly date: LocalDate | null;
  readonly days: number;
  /** Also the days that are as fresh as promised. */
  readonly fresh: boolean;
}

/** Days that are ordered. */
export interface Ordered {
  readonly days: readonly DayKey[];
  /** They go before the queue, and not behind it. */
  readonly first: boolean;
  /** What was confirmed since then need not be asked for again. */
  readonly since: Date | null;
}

export const NOTHING_ORDERED: Ordered = { days: [], first: false, since: null };

const MOST_ORDERS = 20;
/** Orders take so many of the grants in a row while others wait too; the next is the queue's, and so its readers'. */
const ORDERS_IN_A_ROW = 3;
/** A supplier that refuses for longer is not waited for. */
const LONGEST_REFUSAL_MS = 120_000;
/** How long nothing may come of an order until it is looked at what stands in its way. */
const LOOK_AFTER_MS = 2_000;

/**
 * Orders to fetch days now, ahead of the queue and within the budget. An order lives in the process that took it; the
 * leases keep two of them, and the queues of all replicas, from asking for a day twice.
 */
@Injectable()
export class Passes implements OnModuleDestroy {
  private readonly orders = new Map<string, Pass>();
  private readonly ordered = new EventEmitter();
  private turn = 0;
  private movedAt = 0;

  constructor(
    private readonly catalogue: Catalogue,
    private readonly days: DayReader,
    private readonly window: DayWindow,
    private readonly deadlines: Deadlines,
    private readonly status: SyncStatusReader,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
    notices: Notices,
  ) {
    onDayNotice(notices, ({ experienceId, date, confirmedAt }) => {
      const now = this.clock.now();
      for (const pass of this.orders.values()) {
        pass.confirmedElsewhere({ experienceId, date }, new Date(confirmedAt), now);
      }
      this.forgetEnded();
    });
  }

  /** Calls `wake` when there is something to do at once. */
  onOrder(wake: () => void): void {
    this.ordered.on('order', wake);
  }

  /** Takes an order; one that is under way already is joined. @throws ApiProblem OVERLOADED */
  async take(order: PassOrder): Promise<Pass> {
    const name = JSON.stringify(order);
    const running = this.orders.get(name);
    if (running) return running;
    if (this.orders.size >= MOST_ORDERS) {
      const detail = `${MOST_ORDERS} orders are under way already; wait for one of them.`;
      throw new ApiProblem('OVERLOADED', detail, { retryAfterSeconds: 30 });
    }
    const pass = await this.begin(order);
    const meanwhile = this.orders.get(name);
    if (meanwhile) return meanwhile;
    if (!pass.over) this.orders.set(name, pass);
    this.movedAt = this.clock.now().getTime();
    this.ordered.emit('order');
    return pass;
  }

  /** The days that are ordered, and whether it is their turn: otherwise the queue goes first. */
  async ahead(most: number): Promise<Ordered> {
    if (this.orders.size === 0) return NOTHING_ORDERED;
    await this.endThoseInVain();
    const now = this.clock.now();
    const days: DayKey[] = [];
    for (const pass of this.orders.values()) {
      if (days.length < most) days.push(...(await pass.ahead(most - days.length, now)));
    }
    this.forgetEnded();
    if (this.orders.size === 0) return NOTHING_ORDERED;
    const since = new Date(Math.max(...[...this.orders.values()].map((pass) => pass.startedAt.getTime())));
    return { days, first: this.turn < ORDERS_IN_A_ROW, since };
  }

  /** @param offered as `ahead` gave them. @param taken what is asked for now */
  asked(offered: readonly DayKey[], taken: readonly DayKey[]): void {
    if (offered.length === 0 || taken.length === 0) return;
    this.turn = this.turn < ORDERS_IN_A_ROW ? this.turn + taken.length : 0;
    for (const pass of this.orders.values()) pass.asked(offered, taken);
  }

  answered(day: DayKey, outcome: Outcome): void {
    this.movedAt = this.clock.now().getTime();
    for (const pass of this.orders.values()) pass.answered(day, outcome, this.clock.now());
    this.forgetEnded();
  }

  onModuleDestroy(): void {
    for (const pass of this.orders.values()) pass.finish('stopped', this.clock.now());
    this.forgetEnded();
  }

  private async begin({ experienceIds, date, days, fresh }: PassOrder): Promise<Pass> {
    await this.window.advanceNow();
    const now = this.clock.now();
    const windows = (await this.catalogue.zones()).map((zone) => {
      const today = this.deadlines.today(zone);
      if (date !== null) return { zone, first: date < today ? today : date, last: date };
      return { zone, first: today, last: addDays(today, Math.min(days, this.settings.windowDays) - 1) };
    });
    const scope: DayScope = { experienceIds, windows, fresh, since: now };
    const count = await this.days.countInScope(scope, now);
    const pass = new Pass(scope, count, now, (of, after, limit) =>
      this.days.nextInScope(of, { now: this.clock.now(), after, limit }),
    );
    const inVain = vainState(await this.status.state(), now);
    if (count === 0) pass.finish('done', now);
    else if (inVain) pass.finish(inVain, now);
    return pass;
  }

  /** Where nothing has come of any order for a while: are they in vain, or is something in the way? */
  private async endThoseInVain(): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - this.movedAt < LOOK_AFTER_MS) return;
    this.movedAt = now.getTime();
    const inVain = vainState(await this.status.state(), now);
    for (const pass of this.orders.values()) {
      if (inVain) pass.finish(inVain, now);
      else pass.again();
    }
  }

  private forgetEnded(): void {
    for (const [name, pass] of this.orders) if (pass.over) this.orders.delete(name);
  }
}

/** Why nothing would be fetched however long one waits; undefined: it would. */
export function vainState({ state, budget }: SyncState, now: Date): 'paused' | 'outage' | 'refused' | undefined {
  if (state === 'paused' || state === 'outage') return state;
  const blockedMs = budget.blockedUntil === null ? 0 : Date.parse(budget.blockedUntil) - now.getTime();
  return blockedMs > LONGEST_REFUSAL_MS ? 'refused' : undefined;
}
