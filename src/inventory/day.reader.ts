import { Injectable } from '@nestjs/common';
import { PrismaService, ReadDatabase } from '../prisma/index.js';
import type { LocalDate } from '../time/index.js';
import { countDays, listFailingDays, type DateCount, type FailingDay } from './sql/count-days.js';
import { READ_CALENDAR, type StoredCalendar } from './sql/read-calendar.js';
import { READ_DAY, type StoredDay } from './sql/read-day.js';
import { sampleDays, type SampledRow, type SampleOrder } from './sql/sample-days.js';

/** Reads the mirror. Each method is one statement. */
@Injectable()
export class DayReader {
  constructor(
    private readonly prisma: PrismaService,
    private readonly reads: ReadDatabase,
  ) {}

  /** The day as it is served; undefined for an unknown experience. */
  async day(experienceId: number, date: LocalDate): Promise<StoredDay | undefined> {
    return (await this.reads.query<StoredDay>(READ_DAY, [experienceId, date]))[0];
  }

  /** The calendar as it is served, from today on; undefined for an unknown experience. @param zone where it has none */
  async calendar(experienceId: number, now: Date, zone: string, days: number): Promise<StoredCalendar | undefined> {
    return (await this.reads.query<StoredCalendar>(READ_CALENDAR, [experienceId, now, zone, days]))[0];
  }

  counts(now: Date): Promise<DateCount[]> {
    return countDays(this.prisma, now);
  }

  /** Days drawn at random. */
  sample(order: SampleOrder): Promise<SampledRow[]> {
    return sampleDays(this.prisma, order);
  }

  failing(limit: number): Promise<FailingDay[]> {
    return listFailingDays(this.prisma, limit);
  }
}
