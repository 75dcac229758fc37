import type { DateReads } from '../../experience/index.js';
import { dayName, type DayKey } from '../../inventory/index.js';
import type { PendingObservations, SettledReads } from '../rates/pending-observations.js';
import type { UnjudgedRow } from '../rates/sql/unjudged-row.js';
import { toDatabaseDate } from '../../time/index.js';

type Counted = Omit<SettledReads, keyof DayKey> & { readonly calendarsBefore: number | null };

/**
 * The reads since their last confirmation of the days that this process is fetching: those that were stored when the day was
 * claimed, and its own since then. Other processes store theirs every few seconds. What they store later than the claim is
 * judged by the next confirmation.
 */
export class UnjudgedReads {
  private readonly fetching = new Map<string, Counted>();

  constructor(
    private readonly pending: PendingObservations,
    /** Reads of this process that were not stored yet. */
    private readonly recent: (day: DayKey) => DateReads | undefined,
  ) {}

  begin(days: readonly (DayKey & UnjudgedRow)[]): void {
    for (const day of days) {
      const settled = this.pending.settledOf(day) ?? { reads: 0, ahead: 0, calendars: null };
      this.fetching.set(dayName(day), {
        reads: day.unjudged - settled.reads,
        ahead: day.unjudgedAhead - settled.ahead,
        calendars: day.calendars,
        calendarsBefore: settled.calendars ?? day.calendarsBefore,
      });
    }
  }

  /** These are being stored. */
  stored(dates: readonly DateReads[]): void {
    for (const reads of dates) {
      const before = this.fetching.get(dayName(reads));
      if (before) this.fetching.set(dayName(reads), plus(before, reads));
    }
  }

  /** The reads that a confirmation of the day judges now. The next one does not judge them again. */
  settle(day: DayKey): Counted {
    const counted = this.fetching.get(dayName(day)) ?? NOTHING;
    const recent = this.recent(day);
    const reads = recent ? plus(counted, recent) : counted;
    const { experienceId, date } = day;
    const isNew = reads.calendars > 0 && reads.calendars !== reads.calendarsBefore;
    if (reads.reads > 0 || isNew) this.pending.settle({ experienceId, date, ...reads });
    this.fetching.delete(dayName(day));
    return reads;
  }

  end(days: readonly DayKey[]): void {
    for (const day of days) this.fetching.delete(dayName(day));
  }
}

const NOTHING: Counted = { reads: 0, ahead: 0, calendars: 0, calendarsBefore: null };

function plus(counted: Counted, { date, reads, at }: DateReads): Counted {
  const ahead = reads * (toDatabaseDate(date).getTime() - at) * 1e-3;
  return { ...counted, reads: counted.reads + reads, ahead: counted.ahead + ahead };
}
