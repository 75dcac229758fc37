import { CLOSED_FINGERPRINT, type DayDifference, type DayKey } from '../../inventory/index.js';
import { toDatabaseDate } from '../../time/index.js';
import { ratesOf } from '../model/rate-model.js';
import { timelineOf } from '../model/timeline.js';
import type { LearnedRates } from '../rates/learned-rates.js';
import type { RatesRow } from '../rates/sql/rates-row.js';
import type { MirrorWindow } from '../window/mirror-window.js';
import { anyChange, causeOf, exposureOf, type ExposedDay } from './change-exposure.js';
import { addTruth, truthOf, type Truth } from './read-truth.js';

/** A day as it was before a confirmation. */
export interface JudgedDay extends DayKey, RatesRow, ExposedDay {
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

  judge(day: JudgedDay, { reads, ahead, ofCalendars }: UnjudgedReads, confirmedAt: Date, found: DayDifference): Truth {
    const { model } = this.rates;
    const { leadAt } = timelineOf(day.date, this.window.zoneOf(day.timeZone), model.activity, day.lastStart);
    const rates = ratesOf(model, this.rates.present(day), day.fingerprint === CLOSED_FINGERPRINT);
    const exposure = exposureOf(day, rates, model.staleProbability, leadAt);
    const confirmed = leadAt(day.confirmedAt.getTime());
    const now = Math.min(confirmed, leadAt(confirmedAt.getTime()));
    const at = reads > 0 ? leadAt(toDatabaseDate(day.date).getTime() - (ahead / reads) * 1_000) : null;
    const interval = { confirmed, now, changed: found.prices || found.rest };
    const changes = [anyChange(exposure), causeOf(exposure, found)] as const;
    return addTruth(
      truthOf({ ...interval, reads, at }, ...changes),
      truthOf({ ...interval, reads: ofCalendars, at: null }, ...changes),
    );
  }
}
