import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { ApiProblem, ReadGate, type CacheableAnswer } from '../http/index.js';
import { DayReader, fingerprintOf, type StoredDay } from '../inventory/index.js';
import { addDays, Clock, daysBetween, localDateAt, localDayAt, type LocalDate } from '../time/index.js';
import { ReadTally } from './read-tally.js';
import { ReadThrough } from './read-through.js';

/** Seconds after which a day that was never fetched is worth asking for again. */
const FIRST_FETCH_SECONDS = 5;
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
    this.assertCovered(date, localDateAt(this.clock.now(), about.zone));
    if (day.body === null) {
      const waited = await this.readThrough.wait(experienceId, date);
      if (waited !== 'paused') day = (await read()) ?? day;
      if (day.body === null) {
        this.tally.count(about);
        throw notFetched(experienceId, date, waited === 'paused' ? PAUSED : 'Try again soon.');
      }
    }
    const staleAfter = dateOf(day.staleAfter);
    const isStale = staleAfter !== null && staleAfter <= this.clock.now();
    const paused = isStale && (await this.readThrough.refresh(experienceId, date)) === 'paused';
    return {
      ...{ about, body: day.body, tag: day.fingerprint ?? '', staleAfter, changedAt: dateOf(day.changedAt) },
      ...{ complete: true, paused, until: this.untilOfSlots(day, about.zone) },
    };
  }

  /** The bookable dates of the window. */
  async dates(experienceId: number): Promise<CacheableAnswer> {
    const { windowDays, defaultTimeZone } = this.settings;
    const calendar = await this.gate.pass(() =>
      this.days.calendar(experienceId, this.clock.now(), defaultTimeZone, windowDays),
    );
    if (!calendar) throw unknownExperience(experienceId);
    const { head, freshness, content, complete, timeZone } = calendar;
    const zone = timeZone ?? defaultTimeZone;
    return {
      about: { experienceId, date: null, zone },
      body: `{${head},${freshness},${content}}`,
      tag: fingerprintOf(head + content),
      staleAfter: dateOf(calendar.staleAfter),
      changedAt: dateOf(calendar.changedAt),
      complete,
      until: Math.min(this.clock.now().getTime() + KEPT_MS, this.midnight(zone)),
    };
  }

  /** Until its promise breaks, for then it is to be wanted. */
  private untilOfSlots({ staleAfter }: StoredDay, zone: string): number {
    const now = this.clock.now().getTime();
    const fresh = staleAfter !== null && staleAfter > now ? Math.min(staleAfter, now + KEPT_MS) : now + STALE_KEPT_MS;
    return Math.min(fresh, this.midnight(zone));
  }

  /** When other dates are covered, epoch milliseconds. */
  private midnight(zone: string): number {
    return localDayAt(this.clock.now(), zone).until;
  }

  private assertCovered(date: LocalDate, today: LocalDate): void {
    const lead = daysBetween(today, date);
    if (lead >= 0 && lead < this.settings.windowDays) return;
    const last = addDays(today, this.settings.windowDays - 1);
    throw new ApiProblem('DATE_NOT_COVERED', `${date} is not mirrored; ask for a date from ${today} to ${last}.`);
  }
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

function unknownExperience(id: number): ApiProblem {
  return new ApiProblem(
    'EXPERIENCE_NOT_FOUND',
    `Experience ${id} is not in the catalogue; GET /api/v1/experience lists it.`,
  );
}
