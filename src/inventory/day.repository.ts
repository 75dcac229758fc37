import { Injectable } from '@nestjs/common';
import { PrismaService, retried, type Sql } from '../prisma/index.js';
import type { LocalDate } from '../time/index.js';
import { compare, type Comparison, type EmptyAnswer, type KnownDay } from './compare.js';
import { dayDifference, NO_DIFFERENCE, type DayDifference } from './day-difference.js';
import type { DayDocument } from './day-document.js';
import type { Confirmation, DayKey } from './day-key.js';
import { requireOrder, requireOrderOf } from './change-order.js';
import { clampConfirmations } from './sql/clamp-confirmations.js';
import { confirmDay } from './sql/confirm-day.js';
import { deleteDays, deleteDaysOf } from './sql/delete-days.js';
import { replaceDay } from './sql/replace-day.js';

/** The result of recording an answer. `superseded`: a later request had already been recorded. */
export type Recorded = Comparison | 'superseded';

/**
 * The only writer of the document columns of `day`, and who appends to the change feed. `sync/schedule` owns the scheduling columns of the same row. It passes
 * those that a recorded answer sets as assignments, which are written in the same statement.
 */
@Injectable()
export class DayRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Records what the supplier said about a day. An unconfirmed empty answer records nothing. */
  async record(
    day: KnownDay & DayKey,
    answer: DayDocument,
    at: Confirmation,
    empty?: EmptyAnswer,
  ): Promise<{ readonly outcome: Recorded; readonly difference: DayDifference }> {
    const outcome = compare(day, answer, empty);
    if (outcome === 'unconfirmed') return { outcome, difference: NO_DIFFERENCE };
    if (outcome === 'unchanged' && (await confirmDay(this.prisma.direct, day, at, answer))) {
      return { outcome, difference: NO_DIFFERENCE };
    }
    const replaced = await retried(async () =>
      requireOrderOf((await replaceDay(this.prisma.direct, day, at, answer))[0]),
    );
    if (!replaced) return { outcome: 'superseded', difference: NO_DIFFERENCE };
    return { outcome, difference: dayDifference(replaced.slotsBefore, answer.json) };
  }

  /** Deletes days of these experiences before `first`. @returns how many */
  drop(experienceIds: readonly number[], first: LocalDate, now: Date): Promise<number> {
    return this.prisma.retried(async (sql) => requireOrder(await deleteDays(sql, experienceIds, first, now)));
  }

  /** Deletes all days of an experience. @param sql a transaction that begins again after a conflict */
  async dropAll(sql: Sql, experienceId: number, now: Date): Promise<void> {
    requireOrder(await deleteDaysOf(sql, experienceId, now));
  }

  /** Corrects confirmations that lie in the future. @param past the latest instant that may have happened by `now` */
  clamp(now: Date, past: Date): Promise<number> {
    return clampConfirmations(this.prisma, now, past);
  }
}
