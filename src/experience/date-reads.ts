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

/** What is counted of a date. */
type Counted = { -readonly [Field in keyof DateReads]: DateReads[Field] };

/** Counts reads by date. Bounded: while it is full, dates that it does not hold are not counted. */
export class DateReadCounts {
  private byKey = new Map<string, Counted>();

  constructor(private readonly most = MOST_DATES) {}

  add(read: DateReads): void {
    const key = dayName(read);
    const counted = this.byKey.get(key);
    if (counted) addTo(counted, read);
    else if (this.byKey.size < this.most) this.byKey.set(key, { ...read });
  }

  of(experienceId: number, date: LocalDate): DateReads | undefined {
    return this.byKey.get(dayName({ experienceId, date }));
  }

  get all(): readonly DateReads[] {
    return [...this.byKey.values()];
  }
}

function addTo(counted: Counted, { reads: added, at }: DateReads): void {
  const reads = counted.reads + added;
  counted.at = reads > 0 ? (counted.at * counted.reads + at * added) / reads : at;
  counted.reads = reads;
}
