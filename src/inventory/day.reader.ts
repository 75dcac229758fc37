import { Injectable } from '@nestjs/common';
import { PrismaService } from '../prisma/index.js';
import type { LocalDate } from '../time/index.js';
import { countDays, listFailingDays, type DateCount, type FailingDay } from './sql/count-days.js';
import { readCalendar, type CalendarRow } from './sql/read-calendar.js';
import { readDay, type StoredDay } from './sql/read-day.js';
import { sampleDays, type SampledRow, type SampleOrder } from './sql/sample-days.js';

/** Reads the mirror. Each method is one statement. */
@Injectable()
export class DayReader {
  constructor(private readonly prisma: PrismaService) {}

  /** The day as it is served; undefined for an unknown experience. */
  async day(experienceId: number, date: LocalDate): Promise<StoredDay | undefined> {
    return (await readDay(this.prisma, experienceId, date))[0];
  }

  /** The confirmed days from `from` up to and without `to`; empty for an unknown experience. */
  calendar(experienceId: number, from: LocalDate, to: LocalDate): Promise<CalendarRow[]> {
    return readCalendar(this.prisma, experienceId, from, to);
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
