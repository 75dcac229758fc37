import type { RequestedSpan } from '../../supplier/index.js';
import type { ClaimedDay } from '../schedule/day-queue.js';

/** What is requested for claimed days of one experience, by date. @param timeZone of the experience */
export function requestedSpan(days: readonly [ClaimedDay, ...ClaimedDay[]], timeZone: string): RequestedSpan {
  const [{ experienceId, product, option, date: first }] = days;
  return { experienceId, product, option, timeZone, first, last: days.at(-1)?.date ?? first };
}
