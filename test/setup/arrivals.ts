import type { LoggedRequest } from '../../src/sandbox/index.js';

const MINUTE_MS = 60_000;

/** How many of these instants the busiest window holds. A window ends with one of them and begins after `windowMs` before. */
export function mostWithin(windowMs: number, instants: readonly number[]): number {
  const sorted = [...instants].sort((a, b) => a - b);
  let first = 0;
  let most = 0;
  sorted.forEach((at, last) => {
    while ((sorted[first] ?? at) <= at - windowMs) first += 1;
    most = Math.max(most, last - first + 1);
  });
  return most;
}

export function mostInAnyMinute(requests: readonly LoggedRequest[]): number {
  return mostWithin(
    MINUTE_MS,
    requests.map(({ at }) => at),
  );
}

/** Milliseconds between each instant and the one before it. */
export function gaps(instants: readonly number[]): number[] {
  return instants.slice(1).map((at, i) => at - (instants[i] ?? at));
}

/** `14/2026-03-02` */
export function dayOf({ experienceId, date }: Pick<LoggedRequest, 'experienceId' | 'date'>): string {
  return `${experienceId}/${date}`;
}

/** When each day was asked for. */
export function arrivalsByDay(requests: readonly LoggedRequest[]): Map<string, number[]> {
  const byDay = new Map<string, number[]>();
  for (const request of requests) byDay.set(dayOf(request), [...(byDay.get(dayOf(request)) ?? []), request.at]);
  return byDay;
}
