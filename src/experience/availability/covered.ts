import type { MirrorSettings } from '../../config/index.js';
import { ApiProblem } from '../../http/index.js';
import { addDays, localDateAt, type LocalDate } from '../../time/index.js';

/** Where a date begins last, and first. */
const LAST_ZONE = 'Etc/GMT+12';
const FIRST_ZONE = 'Etc/GMT-14';

type Settings = Pick<MirrorSettings, 'windowDays' | 'defaultTimeZone'>;

/** All dates that are mirrored somewhere in the world: from the first to before the second. */
export function coveredSomewhere(now: Date, { windowDays }: Settings): readonly [from: LocalDate, to: LocalDate] {
  return [localDateAt(now, LAST_ZONE), addDays(localDateAt(now, FIRST_ZONE), windowDays)];
}

/** @throws ApiProblem DATE_NOT_COVERED where no experience, wherever it is, can have one of the dates */
export function assertCoveredSomewhere(
  { from, to }: { readonly from: LocalDate; readonly to: LocalDate },
  now: Date,
  settings: Settings,
): void {
  const [first, end] = coveredSomewhere(now, settings);
  if (to > first && from < end) return;
  throw notCovered(from, localDateAt(now, settings.defaultTimeZone), settings.windowDays);
}

/** @param today where the experience is */
export function notCovered(date: LocalDate, today: LocalDate, windowDays: number): ApiProblem {
  const last = addDays(today, windowDays - 1);
  return new ApiProblem('DATE_NOT_COVERED', `${date} is not mirrored. Use a date from ${today} to ${last}.`, {
    members: { range: { from: today, to: addDays(today, windowDays) } },
  });
}
