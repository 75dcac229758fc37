import {
  activityBefore,
  activityOfDate,
  partOfDate,
  partOfDay,
  type ActivityCurve,
} from '../../../src/sync/model/activity.js';
import { leadOf } from '../../../src/sync/model/change-curve.js';
import type { ActivityTimeline } from '../../../src/sync/model/priority.js';
import { addDays, daysBetween, type LocalDate } from '../../../src/time/index.js';

/** Simulated time is counted in days from this date on, in UTC, and dates by their number. */
const FIRST = '1970-01-01' as LocalDate;
export const ZONE = 'UTC';
export const DAY_MS = 86_400_000;

export function instantOf(time: number): Date {
  return new Date(time * DAY_MS);
}

export function dateOf(number: number): LocalDate {
  return addDays(FIRST, number);
}

export function numberOf(date: LocalDate): number {
  return daysBetween(FIRST, date);
}

/** Time in activity days: each day counts one, spread over its hours as the activity is. */
export function activityTime(activity: ActivityCurve, time: number): number {
  const day = Math.floor(time);
  return day + activityBefore(activity, time - day);
}

/** The activity lead of a date. On the date itself it falls to −1 until the last start. */
export function leadAt(date: number, activity: ActivityCurve, time: number, lastStart: number): number {
  const day = Math.floor(time);
  return day === date
    ? -activityOfDate(activity, time - day, lastStart)
    : date - day - activityBefore(activity, time - day);
}

/** What `timelineOf` is, where every day has 24 hours: time zone arithmetic would take most of a simulation. */
export function timelineOf(date: number, activity: ActivityCurve, lastStart: Date | null): ActivityTimeline {
  const ends = lastStart ? lastStart.getTime() / DAY_MS - date : 1;
  return {
    leadAt: (ms) => leadAt(date, activity, ms / DAY_MS, ends),
    instantOf: (u) => {
      const lead = leadOf(u);
      const part = lead === 0 ? partOfDate(activity, -u, ends) : partOfDay(activity, lead - u);
      return (date - lead + part) * DAY_MS;
    },
  };
}
