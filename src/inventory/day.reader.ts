import { Injectable } from '@nestjs/common';
import { PrismaService, ReadDatabase, type BatchStatement } from '../prisma/index.js';
import { fromDatabaseDate, type LocalDate } from '../time/index.js';
import type { DayKey } from './day-key.js';
import { NotifiedDays } from './notified-days.js';
import { countAges, type AgesOfDate } from './sql/count-ages.js';
import { countDays, type DateCount } from './sql/count-days.js';
import { countInScope, nextInScope, type DayScope } from './sql/days-in-scope.js';
import { listFailingProducts, listOddProducts, type FailingProduct, type OddProduct } from './sql/list-troubles.js';
import { inspectDay, type InspectedRow } from './sql/inspect-day.js';
import { mapDays, type DayMapRow } from './sql/map-days.js';
import { measureAges, type AgesRow } from './sql/measure-ages.js';
import { READ_CALENDAR, READ_WHOLE_CALENDAR, type StoredCalendar } from './sql/read-calendar.js';
import { READ_DAY, type StoredDay } from './sql/read-day.js';
import { sampleDays, type SampledRow, type SampleOrder } from './sql/sample-days.js';

/**
 * Reads the mirror. Most methods are one statement, or a part of one for all who wait for the like; where a read replica lags
 * behind, the primary is asked again.
 */
@Injectable()
export class DayReader {
  constructor(
    private readonly prisma: PrismaService,
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

  /** The calendar as it is served, from today on; undefined for an unknown experience. @param zone where it has none */
  async calendar(experienceId: number, now: Date, zone: string, days: number): Promise<StoredCalendar | undefined> {
    const least = this.notified.ofExperience(experienceId);
    const isCurrent = (found?: StoredCalendar) => found !== undefined && (found.confirmedAt ?? 0) >= least;
    const read = (statement: BatchStatement) =>
      this.reads.read<StoredCalendar>(statement, [experienceId, now, zone, days], isCurrent);
    const plain = await read(READ_CALENDAR);
    const calendar = plain && (plain.suspect || !plain.complete) ? await read(READ_WHOLE_CALENDAR) : plain;
    if (calendar?.confirmedAt != null) this.notified.calendarRead(experienceId, calendar.confirmedAt);
    return calendar;
  }

  counts(now: Date): Promise<DateCount[]> {
    return countDays(this.prisma, now);
  }

  /** Days drawn at random. */
  sample(order: SampleOrder): Promise<SampledRow[]> {
    return sampleDays(this.prisma, order);
  }

  failingProducts(limit: number): Promise<FailingProduct[]> {
    return listFailingProducts(this.prisma, limit);
  }

  /** @param from dates from this on */
  oddProducts(from: LocalDate, limit: number): Promise<OddProduct[]> {
    return listOddProducts(this.prisma, from, limit);
  }

  /** The windows of some experiences, for a map of them. @param length dates in each */
  map(windows: Parameters<typeof mapDays>[1], length: number, now: Date): Promise<DayMapRow[]> {
    return mapDays(this.prisma, windows, length, now);
  }

  /** Undefined: such a day is not mirrored. */
  async inspect(key: DayKey, now: Date): Promise<InspectedRow | undefined> {
    const [row] = await inspectDay(this.prisma, key, now);
    return row;
  }

  async ages(now: Date): Promise<AgesRow> {
    const [row] = await measureAges(this.prisma, now);
    return row ?? { days: 0, fresh: 0, p50Seconds: null, p95Seconds: null };
  }

  countInScope(scope: DayScope, now: Date): Promise<number> {
    return countInScope(this.prisma, scope, now);
  }

  /** Nearest date first. */
  async nextInScope(scope: DayScope, from: Parameters<typeof nextInScope>[2]): Promise<DayKey[]> {
    const rows = await nextInScope(this.prisma, scope, from);
    return rows.map(({ experienceId, date }) => ({ experienceId, date: fromDatabaseDate(date) }));
  }

  countAges(bounds: readonly number[], now: Date): Promise<AgesOfDate[]> {
    return countAges(this.prisma, bounds, now);
  }
}
