import { Injectable } from '@nestjs/common';
import { MirrorSettings } from '../config/index.js';
import { ApiProblem, ReadGate, type FreshAnswer } from '../http/index.js';
import { DayReader, type StoredDay } from '../inventory/index.js';
import { addDays, Clock, daysBetween, localDateAt, type LocalDate } from '../time/index.js';
import { calendarAnswer, instantJson } from './calendar.js';
import { ReadTally } from './read-tally.js';
import { ReadThrough } from './read-through.js';

/** Seconds after which a day that was never fetched is worth asking for again. */
const FIRST_FETCH_SECONDS = 5;

/** What buyers ask for. Each answer is one statement; only a day that was never fetched takes more. */
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
  async slots(experienceId: number, date: LocalDate): Promise<FreshAnswer> {
    const read = () => this.gate.pass(() => this.days.day(experienceId, date));
    let day = await read();
    if (!day) throw unknownExperience(experienceId);
    const zone = day.timeZone ?? this.settings.defaultTimeZone;
    this.assertCovered(date, localDateAt(this.clock.now(), zone));
    this.tally.slots(experienceId, date, zone);
    if (day.slots === null) {
      const waited = await this.readThrough.wait(experienceId, date);
      if (waited === 'paused') throw notFetched(experienceId, date, PAUSED);
      day = (await read()) ?? day;
    }
    if (day.slots === null || day.fingerprint === null) throw notFetched(experienceId, date, 'Try again soon.');
    const stale = day.staleAfter !== null && day.staleAfter <= this.clock.now();
    const paused = stale && (await this.readThrough.refresh(experienceId, date)) === 'paused';
    return {
      body: slotsJson(experienceId, date, day),
      tag: day.fingerprint,
      staleAfter: day.staleAfter,
      changedAt: day.changedAt,
      complete: true,
      paused,
    };
  }

  /** The bookable dates of the window. */
  async dates(experienceId: number): Promise<FreshAnswer> {
    const { windowDays } = this.settings;
    // Which date is today is known only with the experience's zone; no zone is further than a day from UTC.
    const around = localDateAt(this.clock.now(), 'UTC');
    const rows = await this.gate.pass(() =>
      this.days.calendar(experienceId, addDays(around, -1), addDays(around, windowDays + 1)),
    );
    const zone = rows[0];
    if (!zone) throw unknownExperience(experienceId);
    this.tally.dates(experienceId, zone.timeZone ?? this.settings.defaultTimeZone);
    return calendarAnswer(experienceId, { from: this.today(zone.timeZone), days: windowDays }, rows);
  }

  private today(timeZone: string | null): LocalDate {
    return localDateAt(this.clock.now(), timeZone ?? this.settings.defaultTimeZone);
  }

  private assertCovered(date: LocalDate, today: LocalDate): void {
    const lead = daysBetween(today, date);
    if (lead >= 0 && lead < this.settings.windowDays) return;
    const last = addDays(today, this.settings.windowDays - 1);
    throw new ApiProblem('DATE_NOT_COVERED', `${date} is not mirrored; ask for a date from ${today} to ${last}.`);
  }
}

function slotsJson(experienceId: number, date: LocalDate, day: StoredDay): string {
  const freshness = `"asOf":${instantJson(day.confirmedAt)},"staleAfter":${instantJson(day.staleAfter)}`;
  return `{"id":${experienceId},"date":"${date}",${freshness},"slots":${day.slots}}`;
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
