import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import { addDays, Clock, datesFrom, daysBetween, localDateAt, startOfDate, type LocalDate } from '../../time/index.js';

/** The dates of a zone that are mirrored now: WINDOW_DAYS local dates from today on. A zone of null is the default zone. */
@Injectable()
export class MirrorWindow {
  constructor(
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {}

  zoneOf(timeZone: string | null): string {
    return timeZone ?? this.settings.defaultTimeZone;
  }

  today(timeZone: string | null): LocalDate {
    return localDateAt(this.clock.now(), this.zoneOf(timeZone));
  }

  lastDate(timeZone: string | null): LocalDate {
    return addDays(this.today(timeZone), this.settings.windowDays - 1);
  }

  /** The mirrored dates from `from` on. */
  dates(timeZone: string | null, from: LocalDate): readonly LocalDate[] {
    return datesFrom(this.today(timeZone), this.settings.windowDays).filter((date) => date >= from);
  }

  /** The days from the zone's today to the date; negative: the date is past. */
  lead({ date, timeZone }: { readonly date: LocalDate; readonly timeZone: string | null }): number {
    return daysBetween(this.today(timeZone), date);
  }

  isMirrored(day: { readonly date: LocalDate; readonly timeZone: string | null }): boolean {
    const lead = this.lead(day);
    return lead >= 0 && lead < this.settings.windowDays;
  }

  /** When the zone's next date begins. */
  nextMidnight(timeZone: string | null): Date {
    return startOfDate(addDays(this.today(timeZone), 1), this.zoneOf(timeZone));
  }
}
