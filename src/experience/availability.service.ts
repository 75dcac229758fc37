import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { ApiProblem, LoadShedder, type ReadResponse } from '../http/index.js';
import {
  calendarEntry,
  DayReader,
  fingerprintOf,
  nextClosing,
  slotsAt,
  summaryAt,
  type SlotsInTime,
  type StoredCalendar,
  type StoredDay,
  wasAnswered,
} from '../inventory/index.js';
import {
  addDays,
  Clock,
  daysBetween,
  instantAt,
  localDateAt,
  localDayAt,
  localTimeAt,
  type LocalDate,
} from '../time/index.js';
import { notCovered } from './availability/covered.js';
import { degradedCalendar, degradedDay } from './degraded.js';
import { DemandFetch } from './demand-fetch.js';
import { unknownExperience } from './experience-report.js';
import type { Degraded } from './degraded.shape.js';
import { dateOf, instantText } from './instants.js';
import { ReadTally } from './read-tally.js';

/** Seconds after which a client may ask again for a day that was never fetched. */
const FIRST_FETCH_SECONDS = 5;
/** The same for a day for which the supplier's responses are unusable. */
const UNAVAILABLE_SECONDS = 30;
/** A cached response is recomputed after a minute. A stale one sooner, so that each read of it requests a refresh. */
const KEPT_MS = 60_000;
const STALE_KEPT_MS = 5_000;

/** The public reads. Each is one statement at most, shared by concurrent reads; only a never-fetched day takes more. */
@Injectable()
export class AvailabilityService {
  constructor(
    private readonly days: DayReader,
    private readonly shedder: LoadShedder,
    private readonly demand: DemandFetch,
    private readonly tally: ReadTally,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {}

  /** The slots of a date. */
  async slots(experienceId: number, date: LocalDate): Promise<ReadResponse> {
    const read = () => this.shedder.run(() => this.days.day(experienceId, date));
    let day = await read();
    if (!day) throw unknownExperience(experienceId);
    const about = { supplier: day.supplier, experienceId, date, zone: day.timeZone ?? this.settings.defaultTimeZone };
    const today = localDateAt(this.clock.now(), about.zone);
    this.assertCovered(date, today);
    if (day.slots === null && !isRefused(day)) {
      const waited = await this.demand.wait(experienceId, date);
      if (waited !== 'paused') day = (await read()) ?? day;
      if (day.slots === null && !isRefused(day)) {
        this.tally.count([about]);
        throw notFetched(experienceId, date, waited === 'paused');
      }
    }
    const now = this.clock.now();
    const degraded = degradedDay(day, now.getTime());
    if (day.slots === null) {
      this.tally.count([about]);
      void this.demand.refresh(experienceId, date);
      throw unavailable(experienceId, date, degraded);
    }
    const staleAfter = dateOf(day.staleAfter);
    const isStale = staleAfter !== null && staleAfter <= now;
    const paused = isStale && (await this.demand.refresh(experienceId, date)) === 'paused';
    const shown = this.shown(day.slots, date === today ? localTimeAt(now, about.zone) : null);
    const changesAt = this.changesAt(about.zone, date, shown.next);
    const changedAt = dateOf(day.changedAt);
    return {
      about: [about],
      // Otherwise it also changes by the clock, or when the failure ends.
      ...(date !== today && !degraded && { modifiedAt: changedAt }),
      body: `{"id":${experienceId},"date":"${date}","timeZone":${JSON.stringify(about.zone)},${ages(day.confirmedAt, day.staleAfter)},"degraded":${JSON.stringify(degraded)},"slots":${shown.json}}`,
      tag: `${day.fingerprint}${zoneMark(about.zone)}${shown.closed > 0 ? `-${shown.closed}` : ''}${degraded ? `-${degraded.code}` : ''}`,
      ...{ staleAfter, changedAt, complete: true, paused, degraded: degraded !== null },
      ...{ changesAt, until: Math.min(this.untilOf(day), changesAt) },
    };
  }

  /** The bookable dates of the window. */
  async dates(experienceId: number): Promise<ReadResponse> {
    const { windowDays, defaultTimeZone } = this.settings;
    const now = this.clock.now();
    const calendar = await this.shedder.run(() => this.days.calendar(experienceId, now, defaultTimeZone, windowDays));
    if (!calendar) throw unknownExperience(experienceId);
    const { asOf, staleAfter, unknown, complete, timeZone } = calendar;
    const today = calendar.today as LocalDate;
    const head = `"id":${experienceId},"from":"${today}","to":"${addDays(today, windowDays)}"`;
    const zone = timeZone ?? defaultTimeZone;
    const { entry, next } = entryOfToday(calendar);
    const degraded = degradedCalendar(calendar, now.getTime());
    const content = `"dates":[${[entry, calendar.entries].filter(Boolean).join(',')}],${unknown}`;
    const changesAt = this.changesAt(zone, today, next);
    return {
      about: [{ supplier: calendar.supplier, experienceId, date: null, zone }],
      body: `{${head},${ages(asOf, staleAfter)},"degraded":${degraded},${content}}`,
      tag: fingerprintOf(`${head}${content}${degraded}`),
      ...{ staleAfter: dateOf(staleAfter), changedAt: dateOf(calendar.changedAt) },
      ...{ complete, degraded: degraded !== null },
      ...{ changesAt, until: Math.min(this.untilOf(calendar), changesAt) },
    };
  }

  /** Leaves out slots that have closed. @param time local time if the date is today; otherwise null */
  private shown(slots: string, time: string | null): SlotsInTime {
    return time === null ? { json: slots, closed: 0, next: null } : slotsAt(slots, time);
  }

  /** Until it is stale: from then on a read requests a refresh and says what is wrong. */
  private untilOf({ staleAfter }: Pick<StoredDay, 'staleAfter'>): number {
    const now = this.clock.now().getTime();
    return staleAfter !== null && staleAfter > now ? Math.min(staleAfter, now + KEPT_MS) : now + STALE_KEPT_MS;
  }

  /** When the window moves on, or the next slot of the date closes (local `HH:MM`; null: none does); epoch milliseconds. */
  private changesAt(zone: string, date: LocalDate, next: string | null): number {
    const midnight = localDayAt(this.clock.now(), zone).until;
    return next === null ? midnight : Math.min(midnight, instantAt(date, next, zone));
  }

  private assertCovered(date: LocalDate, today: LocalDate): void {
    const lead = daysBetween(today, date);
    if (lead >= 0 && lead < this.settings.windowDays) return;
    throw notCovered(date, today, this.settings.windowDays);
  }
}

/** Today's entry as of now, and when it changes next (local `HH:MM`; null: not today). */
function entryOfToday(calendar: StoredCalendar): { readonly entry: string | null; readonly next: string | null } {
  const { today, time, closingsOfToday: closings } = calendar;
  if (closings === null) return { entry: calendar.entryOfToday, next: null };
  return { entry: calendarEntry(today, summaryAt(closings, time)), next: nextClosing(closings, time) };
}

/** The zone in a tag. Also of an experience without one of its own: the default zone is a setting, which may change. */
function zoneMark(zone: string): string {
  return `-${encodeURIComponent(zone)}`;
}

/** JSON members. Formatting instants takes the database several times as long. */
function ages(asOf: number | null, staleAfter: number | null): string {
  return `"asOf":${instantText(asOf)},"staleAfter":${instantText(staleAfter)}`;
}

/** @param paused nothing is fetched until someone acts, so there is no time at which to try again */
function notFetched(experienceId: number, date: LocalDate, paused: boolean): ApiProblem {
  const what = `${date} of experience ${experienceId} has not been fetched yet.`;
  if (!paused)
    return new ApiProblem('NOT_SYNCED_YET', `${what} Try again soon.`, { retryAfterSeconds: FIRST_FETCH_SECONDS });
  return new ApiProblem(
    'NOT_SYNCED_YET',
    `${what} It is not being fetched: the sync, its supplier or the experience is paused, or its supplier is no longer configured. Ask the operator.`,
  );
}

/** The supplier responded, but unusably: there is nothing to wait for. One that has not fetched it yet will have soon. */
function isRefused({ failure }: StoredDay): boolean {
  return failure !== null && failure !== 'not_yet' && wasAnswered(failure);
}

function unavailable(experienceId: number, date: LocalDate, degraded: Degraded | null): ApiProblem {
  return new ApiProblem(
    'DAY_UNAVAILABLE',
    `The supplier's responses for ${date} of experience ${experienceId} are unusable so far (${degraded?.code}). Fetching is retried.`,
    { retryAfterSeconds: UNAVAILABLE_SECONDS, members: { degraded } },
  );
}
