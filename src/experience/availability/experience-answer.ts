import type { ReadSubject } from '../../http/index.js';
import type { Position, StoredRangeDay } from '../../inventory/index.js';
import { fitDates, freshnessOf, offerMembers, type AskedDays, type Freshness } from './experience-days.js';
import { changesAt, type ZoneNow } from './zone-now.js';

/** A part of an answer is computed again after a minute, or sooner if its requests fail: nobody notifies us of failures. */
const KEPT_MS = 60_000;
const FAILING_KEPT_MS = 5_000;

/** What the answer says of one experience. Instants in epoch milliseconds. */
export interface ExperienceAnswer extends Freshness {
  readonly id: number;
  /** All changes before this place in the log of changes are in it; null: not known. */
  readonly position: Position | null;
  readonly about: ReadSubject;
  /** The members before and behind `asOf`, JSON text: what does not change by a mere confirmation. */
  readonly head: string;
  readonly content: string;
  readonly degraded: boolean;
  readonly complete: boolean;
  /** When it changes by the clock alone. */
  readonly changesAt: number;
  /** Until when it may be used, unless its days change before. */
  readonly until: number;
}

/**
 * @param rows of one experience, at least one
 * @param position of the read
 */
export function experienceAnswer(
  rows: readonly [StoredRangeDay, ...StoredRangeDay[]],
  asked: AskedDays,
  now: ZoneNow,
  position: Position | null,
): ExperienceAnswer {
  const [{ id, supplier }] = rows;
  const { dates, degraded, failing, next, complete } = fitDates(rows, asked, now);
  const texts = dates.map(
    (date) => `{"date":"${date.date}","state":"${date.state}",${offerMembers(date)},"slots":${date.fit?.slots ?? 0}}`,
  );
  // Not spread into the result: that takes V8 as long as all the rest.
  const { asOf, staleAfter, changedAt } = freshnessOf(dates);
  const changes = changesAt(now, next);
  const [first = null] = asked.dates;
  return {
    asOf,
    staleAfter,
    changedAt,
    complete,
    id,
    position,
    about: { supplier, experienceId: id, date: asked.dates.length === 1 ? first : null, zone: now.zone },
    head: `"id":${id},"timeZone":"${now.zone}"`,
    content: `"degraded":${degraded === null ? 'null' : JSON.stringify(degraded)},"dates":[${texts.join(',')}]`,
    degraded: degraded !== null,
    changesAt: changes,
    until: Math.min(changes, now.at + (failing ? FAILING_KEPT_MS : KEPT_MS)),
  };
}
