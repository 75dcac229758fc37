import { Injectable } from '@nestjs/common';
import { PrismaService, type Sql } from '../prisma/index.js';
import { fromDatabaseDate, type LocalDate } from '../time/index.js';
import type { DayDocument } from './day-document.js';
import type { Confirmation, DayKey } from './day-key.js';
import { claimDays, type ClaimOrder } from './sql/claim-days.js';
import { confirmDay } from './sql/confirm-day.js';
import { doubtDay, postponeDay, releaseDay, type Doubt, type Failure } from './sql/end-lease.js';
import { openDays, type DayOpening } from './sql/open-days.js';
import { replaceDay } from './sql/replace-day.js';
import { nextDays, setDeadlines, type Deadline } from './sql/replan-days.js';
import { dropDays, retireDays } from './sql/retire-days.js';
import { judge, type KnownDay, type Verdict } from './verdict.js';

/** A leased day: whose answer may be recorded by the one who holds it. */
export interface ClaimedDay extends KnownDay, DayKey {
  readonly attempts: number;
  /** Null: the default zone. */
  readonly timeZone: string | null;
}

/** What became of an answer. `superseded`: a later request had been recorded already. */
export type Recorded = Verdict | 'superseded';

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

  /** @param sql the transaction that also takes the budget for them */
  async claim(sql: Sql, order: ClaimOrder): Promise<ClaimedDay[]> {
    const rows = await claimDays(sql, order);
    return rows.map((row) => ({ ...row, date: fromDatabaseDate(row.date) }));
  }

  /**
   * Records what the supplier said about a claimed day, and ends the lease.
   * @param doubt when to ask again, in case the answer is not believed yet
   */
  async record(day: ClaimedDay, answer: DayDocument, at: Confirmation, doubt: Doubt): Promise<Recorded> {
    const verdict = judge(day, answer);
    if (verdict === 'doubtful') {
      await doubtDay(this.prisma, day, at.by, doubt);
      return verdict;
    }
    if (verdict === 'unchanged' && (await confirmDay(this.prisma, day, at, answer.fingerprint))) return verdict;
    return (await replaceDay(this.prisma, day, at, answer)) ? verdict : 'superseded';
  }

  async postpone(key: DayKey, by: string, failure: Failure): Promise<void> {
    await postponeDay(this.prisma, key, by, failure);
  }

  async release(key: DayKey, by: string): Promise<void> {
    await releaseDay(this.prisma, key, by);
  }

  /** Walks all days from `first` on in batches and gives each the deadline that `plan` says. */
  async replan(first: LocalDate, plan: (day: PlannedDay) => Pick<Deadline, 'staleAfter' | 'dueAt'>): Promise<number> {
    let planned = 0;
    for (let after: DayKey | null = null; ;) {
      const rows = await nextDays(this.prisma, first, after, REPLAN_BATCH);
      const days: PlannedDay[] = rows.map((row) => ({ ...row, date: fromDatabaseDate(row.date) }));
      await setDeadlines(
        this.prisma,
        days.map((day) => ({ ...day, ...plan(day) })),
      );
      planned += days.length;
      after = days.at(-1) ?? null;
      if (days.length < REPLAN_BATCH) return planned;
    }
  }
}

/** What a deadline is computed from. */
export interface PlannedDay extends DayKey {
  readonly confirmedAt: Date | null;
  readonly timeZone: string | null;
}

const REPLAN_BATCH = 1_000;
