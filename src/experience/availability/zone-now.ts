import { addDays, instantAt, localDayAt, localTimeAt, type LocalDate } from '../../time/index.js';

/** An instant where an experience is. */
export interface ZoneNow {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly zone: string;
  readonly today: LocalDate;
  /** Local `HH:MM`. */
  readonly time: string;
  /** The first date beyond what is mirrored. */
  readonly end: LocalDate;
  /** When the date ends, epoch milliseconds. */
  readonly midnight: number;
}

/**
 * @param windowDays dates that are mirrored, from today on
 * @returns what it is in a zone at an instant. Computed once for each zone: an answer has many experiences and few zones.
 */
export function zonesAt(now: Date, windowDays: number): (zone: string) => ZoneNow {
  const known = new Map<string, ZoneNow>();
  return (zone) => {
    let there = known.get(zone);
    if (!there) {
      const { date: today, until: midnight } = localDayAt(now, zone);
      const end = addDays(today, windowDays);
      there = { at: now.getTime(), zone, today, end, time: localTimeAt(now, zone), midnight };
      known.set(zone, there);
    }
    return there;
  };
}

/** When what is shown changes by the clock alone: the date ends, or a slot of today closes (`HH:MM`; null: none does). */
export function changesAt({ midnight, today, zone }: ZoneNow, next: string | null): number {
  return next === null ? midnight : Math.min(midnight, instantAt(today, next, zone));
}
