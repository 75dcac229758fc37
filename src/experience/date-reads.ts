import { dayName } from '../inventory/index.js';
import type { LocalDate } from '../time/index.js';

/** Reads of one date. */
export interface DateReads {
  readonly experienceId: number;
  readonly date: LocalDate;
  /** How many days ahead it lay. */
  readonly lead: number;
  readonly reads: number;
  /** Their mean instant, epoch milliseconds. */
  readonly at: number;
}

/** The most dates whose reads are kept apart. */
const MOST_DATES = 10_000;

/** Counts reads by date. Bounded: while it is full, dates that it does not hold are not counted. */
export class DateReadCounts {
  private byKey = new Map<string, DateReads>();

  constructor(private readonly most = MOST_DATES) {}

  add(read: DateReads): void {
    const key = dayName(read);
    const before = this.byKey.get(key);
    if (before) this.byKey.set(key, together(before, read));
    else if (this.byKey.size < this.most) this.byKey.set(key, read);
  }

  of(experienceId: number, date: LocalDate): DateReads | undefined {
    return this.byKey.get(dayName({ experienceId, date }));
  }

  get all(): readonly DateReads[] {
    return [...this.byKey.values()];
  }
}

function together(before: DateReads, { reads: added, at }: DateReads): DateReads {
  const reads = before.reads + added;
  return { ...before, reads, at: reads > 0 ? (before.at * before.reads + at * added) / reads : at };
}
