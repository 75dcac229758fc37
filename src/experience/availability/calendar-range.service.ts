import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../../config/index.js';
import { LoadShedder, ResponseCache, type ReadResponse } from '../../http/index.js';
import { calendarEntry, DayReader, fingerprintOf, PreparedParty, summaryAt } from '../../inventory/index.js';
import { addDays, Clock, datesFrom, daysBetween, type LocalDate } from '../../time/index.js';
import { unknownExperience } from '../experience-report.js';
import { dateOf, instantText } from '../instants.js';
import type { CalendarQuery } from './calendar-query.js';
import { coveredSomewhere, notCovered } from './covered.js';
import { fitDates, freshnessOf, offerMembers, type FittedDate } from './experience-days.js';
import { KeptParts } from './kept-parts.js';
import { changesAt, zonesAt, type ZoneNow } from './zone-now.js';

/** A response is computed again after a minute; sooner where requests fail, because nobody notifies us of that. */
const KEPT_MS = 60_000;
const FAILING_KEPT_MS = 5_000;

/** The calendar of some dates, and for a party. */
@Injectable()
export class CalendarRangeService {
  constructor(
    private readonly days: DayReader,
    private readonly kept: KeptParts,
    private readonly cache: ResponseCache,
    private readonly shedder: LoadShedder,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {}

  /** @param url under which the answer is kept */
  async answer(url: string, query: CalendarQuery): Promise<ReadResponse> {
    const { experienceId: id, party } = query;
    const { windowDays, defaultTimeZone } = this.settings;
    const now = this.clock.now();
    const [first, end] = coveredSomewhere(now, this.settings);
    // Its zone is not known before it is read.
    const from = latest(query.from ?? first, first);
    const to = earliest(query.to ?? end, end);
    if (this.cache.ready) this.kept.of(url, { from, to, experiences: new Set([id]), most: 1 });
    const of = { ids: [id], forCalendar: true };
    const [rows] = await this.shedder.run(() => this.days.range(of, [from, to], (days) => days));
    if (!rows) throw unknownExperience(id);
    const [row] = rows;
    const there = zonesAt(now, windowDays)(row.timeZone ?? defaultTimeZone);
    const asked = datesFrom(from, Math.max(0, daysBetween(from, to)));
    const fitted = fitDates(rows, { dates: asked, party: party && new PreparedParty(party) }, there);
    const dates = fitted.dates.filter(({ state }) => state !== 'not_covered');
    const [one] = dates;
    if (!one) throw notCovered(query.from ?? addDays(query.to ?? from, -1), there.today, windowDays);
    const entries = dates.map((date) => entryOf(date, there, party !== null));
    const listed = freshnessOf(dates.filter((_, i) => entries[i] !== null));
    const known = freshnessOf(dates);
    const head = `"id":${id},"from":"${one.date}","to":"${addDays(one.date, dates.length)}"`;
    const unknown = dates.flatMap(({ date, state }) => (state === 'unknown' ? [date] : []));
    const content = `"dates":[${entries.filter((entry) => entry !== null).join(',')}],"unknown":${JSON.stringify(unknown)}`;
    const degraded = JSON.stringify(fitted.degraded);
    const staleAfter = listed.staleAfter ?? known.staleAfter;
    const ages = `"asOf":${instantText(listed.asOf ?? known.asOf)},"staleAfter":${instantText(staleAfter)}`;
    const changes = changesAt(there, fitted.next);
    return {
      about: [
        { supplier: row.supplier, experienceId: id, date: dates.length === 1 ? one.date : null, zone: there.zone },
      ],
      body: `{${head},${ages},"degraded":${degraded},${content}}`,
      tag: fingerprintOf(head + content + degraded),
      ...{ staleAfter: dateOf(staleAfter), changedAt: dateOf(known.changedAt), complete: fitted.complete },
      ...{ degraded: fitted.degraded !== null, changesAt: changes },
      until: Math.min(changes, there.at + (fitted.failing ? FAILING_KEPT_MS : KEPT_MS)),
    };
  }
}

/** As calendars list it, and what the party pays; null: it cannot be booked. */
function entryOf(date: FittedDate, { today, time }: ZoneNow, forParty: boolean): string | null {
  const { row, state } = date;
  if (!row || state !== 'available') return null;
  const { closings = null, calendarEntry: whole = null } = row;
  const entry = date.date === today && closings !== null ? calendarEntry(today, summaryAt(closings, time)) : whole;
  if (entry === null || !forParty) return entry;
  return `${entry.slice(0, -1)},${offerMembers(date)}}`;
}

function latest(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b;
}

function earliest(a: LocalDate, b: LocalDate): LocalDate {
  return a < b ? a : b;
}
