import { datesBetween, daysAfter, isDate } from './calendar.js';
import type { RequestTarget } from './request-log.js';

const MOST = 400;

/** Every date that a request asked for, so that requests can be counted by day; none for dates that do not exist. */
export function requestedDates({ date, lastDate }: Pick<RequestTarget, 'date' | 'lastDate'>): string[] {
  if (date === null || lastDate === null || !isDate(date) || !isDate(lastDate)) return [];
  const bound = daysAfter(date, MOST - 1);
  return datesBetween(date, lastDate < bound ? lastDate : bound);
}
