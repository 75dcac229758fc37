import { CLOSED_FINGERPRINT, type DayDifference, type DayKey } from '../../inventory/index.js';
import { toDatabaseDate } from '../../time/index.js';
import { ratesOf } from '../model/rate-model.js';
import { timelineOf } from '../model/timeline.js';
import type { LearnedRates } from '../rates/learned-rates.js';
import type { RatesRow } from '../rates/sql/rates-row.js';
import type { MirrorWindow } from '../window/mirror-window.js';
import { exposureOf, judgedReads, type ExposedDay } from './change-exposure.js';
import { addTruth, type JudgedReads } from './read-truth.js';

/** A day as it was before a confirmation. */
export interface JudgedDay extends DayKey, RatesRow, Omit<ExposedDay, 'closed'> {
  readonly fingerprint: string | null;
  readonly timeZone: string | null;
  /** Local `HH:MM`, of the last answer; null: it had none. */
  readonly lastStart: string | null;
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

  judge(
    day: JudgedDay,
    { reads, ahead, ofCalendars }: UnjudgedReads,
    confirmedAt: Date,
    found: DayDifference,
  ): JudgedReads {
    const { model } = this.rates;
    const { leadAt } = timelineOf(day.date, this.window.zoneOf(day.timeZone), model.activity, day.lastStart);
    const closed = day.fingerprint === CLOSED_FINGERPRINT;
    const rates = ratesOf(model, this.rates.present(day), closed);
    const exposure = exposureOf({ ...day, closed }, rates, model.staleProbability, leadAt);
    const confirmed = leadAt(day.confirmedAt.getTime());
    const now = Math.min(confirmed, leadAt(confirmedAt.getTime()));
    const at = reads > 0 ? leadAt(toDatabaseDate(day.date).getTime() - (ahead / reads) * 1_000) : null;
    const ofDate = judgedReads({ confirmed, now, reads, weight: 1, at }, exposure, found);
    const calendars = { reads: ofCalendars, weight: 1 / model.changes.perLead.length, at: null };
    const inCalendars = judgedReads({ confirmed, now, ...calendars }, exposure, found);
    return { ...addTruth(ofDate, inCalendars), ofChange: ofDate.ofChange + inCalendars.ofChange };
  }
}
