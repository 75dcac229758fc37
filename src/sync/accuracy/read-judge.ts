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
    private readonly rates: LearnedRates,
    private readonly window: MirrorWindow,
  ) {}

  judge(day: JudgedDay, { reads, ahead, ofCalendars }: UnjudgedReads, confirmedAt: Date, changed: boolean): Truth {
    const { model } = this.rates;
    const { leadAt } = timelineOf(day.date, this.window.zoneOf(day.timeZone), model.activity);
    const { changes, multiplier } = ratesOf(model, this.rates.present(day), day.fingerprint === CLOSED_FINGERPRINT);
    const confirmed = leadAt(day.confirmedAt.getTime());
    const now = Math.min(confirmed, leadAt(confirmedAt.getTime()));
    const { repricedAt } = day;
    const suspectFrom = repricedAt !== null && repricedAt > day.confirmedAt ? leadAt(repricedAt.getTime()) : -Infinity;
    const repricing = -Math.log1p(-model.staleProbability);
    const exposure = (lead: number) =>
      multiplier * changesBetween(changes, confirmed, lead) + (lead < suspectFrom ? repricing : 0);
    const at = reads > 0 ? leadAt(toDatabaseDate(day.date).getTime() - (ahead / reads) * 1_000) : null;
    return addTruth(
      truthOf({ confirmed, now, reads, at, changed }, exposure),
      truthOf({ confirmed, now, reads: ofCalendars, at: null, changed }, exposure),
    );
  }
}
