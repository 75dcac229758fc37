import type { StoredRangeDay } from './sql/read-days.js';

/** Of one experience, by date. */
export type RangeDays = readonly [StoredRangeDay, ...StoredRangeDay[]];

/** When a day was confirmed last. */
interface Confirmation {
  readonly id: number;
  /** How many dates it lies behind the first one. */
  readonly day: number;
  /** Epoch milliseconds; 0: never. */
  readonly at: number;
}

/** Groups rows by experience as they arrive, and keeps of each experience what is made of its rows. */
export class DaysByExperience<Part> {
  /** Of the days that are stored; empty where they are not asked for. */
  readonly confirmed: Confirmation[] = [];
  private readonly parts: Part[] = [];
  private own: StoredRangeDay[] = [];

  constructor(
    private readonly partOf: (days: RangeDays) => Part,
    private readonly withConfirmations: boolean,
  ) {}

  add(row: StoredRangeDay): void {
    const { id, day, confirmedAt } = row;
    if (this.withConfirmations && day !== null) this.confirmed.push({ id, day, at: confirmedAt ?? 0 });
    if (this.own[0]?.id !== id) this.endOwn();
    this.own.push(row);
  }

  /** The last row has come. */
  end(): readonly Part[] {
    this.endOwn();
    return this.parts;
  }

  private endOwn(): void {
    const [first, ...others] = this.own;
    if (first) this.parts.push(this.partOf([first, ...others]));
    this.own = [];
  }
}
