import { datesBetween, isDate } from './calendar.js';
import type { RequestTarget } from './request-log.js';

const MOST = 400;

/** Every date that a request asked for, so that requests can be counted by day; none for dates that do not exist. */
export function requestedDates({ date, lastDate }: Pick<RequestTarget, 'date' | 'lastDate'>): string[] {
  if (date === null || lastDate === null || !isDate(date) || !isDate(lastDate)) return [];
  return datesBetween(date, lastDate).slice(0, MOST);
}
