import { CLOSED_FINGERPRINT, type DayKey } from '../../inventory/index.js';
import { toDatabaseDate } from '../../time/index.js';
import { changesBetween } from '../model/change-curve.js';
import { ratesOf } from '../model/rate-model.js';
import { timelineOf } from '../model/timeline.js';
import type { LearnedRates } from '../rates/learned-rates.js';
import type { RatesRow } from '../rates/sql/rates-row.js';
import type { MirrorWindow } from '../window/mirror-window.js';
import { addTruth, truthOf, type Truth } from './read-truth.js';

/** A day as it was before a confirmation. */
export interface JudgedDay extends DayKey, RatesRow {
  readonly confirmedAt: Date;
  readonly fingerprint: string | null;
  readonly timeZone: string | null;
  /** Between which confirmations prices of its experience changed, as far as it was known at the claim. */
  readonly repricingStarts: readonly Date[];
  readonly repricingEnds: readonly Date[];
}

/** Its reads since its last confirmation. */
export interface UnjudgedReads {
  /** Of the date itself, and how many seconds before 00:00 UTC of the date they were, added up. */
  readonly reads: number;
  readonly ahead: number;
  /** Its share of the reads of calendars. */
  readonly ofCalendars: number;
}

/** Judges reads by what a confirmation found. Whether days change is taken from the learned rates. */
export class ReadJudge {
  constructor(
    private readonly rates: Pick<LearnedRates, 'model' | 'present'>,
    private readonly window: Pick<MirrorWindow, 'zoneOf'>,
  ) {}

  judge(day: JudgedDay, { reads, ahead, ofCalendars }: UnjudgedReads, confirmedAt: Date, changed: boolean): Truth {
    const { model } = this.rates;
    const { leadAt } = timelineOf(day.date, this.window.zoneOf(day.timeZone), model.activity);
    const { changes, multiplier } = ratesOf(model, this.rates.present(day), day.fingerprint === CLOSED_FINGERPRINT);
    const confirmed = leadAt(day.confirmedAt.getTime());
    const now = Math.min(confirmed, leadAt(confirmedAt.getTime()));
    const repricings = repricingsOf(day).map(({ start, end }) => ({ from: leadAt(start), to: leadAt(end) }));
    const repricing = -Math.log1p(-model.staleProbability);
    const exposure = (lead: number) =>
      multiplier * changesBetween(changes, confirmed, lead) +
      repricing * repricings.reduce((sum, span) => sum + partBetween(span, confirmed, lead), 0);
    const at = reads > 0 ? leadAt(toDatabaseDate(day.date).getTime() - (ahead / reads) * 1_000) : null;
    return addTruth(
      truthOf({ confirmed, now, reads, at, changed }, exposure),
      truthOf({ confirmed, now, reads: ofCalendars, at: null, changed }, exposure),
    );
  }
}

/** The times at which the day may have been repriced since it was confirmed, epoch milliseconds. */
function repricingsOf({ confirmedAt, repricingStarts, repricingEnds }: JudgedDay): { start: number; end: number }[] {
  return repricingEnds
    .map((end, i) => ({ start: (repricingStarts[i] ?? end).getTime(), end: end.getTime() }))
    .filter(({ end }) => end > confirmedAt.getTime());
}

/** How much of a span lies between two activity leads, which fall with time. A span without length lies at its end. */
function partBetween(
  { from, to }: { readonly from: number; readonly to: number },
  first: number,
  last: number,
): number {
  if (from <= to) return last < to ? 1 : 0;
  return Math.max(0, Math.min(from, first) - Math.max(to, last)) / (from - to);
}
