import { Injectable } from '@nestjs/common';
import { PrismaService, type Sql } from '../prisma/index.js';
import { fromDatabaseDate, type LocalDate } from '../time/index.js';
import type { DayDocument } from './day-document.js';
import { dayDifference, NO_DIFFERENCE, type DayDifference } from './day-difference.js';
import type { Confirmation, DayKey, DayTurn } from './day-key.js';
import { confirmDay } from './sql/confirm-day.js';
import { clampDays, type DayBounds } from './sql/clamp-days.js';
import {
  doubtDay,
  keepDay,
  postponeDay,
  releaseDay,
  type Doubt,
  type Failure,
  type KeptTurn,
} from './sql/end-lease.js';
import { findCandidates, type CandidateRow, type CandidateSearch } from './sql/find-candidates.js';
import { forgiveDays, recheckClosed, requestWitness } from './sql/forgive-days.js';
import { hastenDays } from './sql/hasten-days.js';
import { leaseDays, type Lease } from './sql/lease-days.js';
import { openDays, type DayOpening } from './sql/open-days.js';
import { replaceDay } from './sql/replace-day.js';
import type { RatesRow } from './sql/rates-row.js';
import { nextDays, setDeadlines, setTurns, shelveDays, type DayPlan, type Deadline } from './sql/replan-days.js';
import { dropDays, retireDays } from './sql/retire-days.js';
import { wantDay, type WishTimes } from './sql/want-day.js';
import { judge, type KnownDay, type Verdict } from './verdict.js';

/** A leased day: whose answer may be recorded by the one who holds it. */
export interface ClaimedDay extends KnownDay, DayKey, RatesRow {
  /** Null: never. */
  readonly confirmedAt: Date | null;
  readonly attempts: number;
  /** Slots of the last answer that could not be read. */
  readonly droppedSlots: number;
  /** Null: the default zone. */
  readonly timeZone: string | null;
}

/** A day that may be claimed next, and why. */
export interface CandidateDay extends Omit<CandidateRow, 'date'>, DayKey {}

/** What became of a reader's wish. */
export type Wish = 'wanted' | 'paused' | 'unknown';

/** What became of an answer. `superseded`: a later request had been recorded already. */
export type Recorded = Verdict | 'superseded';

/** What a plan is computed from. */
export interface PlannedDay extends DayKey, DayTurn, RatesRow {
  readonly confirmedAt: Date | null;
  readonly fingerprint: string | null;
  readonly lastStart: string | null;
  readonly timeZone: string | null;
}

/** The only writer of the day table. Each method is one statement, but `record`: one, or two where it lost a race. */
@Injectable()
export class DayRepository {
  constructor(private readonly prisma: PrismaService) {}

  open(experienceIds: readonly number[], openings: readonly DayOpening[]): Promise<number> {
    return openDays(this.prisma, experienceIds, openings);
  }

  retire(experienceIds: readonly number[], today: LocalDate): Promise<number> {
    return retireDays(this.prisma, experienceIds, today);
  }

  drop(experienceIds: readonly number[], first: LocalDate): Promise<number> {
    return dropDays(this.prisma, experienceIds, first);
  }

  /** @param sql the transaction that also takes the budget for what is leased */
  async candidates(sql: Sql, search: CandidateSearch): Promise<CandidateDay[]> {
    return (await findCandidates(sql, search)).map(withLocalDate);
  }

  /** @param sql likewise. @returns those that were still free */
  async lease(sql: Sql, keys: readonly DayKey[], lease: Lease): Promise<ClaimedDay[]> {
    return (await leaseDays(sql, keys, lease)).map(withLocalDate);
  }

  /** Days that nobody can book any more are worth no request. */
  async shelve(sql: Sql, keys: readonly DayKey[]): Promise<void> {
    await shelveDays(sql, keys);
  }

  /**
   * A reader wants the day.
   * @returns whether it can be asked for; `unknown`: the experience is not in the catalogue
   */
  async want(key: DayKey, times: WishTimes): Promise<Wish> {
    const [wish] = await wantDay(this.prisma, key, times);
    return wish ? (wish.paused ? 'paused' : 'wanted') : 'unknown';
  }

  /**
   * Records what the supplier said about a claimed day, and ends the lease.
   * @param doubt when to ask again, in case the answer is not believed yet
   * @param indirect it was no empty list, but another way to say that there is nothing
   */
  async record(
    day: ClaimedDay,
    answer: DayDocument,
    at: Confirmation,
    doubt: Doubt,
    indirect = false,
  ): Promise<{ readonly outcome: Recorded; readonly difference: DayDifference }> {
    const verdict = judge(day, answer, indirect);
    if (verdict === 'doubtful') {
      await this.doubt(day, at.by, doubt);
      return { outcome: verdict, difference: NO_DIFFERENCE };
    }
    if (verdict === 'unchanged' && (await confirmDay(this.prisma, day, at, answer))) {
      return { outcome: verdict, difference: NO_DIFFERENCE };
    }
    const [replaced] = await replaceDay(this.prisma, day, at, answer);
    if (!replaced) return { outcome: 'superseded', difference: NO_DIFFERENCE };
    return { outcome: verdict, difference: dayDifference(replaced.slotsBefore, answer.json) };
  }

  /** That there is nothing was said, and is not believed before it is said again. */
  async doubt(key: DayKey, by: string, doubt: Doubt): Promise<void> {
    await doubtDay(this.prisma, key, by, doubt);
  }

  /** The answer was older than what is known. */
  async keep(key: DayKey, by: string, turn: KeptTurn): Promise<void> {
    await keepDay(this.prisma, key, by, turn);
  }

  /** What failed of these products is due now, as if it had not failed. */
  async forgive(experienceIds: readonly number[], now: Date): Promise<void> {
    if (experienceIds.length > 0) await forgiveDays(this.prisma, experienceIds, now, { kinds: null, seen: false });
  }

  /** What was not found of a product that answers was said to be nothing, for the first time. @param kinds failures of these */
  async takeAsEmpty(experienceId: number, kinds: readonly string[], now: Date): Promise<void> {
    await forgiveDays(this.prisma, [experienceId], now, { kinds, seen: true });
  }

  /** What was closed since then may have been closed in error: it is asked for now. */
  async reopen(experienceId: number, since: Date, now: Date): Promise<void> {
    await recheckClosed(this.prisma, experienceId, since, now);
  }

  /** Has a day of the product asked for that is known to have slots. */
  async requestWitness(experienceId: number, today: LocalDate, now: Date): Promise<void> {
    await requestWitness(this.prisma, experienceId, today, now);
  }

  /** Sets right what lies further ahead than anything sets it. @returns how many days */
  clamp(bounds: DayBounds): Promise<number> {
    return clampDays(this.prisma, bounds);
  }

  async postpone(key: DayKey, by: string, failure: Failure): Promise<void> {
    await postponeDay(this.prisma, key, by, failure);
  }

  async release(key: DayKey, by: string): Promise<void> {
    await releaseDay(this.prisma, key, by);
  }

  /** Those that failed since `failedSince` are tried again now. */
  async hasten(failedSince: Date, now: Date): Promise<void> {
    await hastenDays(this.prisma, failedSince, now);
  }

  /** Walks the days from `first` on of some experiences (null: of all) in batches and gives each the deadline that `plan` says. */
  async replan(
    first: LocalDate,
    experienceIds: readonly number[] | null,
    plan: (day: PlannedDay) => Omit<Deadline, keyof DayKey>,
  ): Promise<number> {
    let planned = 0;
    for (let after: DayKey | null = null; ;) {
      const rows = await nextDays(this.prisma, { first, after, experienceIds, limit: REPLAN_BATCH });
      const days: PlannedDay[] = rows.map(withLocalDate);
      await setDeadlines(
        this.prisma,
        days.map((day) => ({ experienceId: day.experienceId, date: day.date, ...plan(day) })),
      );
      planned += days.length;
      after = days.at(-1) ?? null;
      if (days.length < REPLAN_BATCH) return planned;
    }
  }

  /** The days of one experience from `first` on. */
  async daysOf(experienceId: number, first: LocalDate): Promise<PlannedDay[]> {
    const rows = await nextDays(this.prisma, {
      first,
      after: null,
      experienceIds: [experienceId],
      limit: REPLAN_BATCH,
    });
    return rows.map(withLocalDate);
  }

  async setTurns(plans: readonly DayPlan[]): Promise<void> {
    if (plans.length > 0) await setTurns(this.prisma, plans);
  }
}

function withLocalDate<T extends { readonly date: Date }>(row: T): Omit<T, 'date'> & { readonly date: LocalDate } {
  return { ...row, date: fromDatabaseDate(row.date) };
}

const REPLAN_BATCH = 1_000;
