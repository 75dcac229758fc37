import { addDays, daysBetween, localDateAt, startOfDate, type LocalDate } from '../../time/index.js';
import { activityBefore, partOfDay, type ActivityCurve } from './activity.js';
import type { ActivityTimeline } from './priority.js';

/** Converts instants to activity leads of a date in its zone, and back. Each local day, however long, is one activity day. */
export function timelineOf(date: LocalDate, zone: string, activity: ActivityCurve): ActivityTimeline {
  const begins = (local: LocalDate) => startOfDate(local, zone).getTime();
  return {
    leadAt: (instantMs) => {
      const local = localDateAt(new Date(instantMs), zone);
      const from = begins(local);
      const part = (instantMs - from) / (begins(addDays(local, 1)) - from);
      return daysBetween(local, date) - activityBefore(activity, part);
    },
    instantOf: (u) => {
      const lead = Math.ceil(u);
      const local = addDays(date, -lead);
      const from = begins(local);
      return from + partOfDay(activity, lead - u) * (begins(addDays(local, 1)) - from);
    },
  };
}
