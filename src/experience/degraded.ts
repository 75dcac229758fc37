import type { Degraded } from './degraded.shape.js';

export interface DayTrouble {
  readonly failure: string | null;
  readonly failingSince: number | null;
  readonly staleAfter: number | null;
  readonly changedAt: number | null;
  /** Slots of the last response that could not be read; null: there was no response. */
  readonly dropped: number | null;
  /** Slots that can be booked; null: there was no response. */
  readonly openSlots: number | null;
}

/** @param now epoch milliseconds */
export function degradedDay(day: DayTrouble, now: number): Degraded | null {
  const stale = day.staleAfter === null || day.staleAfter <= now;
  if (stale && day.failure !== null) return { code: day.failure, since: instant(day.failingSince ?? now) };
  // With one bookable slot the date is bookable, whatever the unreadable ones were.
  const unreadable = day.openSlots === 0 && (day.dropped ?? 0) > 0;
  return unreadable ? { code: 'slot_dropped', since: instant(day.changedAt ?? now) } : null;
}

/** JSON text. */
export function degradedCalendar(
  {
    failure,
    failingSince,
    failingDates,
  }: { failure: string | null; failingSince: number | null; failingDates: string | null },
  now: number,
): string | null {
  if (failure === null || failingDates === null) return null;
  return `{"code":${JSON.stringify(failure)},"since":"${instant(failingSince ?? now)}","dates":[${failingDates}]}`;
}

function instant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
