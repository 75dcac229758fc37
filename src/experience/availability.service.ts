import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { ApiProblem, ReadGate, type CacheableAnswer } from '../http/index.js';
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
import { degradedCalendar, degradedDay } from './degraded.js';
import { unknownExperience } from './experience-report.js';
import type { Degraded } from './reads.shape.js';
import { ReadTally } from './read-tally.js';
import { ReadThrough } from './read-through.js';

/** Seconds after which a day that was never fetched is worth asking for again. */
const FIRST_FETCH_SECONDS = 5;
/** The same for a day of which the supplier's answers are of no use. */
const UNAVAILABLE_SECONDS = 30;
/** An answer that is kept is made anew after a minute; one past its promise sooner, so that it is wanted while it is read. */
const KEPT_MS = 60_000;
const STALE_KEPT_MS = 5_000;

/** What buyers ask for. Each answer is one statement at most, shared with who waits beside; only a day that was never fetched takes more. */
@Injectable()
export class AvailabilityService {
  constructor(
    private readonly days: DayReader,
    private readonly gate: ReadGate,
    private readonly readThrough: ReadThrough,
    private readonly tally: ReadTally,
    private readonly settings: MirrorSettings,
    private readonly clock: Clock,
  ) {}

  /** The slots of a date. */
  async slots(experienceId: number, date: LocalDate): Promise<CacheableAnswer> {
    const read = () => this.gate.pass(() => this.days.day(experienceId, date));
    let day = await read();
    if (!day) throw unknownExperience(experienceId);
    const about = { experienceId, date, zone: day.timeZone ?? this.settings.defaultTimeZone };
    const today = localDateAt(this.clock.now(), about.zone);
    this.assertCovered(date, today);
    if (day.slots === null && !isRefused(day)) {
      const waited = await this.readThrough.wait(experienceId, date);
      if (waited !== 'paused') day = (await read()) ?? day;
      if (day.slots === null && !isRefused(day)) {
        this.tally.count(about);
        throw notFetched(experienceId, date, waited === 'paused' ? PAUSED : 'Try again soon.');
      }
    }
    const now = this.clock.now();
    const degraded = degradedDay(day, now.getTime());
    if (day.slots === null) {
      this.tally.count(about);
      void this.readThrough.refresh(experienceId, date);
      throw unavailable(experienceId, date, degraded);
    }
    const staleAfter = dateOf(day.staleAfter);
    const isStale = staleAfter !== null && staleAfter <= now;
    const paused = isStale && (await this.readThrough.refresh(experienceId, date)) === 'paused';
    const shown = this.shown(day.slots, date === today ? localTimeAt(now, about.zone) : null);
    const changesAt = this.changesAt(about.zone, date, shown.next);
    const changedAt = dateOf(day.changedAt);
    return {
      about,
      // Else the clock changes it, or what is wrong.
      ...(date !== today && !degraded && { modifiedAt: changedAt }),
      body: `{"id":${experienceId},"date":"${date}",${ages(day.confirmedAt, day.staleAfter)},"degraded":${JSON.stringify(degraded)},"slots":${shown.json}}`,
      tag: `${day.fingerprint}${shown.closed > 0 ? `-${shown.closed}` : ''}${degraded ? `-${degraded.code}` : ''}`,
      ...{ staleAfter, changedAt, complete: true, paused, degraded: degraded !== null },
      ...{ changesAt, until: Math.min(this.untilOf(day), changesAt) },
    };
  }

  /** The bookable dates of the window. */
  async dates(experienceId: number): Promise<CacheableAnswer> {
    const { windowDays, defaultTimeZone } = this.settings;
    const now = this.clock.now();
    const calendar = await this.gate.pass(() => this.days.calendar(experienceId, now, defaultTimeZone, windowDays));
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
      about: { experienceId, date: null, zone },
      body: `{${head},${ages(asOf, staleAfter)},"degraded":${degraded},${content}}`,
      tag: fingerprintOf(`${head}${content}${degraded}`),
      ...{ staleAfter: dateOf(staleAfter), changedAt: dateOf(calendar.changedAt) },
      ...{ complete, degraded: degraded !== null },
      ...{ changesAt, until: Math.min(this.untilOf(calendar), changesAt) },
    };
  }

  /** What has closed is no offer any more. @param time now, of a date that is today; null: it is not */
  private shown(slots: string, time: string | null): SlotsInTime {
    return time === null ? { json: slots, closed: 0, next: null } : slotsAt(slots, time);
  }

  /** Until its promise breaks, for then it is to be wanted, and why it is late may be told. */
  private untilOf({ staleAfter }: Pick<StoredDay, 'staleAfter'>): number {
    const now = this.clock.now().getTime();
    return staleAfter !== null && staleAfter > now ? Math.min(staleAfter, now + KEPT_MS) : now + STALE_KEPT_MS;
  }

  /** When other dates are covered, or the next slot of a date closes (local `HH:MM`; null: none does); epoch milliseconds. */
  private changesAt(zone: string, date: LocalDate, next: string | null): number {
    const midnight = localDayAt(this.clock.now(), zone).until;
    return next === null ? midnight : Math.min(midnight, instantAt(date, next, zone));
  }

  private assertCovered(date: LocalDate, today: LocalDate): void {
    const lead = daysBetween(today, date);
    if (lead >= 0 && lead < this.settings.windowDays) return;
    const last = addDays(today, this.settings.windowDays - 1);
    throw new ApiProblem('DATE_NOT_COVERED', `${date} is not mirrored; ask for a date from ${today} to ${last}.`);
  }
}

/** Today's entry as it is now, and when it becomes another one (local `HH:MM`); null: there is none. */
function entryOfToday(calendar: StoredCalendar): { readonly entry: string | null; readonly next: string | null } {
  const { today, time, closingsOfToday: closings } = calendar;
  if (closings === null) return { entry: calendar.entryOfToday, next: null };
  return { entry: calendarEntry(today, summaryAt(closings, time)), next: nextClosing(closings, time) };
}

/** JSON members. The database takes several times as long to write an instant. */
function ages(asOf: number | null, staleAfter: number | null): string {
  return `"asOf":${JSON.stringify(dateOf(asOf))},"staleAfter":${JSON.stringify(dateOf(staleAfter))}`;
}

function dateOf(epochMs: number | null): Date | null {
  return epochMs === null ? null : new Date(epochMs);
}

const PAUSED = 'The sync is paused, so it will not be fetched until it is resumed.';

function notFetched(experienceId: number, date: LocalDate, outlook: string): ApiProblem {
  return new ApiProblem('NOT_SYNCED_YET', `${date} of experience ${experienceId} was not fetched so far. ${outlook}`, {
    retryAfterSeconds: FIRST_FETCH_SECONDS,
  });
}

/** The supplier answered, but with nothing of use: there is nothing to wait for. */
function isRefused({ failure }: StoredDay): boolean {
  return failure !== null && wasAnswered(failure);
}

function unavailable(experienceId: number, date: LocalDate, degraded: Degraded | null): ApiProblem {
  return new ApiProblem(
    'DAY_UNAVAILABLE',
    `What the supplier answers for ${date} of experience ${experienceId} is of no use so far (${degraded?.code}). It is tried again.`,
    { retryAfterSeconds: UNAVAILABLE_SECONDS, members: { degraded } },
  );
}
