import { addDays, daysBetween, instantAt, localDateAt, startOfDate, type LocalDate } from '../../time/index.js';
import { activityBefore, activityOfDate, partOfDate, partOfDay, type ActivityCurve } from './activity.js';
import { leadOf } from './change-curve.js';
import type { ActivityTimeline } from './priority.js';

/**
 * Converts instants to activity leads of a date in its zone, and back. Each local day, however long, is one activity day.
 * @param lastStart local `HH:MM` from which nobody can book the date; null: until it is over
 */
export function timelineOf(
  date: LocalDate,
  zone: string,
  activity: ActivityCurve,
  lastStart: string | null = null,
): ActivityTimeline {
  const begins = (local: LocalDate) => startOfDate(local, zone).getTime();
  const partAt = (instantMs: number, local: LocalDate): number => {
    const from = begins(local);
    return (instantMs - from) / (begins(addDays(local, 1)) - from);
  };
  const ends = lastStart === null ? 1 : partAt(instantAt(date, lastStart, zone), date);
  return {
    leadAt: (instantMs) => {
      const local = localDateAt(new Date(instantMs), zone);
      const part = partAt(instantMs, local);
      return local === date
        ? 0 - activityOfDate(activity, part, ends)
        : daysBetween(local, date) - activityBefore(activity, part);
    },
    instantOf: (u) => {
      const lead = leadOf(u);
      const local = addDays(date, -lead);
      const from = begins(local);
      const part = lead === 0 ? partOfDate(activity, -u, ends) : partOfDay(activity, lead - u);
      return from + part * (begins(addDays(local, 1)) - from);
    },
  };
}
