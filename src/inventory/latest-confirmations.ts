import type { LocalDate } from '../time/index.js';

/** A confirmation of a date: epoch milliseconds. */
interface Confirmation {
  readonly date: LocalDate;
  readonly at: number;
}

/**
 * When any date of an experience from some date on was confirmed last. A date that is over is confirmed no more, and what shows the
 * dates from the next one on must not be measured by it.
 */
export class LatestConfirmations {
  /** By date, each confirmed later than all of later dates. Those of the other dates never matter. */
  private list: readonly Confirmation[] = [];

  /** The latest of all; 0: none. */
  get latest(): number {
    return this.list[0]?.at ?? 0;
  }

  note(date: LocalDate, at: number): void {
    if (this.from(date) >= at) return;
    const before = this.list.filter((known) => known.date < date && known.at > at);
    const behind = this.list.filter((known) => known.date > date);
    this.list = [...before, { date, at }, ...behind];
  }

  /** The latest of the dates from this one on; 0: none. */
  from(date: LocalDate): number {
    return this.list.find((known) => known.date >= date)?.at ?? 0;
  }
}
