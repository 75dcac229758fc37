import { staleness, urgency, urgencyInverse } from '../../../src/sync/model/value.js';

/** How often a date is read and changes, a day. A closed date has no reads. */
export interface DatePace {
  readonly reads: number;
  readonly changes: number;
}

/** Consecutive dates of one experience, nearest first. */
export interface DateRow {
  /** How many such rows there are. */
  readonly weight: number;
  readonly dates: readonly DatePace[];
}

/** Window sums may exceed the price by this fraction. The prices of the dates are then lowered by it, so the bound holds. */
const TOLERANCE = 1e-3;
/** Of ln λ. */
const PRECISION = 1e-3;
/** The price is found with so many rows: one that is slightly off raises the bound by little. */
const SAMPLE = 1_000;
const MOST_ROUNDS = 40;
const MOST_SWEEPS = 20;

/**
 * An upper bound of the reads that see the truth, a day, when a request refreshes up to `length` consecutive dates of a row.
 * How it is derived: `README.md` of the benches.
 * @param requestsPerDay the budget
 */
export function spanBound(rows: readonly DateRow[], length: number, requestsPerDay: number): number {
  const price = priceOf(rows, length, requestsPerDay);
  return rows.reduce((bound, row) => {
    const plan = new RowPlan(row, length);
    plan.solve(price);
    return bound + row.weight * plan.surplus(price);
  }, requestsPerDay * price);
}

/** The price at which the requests that are worth it use up the budget. Every other price gives a higher bound. */
function priceOf(rows: readonly DateRow[], length: number, requestsPerDay: number): number {
  const step = Math.max(1, Math.floor(rows.length / SAMPLE));
  const sample = rows.filter((_, i) => i % step === 0).map((row) => new RowPlan(row, length));
  const budget = (requestsPerDay * total(sample)) / total(rows);
  let low = Math.log(1e-12);
  let high = Math.log(1e6);
  while (high - low > PRECISION) {
    const middle = (low + high) / 2;
    let requests = 0;
    for (const plan of sample) {
      plan.solve(Math.exp(middle));
      requests += plan.weight * plan.requests;
    }
    if (requests > budget) low = middle;
    else high = middle;
  }
  return Math.exp(high);
}

function total(rows: readonly { readonly weight: number }[]): number {
  return rows.reduce((sum, { weight }) => sum + weight, 0);
}

/** How often each window of a row is fetched at a price. */
export class RowPlan {
  readonly weight: number;
  private readonly dates: readonly DatePace[];
  /** Requests a day by the first date of their window. */
  private readonly windows: Float64Array;
  /** Refreshes a day by date. */
  private readonly rates: Float64Array;
  private readonly length: number;

  constructor({ weight, dates }: DateRow, length: number) {
    this.weight = weight;
    this.dates = dates;
    this.length = Math.min(length, dates.length);
    // A window that would begin before the first date, or end after the last, refreshes no date that another does not.
    this.windows = new Float64Array(dates.length - this.length + 1);
    this.rates = new Float64Array(dates.length);
  }

  get requests(): number {
    return this.windows.reduce((sum, rate) => sum + rate, 0);
  }

  /** Until no window is worth more than the price, and those that are fetched are worth just the price. */
  solve(price: number): void {
    const active = new Set<number>();
    this.windows.forEach((rate, first) => {
      if (rate > 0) active.add(first);
    });
    for (let round = 0; round < MOST_ROUNDS; round++) {
      this.sweep(active, price);
      const missing = this.worthMore(price);
      if (missing.length === 0) return;
      for (const first of missing) active.add(first);
    }
  }

  /**
   * Σ μ·e^(−x) with x = g⁻¹(πδ/μ): what the dates yield beyond what their refreshes cost, at prices π of their own. These are
   * the values at the present rates, scaled down until those of no window sum up to more than `price`.
   */
  surplus(price: number): number {
    const most = Math.max(...this.worths());
    const scale = Math.min(1, price / most);
    return this.dates.reduce((sum, { reads, changes }, date) => {
      if (reads === 0) return sum;
      const x = urgencyInverse((scale * this.value(date) * changes) / reads);
      return sum + reads * Math.exp(-x);
    }, 0);
  }

  /** The reads that see the truth at the present rates, a day. */
  get fresh(): number {
    return this.dates.reduce((sum, { reads, changes }, date) => {
      const rate = this.rates[date] ?? 0;
      return rate > 0 ? sum + (reads * staleness(changes / rate) * rate) / changes : sum;
    }, 0);
  }

  private sweep(active: ReadonlySet<number>, price: number): void {
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      let moved = 0;
      for (const first of active) moved = Math.max(moved, this.adjust(first, price));
      if (moved < TOLERANCE / 4) return;
    }
  }

  /** Fetches a window as often as is worth the price while all others stay. @returns the relative change */
  private adjust(first: number, price: number): number {
    const before = this.windows[first] ?? 0;
    this.shift(first, -before);
    let rate = 0;
    if (this.worthAt(first, 0).worth > price) {
      // Newton's method, bracketed: the worth falls as the rate grows.
      let low = 0;
      let high = Infinity;
      rate = before > 0 ? before : 1;
      for (let i = 0; i < 60; i++) {
        const { worth, slope } = this.worthAt(first, rate);
        if (Math.abs(worth - price) <= price * 1e-6) break;
        if (worth > price) low = rate;
        else high = rate;
        const next = rate - (worth - price) / slope;
        if (next > low && next < high && Number.isFinite(next)) rate = next;
        else rate = high === Infinity ? rate * 2 : (low + high) / 2;
      }
    }
    this.shift(first, rate);
    return Math.abs(rate - before) / Math.max(rate, before, Number.MIN_VALUE);
  }

  private shift(first: number, by: number): void {
    this.windows[first] = Math.max(0, (this.windows[first] ?? 0) + by);
    for (let date = first; date < first + this.length; date++) {
      this.rates[date] = this.windowsOf(date);
    }
  }

  private windowsOf(date: number): number {
    let rate = 0;
    const last = Math.min(date, this.windows.length - 1);
    for (let first = Math.max(0, date - this.length + 1); first <= last; first++) rate += this.windows[first] ?? 0;
    return rate;
  }

  /** Σ V of a window if it were fetched so much more often, and how it falls. */
  private worthAt(first: number, more: number): { readonly worth: number; readonly slope: number } {
    let worth = 0;
    let slope = 0;
    for (let date = first; date < first + this.length; date++) {
      const { reads, changes } = this.dates[date] ?? UNREAD;
      if (reads === 0) continue;
      const rate = (this.rates[date] ?? 0) + more;
      worth += valueAt(rate, { reads, changes });
      if (rate > 0) slope -= (reads * (changes / rate) ** 3 * Math.exp(-changes / rate)) / changes ** 2;
    }
    return { worth, slope };
  }

  /** V = (μ/δ)·g(x) at the present rate. */
  private value(date: number): number {
    return valueAt(this.rates[date] ?? 0, this.dates[date] ?? UNREAD);
  }

  /** Σ V of each window. */
  private worths(): Float64Array {
    const worths = new Float64Array(this.windows.length);
    let sum = 0;
    for (let date = 0; date < this.dates.length; date++) {
      sum += this.value(date);
      const first = date - this.length + 1;
      if (first < 0) continue;
      worths[first] = sum;
      sum -= this.value(first);
    }
    return worths;
  }

  /** The windows that are worth more than the price: of each stretch of `length` first dates the one that is worth most. */
  private worthMore(price: number): number[] {
    const worths = this.worths();
    const missing: number[] = [];
    for (let from = 0; from < worths.length; from += this.length) {
      let best = from;
      for (let first = from; first < Math.min(worths.length, from + this.length); first++) {
        if ((worths[first] ?? 0) > (worths[best] ?? 0)) best = first;
      }
      if ((worths[best] ?? 0) > price * (1 + TOLERANCE)) missing.push(best);
    }
    return missing;
  }
}

const UNREAD: DatePace = { reads: 0, changes: 0 };

/** V of a date that is refreshed so often a day. */
function valueAt(rate: number, { reads, changes }: DatePace): number {
  return reads === 0 ? 0 : (reads / changes) * (rate > 0 ? urgency(changes / rate) : 1);
}
