import type { StoredRangeDay } from './sql/read-days.js';

/** Of one experience, by date. */
export type RangeDays = readonly [StoredRangeDay, ...StoredRangeDay[]];

/** @param first the first row of the same read, which says how far the log of changes was */
export type MakePart<Part> = (days: RangeDays, first: StoredRangeDay) => Part;

/** When a day was confirmed last. */
interface Confirmation {
  readonly id: number;
  /** How many dates it lies behind the first one. */
  readonly day: number;
  /** Epoch milliseconds; 0: never. */
  readonly at: number;
}

/** Groups rows of one read by experience as they arrive, and keeps of each experience what is made of its rows. */
export class DaysByExperience<Part> {
  /** Of the days that are stored; empty where they are not asked for. */
  readonly confirmed: Confirmation[] = [];
  private readonly parts: Part[] = [];
  private first: StoredRangeDay | undefined;
  private own: [StoredRangeDay, ...StoredRangeDay[]] | undefined;

  constructor(
    private readonly partOf: MakePart<Part>,
    private readonly withConfirmations: boolean,
  ) {}

  add(row: StoredRangeDay): void {
    const { id, day, confirmedAt } = row;
    this.first ??= row;
    if (this.withConfirmations && day !== null) this.confirmed.push({ id, day, at: confirmedAt ?? 0 });
    if (this.own?.[0].id === id) this.own.push(row);
    else {
      this.endOwn();
      this.own = [row];
    }
  }

  /** The last row has come. */
  end(): readonly Part[] {
    this.endOwn();
    return this.parts;
  }

  private endOwn(): void {
    if (this.own && this.first) this.parts.push(this.partOf(this.own, this.first));
    this.own = undefined;
  }
}
