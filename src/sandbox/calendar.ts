// The sandbox stands for somebody else's program: it shares no date arithmetic with the mirror, whose errors it would then repeat.

const DAY = 86_400_000;

// Every product runs on Singapore's clock, which has no daylight saving time.
const ZONE_OFFSET = '+08:00';

/** `YYYY-MM-DD` of a day that exists. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && dateOf(Date.parse(text)) === text;
}

/** 0 is Sunday. */
export function weekdayOf(date: string): number {
  return new Date(date).getUTCDay();
}

export function daysAfter(date: string, days: number): string {
  return dateOf(Date.parse(date) + days * DAY);
}

/** From the first to the last, inclusive; none when they are the wrong way round. */
export function datesBetween(first: string, last: string): string[] {
  const days = Math.round((Date.parse(last) - Date.parse(first)) / DAY);
  return Array.from({ length: Math.max(0, days + 1) }, (_, index) => daysAfter(first, index));
}

export function startOf(date: string, time: string): number {
  return Date.parse(`${date}T${time}:00${ZONE_OFFSET}`);
}

/** Days until then, with a fraction; negative in the past. */
export function leadDays(then: number, now: number): number {
  return (then - now) / DAY;
}

/** The date in UTC; empty when there is none. */
export function dateOf(instant: number): string {
  return Number.isNaN(instant) ? '' : new Date(instant).toISOString().slice(0, 10);
}
