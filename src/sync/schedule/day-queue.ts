import type { DayKey, KnownDay } from '../../inventory/index.js';
import type { Sql } from '../../prisma/index.js';
import { fromDatabaseDate, type LocalDate } from '../../time/index.js';
import type { Priority } from '../model/priority.js';
import type { DateReadsRow, RatesRow } from '../rates/sql/rates-row.js';
import { clampDays, hasDaysAhead, type DayBounds } from './sql/clamp-days.js';
import type { UnjudgedRow } from '../rates/sql/unjudged-row.js';
import {
  keepDay,
  noteUnconfirmedEmpty,
  postponeDay,
  releaseDay,
  type Failure,
  type KeptPriority,
  type UnconfirmedEmpty,
} from './sql/end-lease.js';
import { expireDays } from './sql/expire-days.js';
import { findCandidates, type CandidateRow, type CandidateSearch } from './sql/find-candidates.js';
import { findNeighbours, type NeighbourRow, type NeighbourSearch } from './sql/find-neighbours.js';
import { forgiveDays, recheckClosed, requestWitness } from './sql/forgive-days.js';
import { hintDays, type Hint } from './sql/hint-days.js';
import { leaseDays, type Lease } from './sql/lease-days.js';
import { openDays, type DayOpening } from './sql/open-days.js';
import {
  descheduleDays,
  nextDays,
  setDueTimes,
  setPriorities,
  type DayPlan,
  type DayRange,
  type DuePlan,
} from './sql/replan-days.js';
import { retryDaysNow } from './sql/retry-now.js';

/** A leased day: only the lease's holder may record its answer. */
export interface ClaimedDay extends KnownDay, DayKey, RatesRow, DateReadsRow, UnjudgedRow {
  readonly supplier: string;
  /** The supplier's ids. */
  readonly product: string;
  readonly option: string | null;
  /** Null: never. */
  readonly confirmedAt: Date | null;
  readonly attempts: number;
  /** When the first empty answer came that is still unconfirmed; null: none. */
  readonly emptySeenAt: Date | null;
  /** Slots of the last answer that could not be read. */
  readonly droppedSlots: number;
  /** Local `HH:MM` of the last start in the last answer; null: there is none, or the date can be booked until it is over. */
  readonly lastStart: string | null;
  /** Null: the default zone. */
  readonly timeZone: string | null;
}

/** A day that may be claimed next, and why. */
export interface CandidateDay extends Omit<CandidateRow, 'date'>, DayKey {}

/** A free day near a chosen one. */
export interface NeighbourDay extends Omit<NeighbourRow, 'date'>, DayKey {}

/** What a plan is computed from. */
export interface PlannedDay extends DayKey, Priority, RatesRow, DateReadsRow {
  readonly supplier: string;
  readonly confirmedAt: Date | null;
  readonly fingerprint: string | null;
  readonly lastStart: string | null;
  readonly timeZone: string | null;
}

/** Whose plans are computed. */
export type PlannedDays = Pick<DayRange, 'suppliers' | 'experienceIds'>;

/**
 * When each day is fetched: the only writer of the scheduling columns of `day`. Each method is one statement, except
 * `replan`, which walks the table in batches. `sql/recorded-columns.ts` holds what a recorded answer sets of them.
 */
export class DayQueue {
  constructor(
    private readonly sql: Sql,
    /** The names of the configured suppliers: days of others are not planned. */
    private readonly configured: readonly string[],
  ) {}

  open(experienceIds: readonly number[], openings: readonly DayOpening[]): Promise<number> {
    return openDays(this.sql, experienceIds, openings);
  }

  /** Days before `today` are not fetched any more. */
  expire(experienceIds: readonly number[], today: LocalDate): Promise<number> {
    return expireDays(this.sql, experienceIds, today);
  }

  /** @param sql the transaction that also takes the budget for the leased days */
  async candidates(sql: Sql, search: CandidateSearch): Promise<CandidateDay[]> {
    return (await findCandidates(sql, search)).map(withLocalDate);
  }

  /** @param sql the same transaction. @returns the days near chosen ones that one request could answer with them */
  async neighbours(sql: Sql, search: NeighbourSearch): Promise<NeighbourDay[]> {
    return (await findNeighbours(sql, search)).map(withLocalDate);
  }

  /** @param sql the same transaction. @returns the days that were still free */
  async lease(sql: Sql, keys: readonly DayKey[], lease: Lease): Promise<ClaimedDay[]> {
    return (await leaseDays(sql, keys, lease)).map(withLocalDate);
  }

  /** The supplier said that days may have changed. @returns how many were not hinted before */
  async hint(supplier: string, hints: readonly Hint[], now: Date): Promise<number> {
    return hints.length === 0 ? 0 : (await hintDays(this.sql, supplier, hints, now)).length;
  }

  /** Nobody can book these days any more, so no request for them is worth its price. */
  async deschedule(sql: Sql, keys: readonly DayKey[]): Promise<void> {
    await descheduleDays(sql, keys);
  }

  /** An empty answer is recorded only after a second request confirms it. */
  async noteUnconfirmedEmpty(key: DayKey, by: string, empty: UnconfirmedEmpty): Promise<void> {
    await noteUnconfirmedEmpty(this.sql, key, by, empty);
  }

  /** The answer was older than what is stored. */
  async keep(key: DayKey, by: string, kept: KeptPriority): Promise<void> {
    await keepDay(this.sql, key, by, kept);
  }

  /** Failed days of these products are due now, as if they had not failed. */
  async forgive(experienceIds: readonly number[], now: Date): Promise<void> {
    if (experienceIds.length > 0) await forgiveDays(this.sql, experienceIds, now, { kinds: null, seen: false });
  }

  /** Failed days of a product that answers count as a first, unconfirmed empty answer. @param kinds failures of these */
  async takeAsEmpty(experienceId: number, kinds: readonly string[], now: Date): Promise<void> {
    await forgiveDays(this.sql, [experienceId], now, { kinds, seen: true });
  }

  /** Makes days due now that were recorded as closed since then, perhaps in error. */
  async reopen(experienceId: number, since: Date, now: Date): Promise<void> {
    await recheckClosed(this.sql, experienceId, since, now);
  }

  /** Requests a day of the product that is known to have slots. */
  async requestWitness(experienceId: number, today: LocalDate, now: Date): Promise<void> {
    await requestWitness(this.sql, experienceId, today, now);
  }

  /** Whether an instant lies further ahead than any rule sets it. Costs the same whatever is stored. */
  isAhead(bounds: DayBounds): Promise<boolean> {
    return hasDaysAhead(this.sql, bounds);
  }

  /** Corrects instants further ahead than any rule sets them. Reads the whole table. @returns how many days */
  clamp(bounds: DayBounds): Promise<number> {
    return clampDays(this.sql, bounds);
  }

  async postpone(key: DayKey, by: string, failure: Failure): Promise<void> {
    await postponeDay(this.sql, key, by, failure);
  }

  async release(key: DayKey, by: string): Promise<void> {
    await releaseDay(this.sql, key, by);
  }

  /** Makes days of the supplier due now that failed since `failedSince`. */
  async retryNow(supplier: string, failedSince: Date, now: Date): Promise<void> {
    await retryDaysNow(this.sql, supplier, failedSince, now);
  }

  /** The names of all suppliers that ever were configured. */
  async suppliers(): Promise<string[]> {
    const rows = await this.sql.$queryRaw<{ name: string }[]>`SELECT name FROM supplier ORDER BY name`;
    return rows.map(({ name }) => name);
  }

  /** Walks days from `first` on and gives each the due time that `plan` returns. */
  async replan(
    first: LocalDate,
    which: PlannedDays,
    plan: (day: PlannedDay) => Omit<DuePlan, keyof DayKey>,
  ): Promise<number> {
    let planned = 0;
    for (let after: DayKey | null = null; ;) {
      const rows = await nextDays(this.sql, { ...which, first, after, limit: REPLAN_BATCH });
      const days: PlannedDay[] = rows.map(withLocalDate);
      await setDueTimes(
        this.sql,
        days.map((day) => ({ experienceId: day.experienceId, date: day.date, ...plan(day) })),
      );
      planned += days.length;
      after = days.at(-1) ?? null;
      if (days.length < REPLAN_BATCH) return planned;
    }
  }

  /** The days of one experience from `first` on. */
  async daysOf(experienceId: number, first: LocalDate): Promise<PlannedDay[]> {
    const range = {
      first,
      after: null,
      experienceIds: [experienceId],
      suppliers: this.configured,
      limit: REPLAN_BATCH,
    };
    return (await nextDays(this.sql, range)).map(withLocalDate);
  }

  async setPriorities(plans: readonly DayPlan[]): Promise<void> {
    if (plans.length > 0) await setPriorities(this.sql, plans);
  }
}

function withLocalDate<T extends { readonly date: Date }>(row: T): Omit<T, 'date'> & { readonly date: LocalDate } {
  return { ...row, date: fromDatabaseDate(row.date) };
}

const REPLAN_BATCH = 1_000;
