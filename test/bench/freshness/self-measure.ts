import type { DayDifference } from '../../../src/inventory/index.js';
import { anyChange, causeOf, exposureOf } from '../../../src/sync/accuracy/change-exposure.js';
import { addTruth, NO_TRUTH, truthOf, type Truth } from '../../../src/sync/accuracy/read-truth.js';
import { SharedDeviation } from '../../../src/sync/accuracy/shared-deviation.js';
import type { DayRates } from '../../../src/sync/model/value-due.js';
import { NO_SUMS, type AccuracyWindow } from './accuracy-windows.js';
import { DAY_MS, instantOf } from './calendar.js';

/** The reads of a day since its last confirmation. Times are simulated days. */
interface Waiting {
  reads: number;
  /** The times of the reads, added up. */
  at: number;
  fresh: number;
}

/** A confirmed day as it was before, and what was known of it. */
export interface Judged {
  readonly day: number;
  readonly experience: number;
  readonly before: number;
  readonly now: number;
  readonly difference: DayDifference;
  readonly rates: DayRates;
  readonly staleProbability: number;
  readonly leadAt: (instant: number) => number;
}

interface Window {
  truth: Truth;
  reads: number;
  fresh: number;
}

/** As many as `noteRepricing` keeps. */
const KEPT = 8;

/** What the service would measure of itself, as `ReadJudge` does, by windows of the confirmations, and what the same reads saw. */
export class SelfMeasure {
  private readonly waiting = new Map<number, Waiting>();
  private readonly repricings = new Map<number, { readonly before: Date; readonly now: Date }[]>();
  private readonly shared = new SharedDeviation();
  private readonly byWindow = new Map<number, Window>();

  /** @param length of a window */
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

  confirmed({ day, experience, before, now, difference, rates, staleProbability, leadAt }: Judged): void {
    const waiting = this.waiting.get(day);
    this.waiting.delete(day);
    if (!waiting) return;
    const known = this.repricings.get(experience) ?? [];
    const exposed = {
      confirmedAt: instantOf(before),
      ...{ repricingStarts: known.map((each) => each.before), repricingEnds: known.map((each) => each.now) },
    };
    const [confirmed, at, end] = [before, waiting.at / waiting.reads, now].map((time) => leadAt(time * DAY_MS));
    const exposure = exposureOf(exposed, rates, staleProbability, leadAt);
    const truth = truthOf(
      {
        ...{ confirmed: confirmed ?? 0, now: end ?? 0, reads: waiting.reads, at: at ?? null },
        changed: difference.prices || difference.rest,
      },
      anyChange(exposure),
      causeOf(exposure, difference),
    );
    const window = Math.floor(now / this.length);
    const variance = difference.prices ? this.shared.add(window, experience, truth.variance) : truth.variance;
    const sums = this.byWindow.get(window) ?? { truth: NO_TRUTH, reads: 0, fresh: 0 };
    this.byWindow.set(window, {
      truth: addTruth(sums.truth, { ...truth, variance }),
      reads: sums.reads + waiting.reads,
      fresh: sums.fresh + waiting.fresh,
    });
  }

  repriced(experience: number, before: number, now: number): void {
    const known = this.repricings.get(experience) ?? [];
    const last = known.at(-1);
    if (last && last.now > instantOf(before)) return;
    this.repricings.set(experience, [...known, { before: instantOf(before), now: instantOf(now) }].slice(-KEPT));
  }
}
