import { Injectable } from '@nestjs/common';
import { ReadDatabase, type BatchStatement } from '../prisma/index.js';
import { addDays, type LocalDate } from '../time/index.js';
import { DaysByExperience, type MakePart } from './days-by-experience.js';
import { NotifiedDays } from './notified-days.js';
import { READ_CALENDAR, READ_WHOLE_CALENDAR, type StoredCalendar } from './sql/read-calendar.js';
import { READ_DAY, type StoredDay } from './sql/read-day.js';
import { READ_SPAN, type StoredSpan } from './sql/read-span.js';
import { READ_CALENDAR_DAYS, READ_DAYS_OF_ALL, READ_DAYS_OF_SOME } from './sql/read-days.js';

/** Experiences by id, or so many of all. */
export type ExperienceRange =
  | { readonly ids: readonly number[]; readonly forCalendar?: boolean }
  | { readonly after: number; readonly limit: number };

/** What shows all days of the window. */
type CalendarRow = Pick<StoredCalendar, 'today' | 'confirmedAt'>;

export interface SpanWindow {
  readonly now: Date;
  /** The default zone. */
  readonly zone: string;
  readonly days: number;
  /** From the primary, also where this process has not heard of a change that a read replica lacks. */
  readonly ofNow: boolean;
}

/**
 * Reads what is served. Concurrent calls of a method share one statement. If the row of a read replica is outdated, the
 * primary is read instead.
 */
@Injectable()
export class DayReader {
  constructor(
    private readonly reads: ReadDatabase,
    private readonly notified: NotifiedDays,
  ) {}

  /** The day as it is served; undefined for an unknown experience. */
  async day(experienceId: number, date: LocalDate): Promise<StoredDay | undefined> {
    const least = this.notified.ofDay(experienceId, date);
    const isCurrent = (day?: StoredDay) => day !== undefined && (day.confirmedAt ?? 0) >= least;
    const day = await this.reads.read(READ_DAY, [experienceId, date], isCurrent);
    if (day?.confirmedAt != null) this.notified.dayRead(experienceId, date, day.confirmedAt);
    return day;
  }

  /** The calendar as it is served, from today on; undefined for an unknown experience. @param zone the default zone */
  async calendar(experienceId: number, now: Date, zone: string, days: number): Promise<StoredCalendar | undefined> {
    const isCurrent = (found?: StoredCalendar) => this.isCurrent(experienceId, found);
    const read = (statement: BatchStatement) =>
      this.reads.read<StoredCalendar>(statement, [experienceId, now, zone, days], isCurrent);
    const plain = await read(READ_CALENDAR);
    const calendar = plain && (plain.suspect || !plain.complete) ? await read(READ_WHOLE_CALENDAR) : plain;
    this.noteRead(experienceId, calendar);
    return calendar;
  }

  /** The known days from `first` to `last`, as far as they lie in the window; undefined for an unknown experience. */
  async span(
    experienceId: number,
    [first, last]: readonly [LocalDate, LocalDate],
    { now, zone, days, ofNow }: SpanWindow,
  ): Promise<StoredSpan | undefined> {
    const key = [experienceId, now, zone, days, first, last];
    if (ofNow) return this.reads.readPrimary<StoredSpan>(READ_SPAN, key);
    const span = await this.reads.read<StoredSpan>(READ_SPAN, key, (found) => this.isCurrent(experienceId, found));
    this.noteRead(experienceId, span);
    return span;
  }

  /**
   * The days of many experiences on the dates from `from` to before `to`: of those named, or of `limit` of all behind an id. By
   * experience and date, in one statement.
   * @param partOf what to keep of an experience; called again for all of them where another database has to answer
   */
  async range<Part>(
    of: ExperienceRange,
    [from, to]: readonly [LocalDate, LocalDate],
    partOf: MakePart<Part>,
  ): Promise<readonly Part[]> {
    const [statement, values] =
      'ids' in of
        ? [of.forCalendar ? READ_CALENDAR_DAYS : READ_DAYS_OF_SOME, [of.ids]]
        : [READ_DAYS_OF_ALL, [of.after, of.limit]];
    const days = await this.reads.collect(
      statement,
      [from, to, ...values],
      () => new DaysByExperience(partOf, this.reads.hasReplica),
      ({ confirmed }) => confirmed.every(({ id, day, at }) => at >= this.notified.ofDay(id, addDays(from, day))),
    );
    for (const { id, day, at } of days.confirmed) if (at > 0) this.notified.dayRead(id, addDays(from, day), at);
    return days.end();
  }

  private isCurrent(experienceId: number, found: CalendarRow | undefined): boolean {
    if (!found) return false;
    return (found.confirmedAt ?? 0) >= this.notified.ofExperience(experienceId, found.today as LocalDate);
  }

  private noteRead(experienceId: number, found: CalendarRow | undefined): void {
    if (found?.confirmedAt == null) return;
    this.notified.calendarRead(experienceId, found.today as LocalDate, found.confirmedAt);
  }
}
