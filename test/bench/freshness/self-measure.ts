import type { DayDifference } from '../../../src/inventory/index.js';
import { exposureOf, judgedReads } from '../../../src/sync/accuracy/change-exposure.js';
import { hourOf } from '../../../src/sync/accuracy/pending-accuracy.js';
import { addTruth, NO_TRUTH, type Truth } from '../../../src/sync/accuracy/read-truth.js';
import { CorrelatedDeviation } from '../../../src/sync/accuracy/correlated-deviation.js';
import type { DayRates } from '../../../src/sync/model/value-due.js';
import { KEPT_REPRICINGS } from '../../../src/sync/rates/sql/note-repricing.js';
import { NO_SUMS, type AccuracyWindow } from './accuracy-windows.js';
import { DAY_MS, instantOf } from './calendar.js';

/** The reads of a day since its last confirmation. */
interface Waiting {
  readonly reads: number;
  /** Their times, simulated days, added up. */
  readonly at: number;
  readonly fresh: number;
}

/** A confirmed day as it was before, and what was known of it. */
export interface Judged {
  readonly day: number;
  readonly experience: number;
  readonly before: Date;
  readonly now: Date;
  readonly closed: boolean;
  readonly difference: DayDifference;
  readonly rates: DayRates;
  readonly staleProbability: number;
  readonly leadAt: (instant: number) => number;
  /** The times between which its prices changed, if it is the first to show it. */
  readonly repricing: Repricing | undefined;
}

interface Window {
  readonly truth: Truth;
  readonly reads: number;
  readonly fresh: number;
}

interface Repricing {
  readonly start: Date;
  readonly end: Date;
}

/** What the service would measure of itself, as `MeasuredAccuracy` does, by windows of the confirmations, and what the same reads saw. */
export class SelfMeasure {
  private readonly waiting = new Map<number, Waiting>();
  private readonly repricings = new Map<number, readonly Repricing[]>();
  private readonly correlated = new CorrelatedDeviation();
  private readonly byWindow = new Map<number, Window>();

  /** @param length of a window, simulated days */
  constructor(private readonly length: number) {}

  get windows(): AccuracyWindow[] {
    return [...this.byWindow].map(([window, { truth, reads, fresh }]) => ({
      ...{ second: ((window + 1) * this.length * DAY_MS) / 1_000, measured: { ...NO_SUMS, ...truth }, reads, fresh },
    }));
  }

  read(day: number, now: number, fresh: boolean): void {
    const { reads, at, fresh: before } = this.waiting.get(day) ?? { reads: 0, at: 0, fresh: 0 };
    this.waiting.set(day, { reads: reads + 1, at: at + now, fresh: before + (fresh ? 1 : 0) });
  }

  confirmed(judged: Judged): void {
    const { day, experience, before, now, difference, leadAt } = judged;
    const waiting = this.waiting.get(day);
    this.waiting.delete(day);
    if (!waiting) return;
    const { reads } = waiting;
    const known = [...(this.repricings.get(experience) ?? []), ...(judged.repricing ? [judged.repricing] : [])];
    const exposed = {
      ...{ confirmedAt: before, closed: judged.closed },
      ...{ repricingStarts: known.map(({ start }) => start), repricingEnds: known.map(({ end }) => end) },
    };
    const [confirmed, end] = [leadAt(before.getTime()), leadAt(now.getTime())];
    const at = leadAt(instantOf(waiting.at / reads).getTime());
    const interval = { confirmed, now: Math.min(confirmed, end), reads, weight: 1, at };
    const exposure = exposureOf(exposed, judged.rates, judged.staleProbability, leadAt);
    const { ofChange, ...truth } = judgedReads(interval, exposure, difference);
    const together = difference.prices ? this.correlated.add(hourOf(now).getTime(), experience, ofChange) : 0;
    const window = Math.floor(now.getTime() / DAY_MS / this.length);
    const sums = this.byWindow.get(window) ?? { truth: NO_TRUTH, reads: 0, fresh: 0 };
    this.byWindow.set(window, {
      truth: addTruth(sums.truth, { ...truth, variance: truth.variance + together }),
      reads: sums.reads + reads,
      fresh: sums.fresh + waiting.fresh,
    });
  }

  /** What `noteRepricing` does. @param before the last confirmation of the day that shows it */
  repriced(experience: number, { before, start, end }: Repricing & { readonly before: Date }): void {
    const known = this.repricings.get(experience) ?? [];
    const [oldest, second, ...others] = known;
    if ((known.at(-1)?.end ?? before) > before) return;
    const kept =
      oldest && second && known.length === KEPT_REPRICINGS
        ? [{ start: oldest.start, end: second.end }, ...others]
        : known;
    this.repricings.set(experience, [...kept, { start, end }]);
  }
}
